"""The tabs of the policy desk as a person meets them: filters, sources, shared addresses, exports, accessibility."""

import csv
import io
import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rag import Assistant

pytestmark = pytest.mark.browser

KEYS = ("precedents", "laws", "compare", "timeline", "map", "coverage")
GB = "input[name=jurisdiction][value=GB]"
EXIT = re.compile(r"^https://www\.bbc\.co\.uk/")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def visit(page: Page, address: str) -> Callable[[str], Any]:
    """Open an address of the desk and return its tab, filled."""

    def opened(query: str) -> Any:
        page.goto(f"{address}?{query}")
        key = parse_qs(query)["tab"][0]
        page.locator(f".desk[data-desk={key}][data-state=ready]").wait_for()
        return page.locator(f".desk[data-desk={key}]")

    return opened


def filters_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def count_of(desk: Any) -> int:
    return int(re.match(r"\d+", desk.locator("[data-found]").inner_text())[0])


def downloaded(page: Page, desk: Any, name: str, folder: Path) -> Path:
    desk.get_by_text("Export", exact=True).click()
    with page.expect_download() as waiting:
        desk.get_by_role("link", name=name, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.parametrize("key", KEYS)
def test_a_tab_opens_by_its_button_and_its_address_is_told(page: Page, key: str) -> None:
    page.get_by_role("tab", name=key.capitalize()).click()
    desk = page.locator(f".desk[data-desk={key}][data-state=ready]")
    expect(desk.get_by_role("heading", level=2, name=key.capitalize())).to_be_visible()
    expect(desk.locator("[data-found]")).to_contain_text(re.compile(r"\d"))
    assert filters_of(page) == {"tab": [key]}
    page.get_by_role("tab", name="Ask").click()
    page.wait_for_function("location.search === ''")


def test_the_count_beside_a_value_is_what_choosing_it_gives(visit: Callable[[str], Any], page: Page) -> None:
    desk = visit("tab=precedents")
    before = count_of(desk)
    expected = int(desk.locator(f"label:has({GB}) .count").inner_text())
    desk.locator(GB).check()
    expect(desk.locator("[data-found]")).to_have_text(re.compile(rf"^{expected} decision"))
    assert expected < before
    assert filters_of(page) == {"tab": ["precedents"], "jurisdiction": ["GB"]}
    expect(desk.locator(GB)).to_be_focused()
    desk.locator("input[name=jurisdiction][value=KR]").check()
    expect(desk.locator("[data-found]")).not_to_have_text(re.compile(rf"^{expected} decision"))
    desk.get_by_role("button", name="Take away: United Kingdom").click()
    expect(desk.locator(GB)).not_to_be_checked()
    desk.get_by_role("button", name="Clear", exact=True).click()
    expect(desk.locator("[data-found]")).to_have_text(re.compile(rf"^{before} decision"))
    assert filters_of(page) == {"tab": ["precedents"]}


def test_a_shared_address_brings_back_filters_order_and_open_source(
    visit: Callable[[str], Any], page: Page, context: BrowserContext
) -> None:
    desk = visit("tab=precedents&jurisdiction=GB&jurisdiction=US&min_months=60&sort=-months")
    desk.locator("tbody .open").first.click()
    title = desk.locator("[data-panel] .title").inner_text()
    expect(desk.locator("[data-panel-title]")).to_be_focused()
    page.wait_for_function("location.search.includes('document=')")
    with_friend = context.new_page()
    with_friend.goto(page.url)
    other = with_friend.locator(".desk[data-desk=precedents][data-state=ready]")
    expect(other.locator("[data-panel] .title")).to_have_text(title)
    expect(other.get_by_label("Months of imprisonment, from")).to_have_value("60")
    expect(other.locator("th[aria-sort=descending]")).to_have_text("Sentence")
    assert other.locator("tbody tr").all_inner_texts() == desk.locator("tbody tr").all_inner_texts()
    with_friend.close()


def test_a_source_leads_to_the_laws_it_applied_and_back_to_the_row(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=precedents&law=us-18-usc-1466a")
    opener = desk.locator("table tbody .open").first
    opener.click()
    panel = desk.locator("[data-panel]")
    expect(panel.get_by_role("heading", name="Laws that it applied")).to_be_visible()
    case = panel.locator(".title").inner_text()
    panel.get_by_role("button", name="Obscene visual representations").click()
    expect(panel.locator(".citation")).to_have_text("18 U.S.C. § 1466A")
    expect(panel.get_by_role("heading", name="Decisions that applied it")).to_be_visible()
    expect(panel.get_by_role("button", name=case, exact=True)).to_be_visible()
    expect(panel.locator(".source-list a").first).to_have_attribute("rel", "noopener noreferrer")
    panel.get_by_role("button", name="Back to the table").click()
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_column_sorts_both_ways(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=timeline&jurisdiction=KR")
    dates = desk.locator("table tbody tr td:first-child")
    newest = dates.first.inner_text()
    desk.get_by_role("button", name="Date").click()
    expect(dates.last).to_have_text(newest)
    expect(desk.locator("th[aria-sort=ascending]")).to_have_text("Date")


def test_the_search_goes_through_the_retriever(visit: Callable[[str], Any], page: Page) -> None:
    desk = visit("tab=laws")
    desk.get_by_label("Search in the laws").fill("nudification apps")
    page.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Take away: “nudification apps”")).to_be_visible()
    assert 0 < count_of(desk) < 172


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("tab=precedents&outcome=guilty", "Did you mean pleaded-guilty"),
        ("tab=precedents&min_months=60&max_months=12", "inverted: 60 is more than 12"),
        ("tab=precedents&min_months=%3Cscript%3E", "'<script>' is not a number"),
        ("tab=laws&as_of=2024-02-31", "there is no such day"),
        ("tab=laws&colour=red", "Unknown filter in the address 'colour'. Allowed: "),
        ("tab=laws&sort=beauty", "Unknown sort 'beauty'. Allowed: "),
        ("tab=compare&jurisdiction=XQ", "Unknown jurisdiction 'XQ'"),
        ("tab=map&question=taxes", "Unknown question 'taxes'. Allowed: "),
        ("tab=coverage&gap=big", "Unknown gap 'big'. Allowed: "),
        ("tab=timeline&from=2025&to=2020", "Exchange the two dates"),
    ],
)
def test_a_hand_edited_address_gets_a_note_that_names_what_is_allowed(
    visit: Callable[[str], Any], page: Page, query: str, message: str
) -> None:
    desk = visit(query)
    expect(desk.locator("[data-note]")).to_contain_text(message)
    expect(desk.get_by_role("button", name="Clear", exact=True)).to_be_attached()
    assert "Traceback" not in page.content()


def test_a_tab_that_does_not_exist_is_told(page: Page, address: str) -> None:
    page.goto(f"{address}?tab=verdicts")
    expect(page.locator("#notice")).to_contain_text("There is no tab “verdicts”. There are: ask, precedents")


def test_nothing_found_says_what_to_loosen(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=precedents&jurisdiction=SE&min_months=600")
    expect(desk.locator(".empty")).to_contain_text("Taking away one of these filters would give some: ")
    desk.get_by_role("button", name="Clear all filters").click()
    expect(desk.locator("tbody tr").first).to_be_visible()


def test_sentences_are_plotted_with_their_numbers(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=precedents&min_months=0")
    numbers = [int(text) for text in desk.locator(".bars .figure").all_inner_texts()]
    assert sum(numbers) == count_of(desk)


def test_silence_of_the_corpus_is_never_a_no(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=compare&all=yes&question=possess&question=request&question=civil-remedy")
    cells = desk.locator("table.grid td, .grid td").all_inner_texts()
    assert "Not in the corpus" in cells
    assert not [cell for cell in cells if re.match(r"no\b", cell.strip(), re.I)]
    empty = [cell for cell in desk.locator(".grid td").all() if not cell.locator(".open, .silent").count()]
    assert not empty


def test_subdivisions_that_differ_open_up(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=compare&jurisdiction=US&question=threaten-adults")
    desk.locator("summary", has_text="subdivision").click()
    expect(desk.locator(".more li .open").first).to_be_visible()


def test_the_map_opens_sources_and_its_table_gives_every_answer(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=map&question=possess-minors")
    title = desk.locator("path[data-document] title", has_text="South Korea").first
    assert title.text_content() in [
        f"{row.locator('td').nth(0).inner_text()}: {row.locator('td').nth(1).inner_text()}"
        for row in desk.locator("tbody tr", has_text="South Korea").all()
    ]
    title.dispatch_event("click")
    expect(desk.locator("[data-panel] .title")).to_be_visible()


def test_coverage_counts_add_up(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=coverage")
    totals = desk.locator(".matrix tbody td:last-child").all_inner_texts()
    assert sum(map(int, totals)) == count_of(desk) == desk.locator(".wide tbody tr").count()


def test_as_of_shows_what_stood_then(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=laws&jurisdiction=US&kind=statute&as_of=2024-12-31")
    expect(desk.locator(".stamp")).to_contain_text("Law as of 2024-12-31")
    expect(desk.locator(".wide tbody tr", has_text="TAKE IT DOWN Act")).to_have_count(0)


def test_an_export_holds_the_view_in_front_of_you(visit: Callable[[str], Any], page: Page, tmp_path: Path) -> None:
    desk = visit("tab=precedents&jurisdiction=US&min_months=60&sort=-months")
    shown = desk.locator("table.wide tbody tr, .wide tbody tr")
    titles = [row.locator(".open").first.inner_text() for row in shown.all()]
    sheet = downloaded(page, desk, "CSV", tmp_path).read_text(encoding="utf-8-sig")
    assert [row["case"] for row in csv.DictReader(io.StringIO(sheet))] == titles
    objects = json.loads(downloaded(page, desk, "JSON", tmp_path).read_text(encoding="utf-8"))
    assert [item["title"] for item in objects] == titles
    assert all(item["corpus_version"] and (item["life"] or item["months"] >= 60) for item in objects)
    word = docx.Document(str(downloaded(page, desk, "Memo (Word)", tmp_path)))
    assert {cell.text for table in word.tables for cell in table.columns[0].cells} >= set(titles)


def test_a_conversation_is_saved_and_opened_again(page: Page, tmp_path: Path) -> None:
    asked = ("What sentence did the South Korean man get for his AI images?", "What does the TAKE IT DOWN Act require?")
    for number, question in enumerate(asked, 1):
        page.get_by_label("Your question").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".answer")).to_have_count(number)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="JSON", exact=True).click()
    waiting.value.save_as(tmp_path / "c.json")
    answers = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert [answer["question"] for answer in answers] == list(asked)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Memo (Word)").click()
    waiting.value.save_as(tmp_path / "c.docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "c.docx")).paragraphs)
    assert all(question in text for question in asked)
    assert "two years and six months" in text


@pytest.mark.parametrize("key", KEYS)
def test_help_and_exit_stay_and_exit_leaves_nothing_to_come_back_to(
    visit: Callable[[str], Any], page: Page, key: str
) -> None:
    desk = visit(f"tab={key}")
    page.get_by_role("button", name="Need help now?").click()
    expect(page.get_by_role("dialog", name="Need help now?")).to_be_visible()
    page.keyboard.press("Escape")
    if key == "precedents":  # filters and an open source are no steps of the history either
        desk.locator(GB).check()
        expect(desk.get_by_role("button", name="Take away: United Kingdom")).to_be_visible()
        page.route(EXIT, lambda route: route.fulfill(body="Weather", content_type="text/html"))
        page.get_by_role("link", name="Exit this page").click()
        page.wait_for_url(EXIT)
        page.go_back()
        assert "tab=" not in page.url


@pytest.mark.parametrize("key", ("ask", *KEYS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, address: str, key: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    few = "&jurisdiction=KR" if key in ("precedents", "laws", "timeline", "coverage") else ""
    page.goto(f"{address}?tab={key}{few}")
    if key == "ask":
        page.get_by_label("Your question").wait_for()
    else:
        page.locator(f".desk[data-desk={key}][data-state=ready]").wait_for()
        if key != "coverage":
            page.locator(".desk:visible button.open").first.click()
            page.locator(".desk:visible [data-panel] .title").wait_for()
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [
        (one["id"], one["impact"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_phone_never_scrolls_sideways(visit: Callable[[str], Any], page: Page, key: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    desk = visit(f"tab={key}")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    if key not in ("map", "coverage"):
        desk.locator("tbody .open").first.click()
        expect(desk.locator("[data-panel] .title")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_on_a_phone_the_tabs_without_room_stand_in_a_menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="More tabs").click()
    page.get_by_role("button", name="Coverage").click()
    page.locator(".desk[data-desk=coverage][data-state=ready]").wait_for()
    page.wait_for_function("location.search === '?tab=coverage'")


@pytest.mark.parametrize("key", KEYS)
def test_a_cited_cell_of_every_tab_opens_its_source(visit: Callable[[str], Any], key: str) -> None:
    desk = visit(f"tab={key}")
    opener = desk.locator(".table.wide .open:visible").first
    name = opener.get_attribute("data-document")
    opener.press("Enter")
    expect(desk.locator("[data-panel-title]")).to_be_focused()
    expect(desk.locator(f'[data-panel] [id^="{name}-"]').first).to_be_attached()


def test_what_the_decision_is_not_about_can_be_chosen(visit: Callable[[str], Any]) -> None:
    desk = visit("tab=precedents&outcome=convicted&without=distribute")
    expect(desk.get_by_role("button", name="Take away: Without sharing")).to_be_visible()
    expect(desk.locator("input[name=without][value=distribute]")).to_be_checked()
    expect(desk.get_by_role("button", name="First South Korean sentence")).to_be_visible()


def test_what_a_digest_or_an_address_says_stays_text(visit: Callable[[str], Any], page: Page) -> None:
    desk = visit("tab=laws&text=%3Cimg+src%3Dx+onerror%3D%22window.struck%3D1%22%3E+deepfake")
    expect(desk.get_by_label("Search in the laws")).to_have_value('<img src=x onerror="window.struck=1"> deepfake')
    assert page.evaluate("window.struck") is None


def test_the_keyboard_goes_from_the_tabs_to_the_filters_to_the_table(visit: Callable[[str], Any], page: Page) -> None:
    desk = visit("tab=precedents")
    desk.get_by_label("Search in the decisions").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Jurisdiction"
    desk.locator("[name=certain]").focus()
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText")
        )
    assert names[:3] == ["Show", "Clear", "Export"]
    assert names[-1] == "Decisions"


def test_coverage_shows_every_document_of_the_corpus(assistant: Assistant, visit: Callable[[str], Any]) -> None:
    desk = visit("tab=coverage")
    assert count_of(desk) == len(assistant.index.catalogue)
