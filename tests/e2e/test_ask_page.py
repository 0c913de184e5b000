"""The "Ask" tab as a person meets it."""

import re
import threading
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from refusal_prompts import CONVERSATIONS

from rag import Assistant
from rag.model import Answer

pytestmark = pytest.mark.browser

BUSAN = "What sentence did the South Korean man get for his AI images?"
TERM = "two years and six months"
EXIT = re.compile(r"^https://www\.bbc\.co\.uk/")


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    before = page.locator(".answer").count()
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_count(before + 1)


def test_an_answer_leads_to_the_marked_words_of_its_source(page: Page) -> None:
    ask(page, BUSAN)
    sentence = page.locator(".sentence", has_text=TERM).first
    said = sentence.locator(".said").inner_text()
    card = page.locator(".card").first
    expect(card.locator("mark").first).to_be_hidden()
    sentence.get_by_role("button", name=re.compile("^Source 1: ")).click()
    expect(card.locator("mark", has_text=said)).to_be_in_viewport(ratio=1)
    expect(card.locator(".badge", has_text="South Korea")).to_be_visible()
    expect(card.locator("summary")).to_be_focused()
    card.get_by_role("button", name="Back to the answer").click()
    expect(sentence.get_by_role("button")).to_be_focused()


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Answers wait until this is set."""
    invoke, released = Assistant.invoke, threading.Event()

    def held(*arguments: Any) -> Answer:
        released.wait(timeout=30)
        return invoke(*arguments)

    monkeypatch.setattr(Assistant, "invoke", held)
    return released


def send(page: Page, way: str) -> None:
    if way == "Enter":
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name="Ask", exact=True).click()


@pytest.mark.parametrize("way", ["Enter", "button"])
def test_a_question_sent_while_one_is_answered_is_answered_next(page: Page, release: threading.Event, way: str) -> None:
    box = page.get_by_label("Your question")
    box.fill(BUSAN)
    page.keyboard.press("Enter")
    expect(page.locator(".working")).to_be_visible()
    box.fill("What does the TAKE IT DOWN Act require?")
    send(page, way)
    release.set()
    expect(page.locator("#turn-1 .answer")).to_contain_text(TERM)
    expect(page.locator("#turn-2 .answer")).to_contain_text("TAKE IT DOWN Act")
    expect(box).to_have_value("")


@pytest.mark.parametrize("way", ["Enter", "button"])
def test_a_second_press_asks_nothing_and_says_nothing(page: Page, release: threading.Event, way: str) -> None:
    page.evaluate(
        """() => {
            window.noted = 0;
            new MutationObserver(() => (window.noted += document.querySelectorAll(".note").length))
                .observe(document.body, { childList: true, subtree: true });
        }"""
    )
    page.get_by_label("Your question").fill(BUSAN)
    send(page, way)
    expect(page.locator(".working")).to_be_visible()
    send(page, way)
    release.set()
    expect(page.locator(".answer")).to_have_count(1)
    ask(page, "What does the TAKE IT DOWN Act require?")
    expect(page.locator(".turn")).to_have_count(2)
    assert page.evaluate("window.noted") == 0


def test_a_citation_of_an_earlier_answer_brings_its_cards_back(page: Page) -> None:
    ask(page, BUSAN)
    ask(page, "How fast must a platform remove an intimate image under the TAKE IT DOWN Act?")
    expect(page.locator("#cards-1")).to_be_hidden()
    expect(page.locator("#cards-2")).to_be_visible()
    page.locator("#turn-1 .cite").first.click()
    expect(page.locator("#cards-1 mark").first).to_be_in_viewport()
    expect(page.locator("#cards-2")).to_be_hidden()


def test_an_example_is_asked_by_pressing_it_and_a_new_conversation_starts_empty(page: Page) -> None:
    page.get_by_role("button", name=BUSAN).click()
    expect(page.locator("#turn-1 .question")).to_have_text(BUSAN)
    expect(page.locator("#announce")).to_contain_text(TERM)
    expect(page.locator("#examples")).to_be_hidden()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".card")).to_have_count(0)
    expect(page.locator("#examples")).to_be_visible()


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.struck = 1</script><img src=x onerror='window.struck = 1'> law?",
        "**law** [press](javascript:window.struck=1) {{ 7 * 7 }} ${window.struck = 1} `x` ما هو القانون 🙂",
    ],
)
def test_typed_text_stays_text(page: Page, text: str) -> None:
    ask(page, text)
    assert page.locator("#turn-1 .question").inner_text() == text
    assert page.evaluate("window.struck") is None


@pytest.mark.parametrize(("typed", "message"), [("  ", "question is empty"), ("law " * 1001, "shorten it")])
def test_a_question_that_cannot_be_read_gets_a_note_and_is_kept(page: Page, typed: str, message: str) -> None:
    page.get_by_label("Your question").fill(typed)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".note")).to_contain_text(message)
    expect(page.locator("#announce")).to_contain_text(message)
    expect(page.get_by_label("Your question")).to_have_value(typed)
    expect(page.locator(".turn")).to_have_count(0)
    assert "Traceback" not in page.content()


def test_what_the_corpus_does_not_answer_lists_documents_that_open(page: Page) -> None:
    ask(page, "How do I bake sourdough bread with rye flour?")
    page.get_by_role("list", name="Nearest documents").get_by_role("button").first.click()
    expect(page.locator(".card[open] .passage")).to_be_in_viewport()


def test_help_opens_and_closes_by_keyboard_and_its_numbers_can_be_dialled(page: Page) -> None:
    button = page.get_by_role("button", name="Need help now?")
    button.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Need help now?")
    expect(panel.locator("summary", has_text="South Korea")).to_be_visible()
    expect(
        panel.locator("a[href='tel:03456000459']").first
    ).to_be_visible()  # the browser's language is British English
    expect(panel.locator("a[href='tel:1366']").first).to_be_hidden()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("way", ["button", "escapes"])
def test_exit_leaves_at_once_and_the_way_back_is_gone(page: Page, way: str) -> None:
    page.route(EXIT, lambda route: route.fulfill(body="Weather", content_type="text/html"))
    ask(page, BUSAN)
    if way == "button":
        page.get_by_role("link", name="Exit this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url(EXIT)
    page.go_back()
    assert page.url == "about:blank"


def test_two_people_ask_at_once_and_each_sees_only_their_own(page: Page, browser: Browser, address: str) -> None:
    with browser.new_context() as other_context:
        other = other_context.new_page()
        other.goto(address)
        for one, question in ((page, BUSAN), (other, "What does the TAKE IT DOWN Act require of platforms?")):
            one.get_by_label("Your question").fill(question)
            one.keyboard.press("Enter")
        expect(page.locator(".answer")).to_contain_text("Busan")
        expect(other.locator(".answer")).to_contain_text("TAKE IT DOWN Act")
        assert "Busan" not in other.locator("#conversation").inner_text()


def test_nothing_typed_is_kept_by_the_browser(page: Page) -> None:
    ask(page, BUSAN)
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "Korean" not in kept
    assert page.evaluate("indexedDB.databases()") == []


def test_the_keyboard_reaches_help_and_exit_first(page: Page) -> None:
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert names == ["Skip to the question", "Need help now?", "Exit this page", "Ask"]


def test_a_phone_never_scrolls_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, f"{BUSAN} {'x' * 300}")
    page.locator(".cite, .near").first.click()
    expect(page.locator(".card[open] .passage")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_dark_is_dark_and_paper_is_light(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="dark")
    page.reload()
    page.get_by_label("Your question").wait_for()
    assert page.evaluate(ground) == "rgb(20, 23, 26)"
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("turns", CONVERSATIONS, ids=lambda turns: turns[1][0])
def test_a_conversation_is_refused_answered_and_helped_turn_by_turn(page: Page, turns: list[tuple[str, str]]) -> None:
    for number, (question, outcome) in enumerate(turns, 1):
        ask(page, question)
        turn = page.locator(f"#turn-{number}")
        expect(turn.locator(".refusal")).to_have_count(1 if outcome == "refuse" else 0)
        if outcome == "support":
            expect(turn.locator(".help-inline")).to_be_visible()
