// The desk's behaviour in the browser: tabs and filters live in the address, views and source cards are fetched.
// The address is replaced, never added to the history: "Exit this page" must leave nothing to come back to.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const kept = {}; // of each tab the filters in use, so that coming back to it finds them again
  const asked = {}; // of each tab the number of its latest request: an answer that comes late is dropped
  const openers = new Map(); // of each tab the button that opened its source
  const arrived = new URLSearchParams(location.search);
  let started = false;
  let saved = "";

  const shells = () => all(".desk[data-desk]");
  const shellOf = (element) => element.closest(".desk[data-desk]");
  const TAB = "#tabs [role=tab], #tabs .overflow-dropdown button"; // the latter stand in a menu where there is no room
  const tabButtons = () => all(TAB);
  const keyOf = (button) => button.textContent.trim().toLowerCase();
  const selected = () => tabButtons().find((button) => button.getAttribute("aria-selected") === "true");

  function show(query, key) {
    const params = new URLSearchParams(query);
    params.delete("tab");
    const rest = params.toString();
    const search = key === "ask" ? "" : `?tab=${key}${rest ? `&${rest}` : ""}`;
    history.replaceState(history.state, "", location.pathname + search + location.hash);
  }

  function start() {
    const buttons = tabButtons();
    if (started || !buttons.length) return;
    started = true;
    const key = arrived.get("tab");
    if (!key) return;
    arrived.delete("tab");
    const button = buttons.find((other) => keyOf(other) === key);
    if (!button) return notice(`There is no tab “${key}”. There are: ${buttons.map(keyOf).join(", ")}.`);
    kept[key] = arrived.toString();
    button.click();
  }

  function notice(words) {
    const place = one("#notice");
    place.textContent = words;
    place.hidden = !words;
  }

  // A shell that has come into view for the first time is filled; the observer below calls this on every change.
  function fillShells() {
    for (const shell of shells()) {
      if (shell.dataset.state || !shell.offsetParent) continue;
      load(shell, kept[shell.dataset.desk] ?? "");
    }
  }

  async function load(shell, query, focus) {
    const key = shell.dataset.desk;
    const view = one("[data-view]", shell);
    const params = new URLSearchParams(query);
    const open = params.get("document");
    params.delete("document");
    const number = (asked[key] = (asked[key] ?? 0) + 1);
    shell.dataset.state = "loading";
    view.setAttribute("aria-busy", "true");
    kept[key] = query;
    if (selected() && keyOf(selected()) === key) show(query, key);
    const html = await fetched(`desk/${key}?${params}`);
    if (number !== asked[key]) return;
    swap(view, html, focus);
    shell.dataset.state = "ready";
    view.removeAttribute("aria-busy");
    one("#announce").textContent = (one("[data-note]", view) ?? one("[data-found]", view))?.textContent.trim() ?? "";
    if (open) openDocument(shell, open, false);
  }

  async function fetched(path) {
    try {
      const response = await fetch(path);
      return await response.text();
    } catch {
      return '<p class="note" role="alert">Pincite can’t be reached. <span class="hint">Is it still running? Please try again.</span></p>';
    }
  }

  // What was open and focused before stays so: a person who ticks three boxes is not thrown out of the list.
  function swap(view, html, focus) {
    const open = new Map(all("details[data-facet]", view).map((facet) => [facet.dataset.facet, facet.open]));
    const fold = one(".filters-fold", view);
    const scrolled = all("fieldset", view).map((set) => [set.closest("[data-facet]").dataset.facet, set.scrollTop]);
    const active = view.contains(document.activeElement) ? document.activeElement : null;
    const again = active && pathTo(active);
    view.innerHTML = html;
    for (const [name, state] of open) {
      const facet = one(`details[data-facet="${name}"]`, view);
      if (facet) facet.open = state || facet.open;
    }
    const newFold = one(".filters-fold", view);
    if (newFold) newFold.open = fold ? fold.open : matchMedia("(min-width: 60rem)").matches;
    for (const [name, top] of scrolled) {
      const set = one(`details[data-facet="${name}"] fieldset`, view);
      if (set) set.scrollTop = top;
    }
    const target = (again && one(again, view)) ?? (active || focus ? one("[data-title]", view) : null);
    target?.focus({ preventScroll: true });
  }

  function pathTo(element) {
    const { name, value, type, dataset } = element;
    if (type === "checkbox") return `[name="${name}"][value="${CSS.escape(value)}"]`;
    if (name) return `[name="${name}"]`;
    if (dataset.order) return `[data-order$="${dataset.order.replace("-", "")}"]`;
    return element.matches("button[type=submit]") ? "button[type=submit]" : null;
  }

  const STANDARD = { precedents: "-date", laws: "jurisdiction", timeline: "-date", coverage: "jurisdiction" };

  function queryOf(form) {
    const key = shellOf(form).dataset.desk;
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (!value.trim() || (name === "sort" && value === STANDARD[key])) continue;
      params.append(name, value.trim());
    }
    return params.toString();
  }

  function submit(form) {
    load(shellOf(form), queryOf(form));
  }

  function order(button) {
    const form = one("[data-filters]", shellOf(button));
    one("[name=sort]", form).value = button.dataset.order;
    submit(form);
  }

  async function openDocument(shell, name, focus = true) {
    const panel = one("[data-panel]", shell);
    panel.hidden = false;
    shell.classList.add("with-panel");
    fold(shell, "(min-width: 90.01rem)");
    panel.setAttribute("aria-busy", "true");
    panel.innerHTML = await fetched(`desk/document/${encodeURIComponent(name)}`);
    if (!one("[data-close-panel]", panel)) {
      panel.insertAdjacentHTML("beforeend", '<p><button type="button" class="quiet" data-close-panel>Close</button></p>');
    }
    panel.removeAttribute("aria-busy");
    panel.scrollTop = 0;
    const title = one("[data-panel-title]", panel);
    if (focus) title?.focus({ preventScroll: true });
    if (focus && panel.getBoundingClientRect().top > innerHeight / 2) panel.scrollIntoView({ block: "start" });
    remember(shell, name);
  }

  // The filters stay open where there is room for them beside the rest.
  function fold(shell, room) {
    const filters = one(".filters-fold", shell);
    if (filters) filters.open = matchMedia(room).matches;
  }

  function press(button) {
    const shell = shellOf(button);
    if (!shell) return;
    if (!button.closest("[data-panel]")) {
      openers.set(shell, button);
      all("[data-document][aria-current]", shell).forEach((other) => other.removeAttribute("aria-current"));
      button.setAttribute("aria-current", "true");
    }
    openDocument(shell, button.dataset.document);
  }

  function closePanel(button) {
    const shell = shellOf(button);
    one("[data-panel]", shell).hidden = true;
    shell.classList.remove("with-panel");
    fold(shell, "(min-width: 60rem)");
    remember(shell, null);
    const opener = openers.get(shell);
    const target = opener?.isConnected ? opener : one("[data-title]", shell);
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
  }

  function remember(shell, name) {
    const key = shell.dataset.desk;
    const params = new URLSearchParams(kept[key] ?? "");
    params.delete("document");
    if (name) params.set("document", name);
    kept[key] = params.toString();
    if (selected() && keyOf(selected()) === key) show(kept[key], key);
  }

  function jump(link) {
    const target = document.getElementById(link.getAttribute("href").slice(1));
    target?.focus();
    target?.scrollIntoView({ block: "center" });
  }

  // A file that the server put into a link of the page is saved at once, and the link is spent.
  function save() {
    const link = one("a[data-save]");
    if (!link || link.dataset.save === saved) return;
    saved = link.dataset.save;
    link.click();
  }

  const PRESSES = [
    ["[data-document]", press],
    ["[data-close-panel]", closePanel],
    ["[data-order]", order],
    ["[data-go]", (button) => load(shellOf(button), button.dataset.go, true)],
    ["[data-jump]", jump],
  ];

  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.(TAB);
    if (tab) {
      notice("");
      requestAnimationFrame(() => show(kept[keyOf(tab)] ?? "", keyOf(tab)));
    }
    const choosing = event.target.closest?.(".exports summary");
    all(".exports[open]").forEach((menu) => choosing?.parentElement === menu || (menu.open = false));
    for (const [selector, act] of PRESSES) {
      const pressed = event.target.closest?.(selector);
      if (!pressed) continue;
      event.preventDefault();
      return act(pressed);
    }
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("[data-filters]");
    if (form) submit(form);
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("[data-filters]")) return;
    event.preventDefault();
    submit(event.target);
  });

  function watch() {
    const look = () => {
      start();
      fillShells();
      save();
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["style", "class"] });
    look();
  }
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
})();
