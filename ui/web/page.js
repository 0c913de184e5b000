// The page's behaviour in the browser: citations open their cards, help opens, "Exit this page" leaves.
// Everything is delegated from the document, because Gradio draws its parts anew with each answer.
(() => {
  const ESCAPES = 3;
  const ESCAPE_WINDOW = 2000; // milliseconds in which the presses must come
  const escapes = [];
  let opener = null; // the button that opened the card last: "Back to the answer" returns to it

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function leave() {
    const address = one(".exit").href;
    document.title = "";
    document.documentElement.style.display = "none"; // what was read is gone before the other site has loaded
    location.replace(address); // no history entry leads back here
  }

  function openCard(button) {
    const card = document.getElementById(button.dataset.source);
    if (!card) return;
    opener = button;
    all(".card-group").forEach((group) => (group.hidden = !group.contains(card)));
    all(".card").forEach((other) => (other.open = other === card));
    all("[data-source][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    button.setAttribute("aria-current", "true");
    one("summary", card).focus({ preventScroll: true });
    reveal(card, one(".said", button.closest(".sentence") ?? button)?.textContent);
  }

  // What is wholly in view stays where it is. Else the card's head comes to the top of its panel (of the page on
  // a phone), and where the words that the citation stands for still lie below the fold, they are brought in.
  function reveal(card, said) {
    const marks = all("mark", card);
    const here = marks.find((mark) => mark.textContent === said) ?? marks[0];
    marks.forEach((mark) => mark.classList.toggle("here", marks.length > 1 && mark === here));
    if (inView(card)) return;
    card.scrollIntoView({ block: "start" });
    if (here && !inView(here)) here.scrollIntoView({ block: "center" });
  }

  function inView(element, below = innerHeight) {
    const box = element.getBoundingClientRect();
    return box.top >= one(".masthead").getBoundingClientRect().bottom && box.bottom <= below;
  }

  function backToAnswer() {
    if (!opener?.isConnected) return one("#question textarea")?.focus();
    opener.focus();
    opener.scrollIntoView({ block: "center" });
  }

  function openHelp() {
    const region = (navigator.language.split("-")[1] || "").toUpperCase();
    const country = region && one(`#help [data-country="${region}"]`);
    if (country) country.open = true;
    one("#help").showModal();
  }

  // Tables are sorted and exported where they stand: numbers by value, all else as words.
  function sortTable(button) {
    const head = button.closest("th");
    const column = head.cellIndex;
    const falls = head.getAttribute("aria-sort") === "ascending";
    all("th", head.parentElement).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", falls ? "descending" : "ascending");
    const body = one("tbody", head.closest("table"));
    const text = (row) => row.cells[column].textContent.trim();
    const order = new Intl.Collator("en", { numeric: true }).compare;
    const rows = [...body.rows].sort((one, other) => order(text(one), text(other)));
    body.append(...(falls ? rows.reverse() : rows));
  }

  function exportTable(button) {
    const quoted = (cell) => {
      const text = cell.textContent.trim();
      const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text; // a spreadsheet must not take words for a formula
      return `"${safe.replaceAll('"', '""')}"`;
    };
    const rows = [...one("table", button.parentElement).rows].map((row) => [...row.cells].map(quoted).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", rows.join("\r\n")], { type: "text/csv" }));
    link.download = "pincite-table.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  const PRESSES = [
    ["[data-sort]", sortTable],
    ["[data-export]", exportTable],
    ["[data-source]", openCard],
    ["[data-back]", backToAnswer],
    ["[data-open-help]", openHelp],
    ["[data-close-help]", () => one("#help").close()],
    [".exit", leave],
    [".skip", () => (all("[data-title]").find((title) => title.offsetParent) ?? one("#question textarea"))?.focus()],
  ];

  document.addEventListener("click", (event) => {
    for (const [selector, act] of PRESSES) {
      const pressed = event.target.closest?.(selector);
      if (!pressed) continue;
      event.preventDefault();
      return act(pressed);
    }
    const beside = event.target.id === "help" && event.clientX < event.target.getBoundingClientRect().left;
    if (beside) event.target.close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    escapes.push(event.timeStamp);
    if (escapes.length > ESCAPES) escapes.shift();
    if (escapes.length === ESCAPES && event.timeStamp - escapes[0] < ESCAPE_WINDOW) leave();
  }, true);

  // A screen reader hears the newest answer or note once, not the whole conversation; all others see it at the top.
  let announced = "";
  function announce() {
    const box = one("#question textarea");
    if (box && box.dir !== "auto") box.dir = "auto";
    const note = one("#note .note");
    const latest = one("#conversation [data-latest]");
    const said = note ?? (latest && one(".answer, .working", latest));
    const words = said ? said.textContent.replace(/\s+/g, " ").trim() : "";
    if (words === announced) return;
    announced = one("#announce").textContent = words;
    if (note || !latest || inView(latest, one("#composer").getBoundingClientRect().top)) return;
    latest.scrollIntoView({ block: "start" });
  }

  function watch() {
    new MutationObserver(announce).observe(document.body, { childList: true, characterData: true, subtree: true });
  }
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);

  addEventListener("beforeprint", () => {
    all(".card").forEach((card) => {
      card.dataset.was = card.open ? "open" : "";
      card.open = true;
    });
  });
  addEventListener("afterprint", () => all(".card").forEach((card) => (card.open = Boolean(card.dataset.was))));
})();
