"""Answer → HTML: what is escaped, marked, numbered and said in words."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from corpus.errors import PinciteError
from corpus.vocabulary import KINDS, STATUSES
from rag.model import Answer, AnswerSentence, AnswerSource, HelpService, RefusalNote, Table, Understood
from ui.web import render
from ui.web.help import linked

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "**bold** [link](javascript:alert(1)) `code` {{ 7 * 7 }} ${7 * 7}",
    "ما هو القانون؟ \u202etxt",
    "🙂 ‘quotes’ & <b>",
]


def source(number: int = 1, **changes: object) -> AnswerSource:
    values = {
        "number": number,
        "document": "kr-busan-2023",
        "pinpoint": "Sentence",
        "title": "Busan judgment",
        "citation": "Busan District Court, 2023",
        "jurisdiction": "KR",
        "jurisdiction_name": "South Korea",
        "kind": "case",
        "status": "decided",
        "as_of": "2023-09",
        "passage": "One. Two.",
        "marks": ((0, 4),),
        "urls": ("https://example.org/a",),
    }
    return AnswerSource.model_validate({**values, **changes})


def answer(text: str = "One. [1]", outcome: str = "answered", **changes: object) -> Answer:
    values = {
        "question": "What?",
        "outcome": outcome,
        "text": text,
        "sentences": (AnswerSentence(text="One.", citations=(1,)),),
        "sources": (source(),),
        "understood": Understood(question="What?"),
    }
    return Answer.model_validate({**values, **changes})


class Reading(HTMLParser):
    """What a browser makes of some HTML: the tags, their attributes, and the text that a reader sees."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def page(*turns: Answer) -> str:
    return render.conversation(turns) + render.sources(turns)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "made",
    [
        lambda text: answer(question=text),
        lambda text: answer(text=f"{text} [1]", sentences=(AnswerSentence(text=text, citations=(1,)),)),
        lambda text: answer(text=text, outcome="greeting", sentences=(), sources=()),
        lambda text: answer(sources=(source(title=text),)),
        lambda text: answer(sources=(source(citation=text),)),
        lambda text: answer(sources=(source(pinpoint=text),)),
        lambda text: answer(sources=(source(jurisdiction_name=text),)),
        lambda text: answer(sources=(source(passage=text, marks=((0, 3),)),)),
        lambda text: answer(sources=(source(urls=(text,)),)),
        lambda text: answer(table=Table(columns=(text,), rows=((text,),), citations=((1,),))),
        lambda text: answer(help=(HelpService(service=text, for_whom=text, contact=text, url=text, document="d"),)),
    ],
    ids=[
        *("question", "sentence", "own words", "title", "citation", "pinpoint", "jurisdiction", "passage", "url"),
        *("table", "help"),
    ],
)
def test_text_stays_text(made, text: str) -> None:
    shown = Reading(page(made(text)))
    assert text.replace("**", "") in shown.text.replace("**", "")  # emphasis in words of its own is dropped
    assert not {"script", "img", "b", "code", "strong"} & set(shown.tags)
    assert not [name for name, _ in shown.attributes if name.startswith("on")]
    assert all(value.startswith("https://") for name, value in shown.attributes if name in {"href", "src"})


def test_a_pending_question_stays_text() -> None:
    shown = Reading(render.conversation((), pending=HOSTILE[0]))
    assert HOSTILE[0] in shown.text
    assert "script" not in shown.tags
    assert "Searching the corpus…" in shown.text


@given(
    passage=st.text(max_size=80),
    marks=st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=5),
)
def test_marks_never_change_the_passage(passage: str, marks: list[tuple[int, int]]) -> None:
    assert re.sub("</?mark>", "", render.marked(passage, marks)) == str(escape(passage))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), "One. Two."),
        (((0, 4),), "<mark>One.</mark> Two."),
        (((5, 9), (0, 4)), "<mark>One.</mark> <mark>Two.</mark>"),
        (((0, 6), (4, 9)), "<mark>One. T</mark><mark>wo.</mark>"),
        (((5, 99),), "One. <mark>Two.</mark>"),
        (((4, 4),), "One. Two."),
    ],
)
def test_marks(marks: tuple[tuple[int, int], ...], expected: str) -> None:
    assert render.marked("One. Two.", marks) == expected


def test_marks_count_characters_of_the_raw_text_not_of_its_html() -> None:
    assert render.marked("a < b. Yes.", ((7, 11),)) == "a &lt; b. <mark>Yes.</mark>"


SENTENCES = (AnswerSentence(text="One.", citations=(1,)), AnswerSentence(text="Two.", citations=(2, 3)))


@pytest.mark.parametrize(
    ("text", "sentences", "expected"),
    [
        ("One. [1] Two. [2] [3]", SENTENCES, [("One.|Two.", False)]),
        ("Yes.\n\nOne. [1]\n\nTwo. [2] [3]", SENTENCES, [("Yes.", False), ("One.", False), ("Two.", False)]),
        ("Both:\n\n- One. [1]\n- Two. [2] [3]", SENTENCES, [("Both:", False), ("One.", True), ("Two.", True)]),
        ("## **Korea**\n\nOne. [1] Two.", SENTENCES, [("Korea", False), ("One.|Two.", False)]),
        ("One. [1]", SENTENCES, [("One.", False), ("Two.", False)]),
        ("See [2024] UKSC 1.", (), [("See [2024] UKSC 1.", False)]),
        ("", (), []),
    ],
    ids=["run on", "paragraphs", "list", "heading", "a sentence that the text lacks", "neutral citation", "nothing"],
)
def test_blocks(text: str, sentences: tuple[AnswerSentence, ...], expected: list[tuple[str, bool]]) -> None:
    found = render.blocks(answer(text=text, sentences=sentences))
    assert [("|".join(piece.text for piece in block.pieces), block.item) for block in found] == expected
    cited = [piece.citations for block in found for piece in block.pieces if piece.citations]
    assert cited == [sentence.citations for sentence in sentences]


def test_a_citation_is_a_button_that_names_its_source_and_opens_its_card() -> None:
    turns = (answer(), answer())
    buttons = re.findall(
        r'<button type="button" class="cite" data-source="([^"]*)" aria-label="([^"]*)">(\d+)<', page(*turns)
    )
    assert buttons == [
        ("source-1-1", "Source 1: Busan judgment, Sentence", "1"),
        ("source-2-1", "Source 1: Busan judgment, Sentence", "1"),
    ]
    cards = [value for name, value in Reading(render.sources(turns)).attributes if name == "id" and "source" in value]
    assert cards == ["source-1-1", "source-2-1"]


def test_a_citation_without_a_source_makes_no_button() -> None:
    assert 'class="cite"' not in page(answer(sources=()))


def test_only_the_last_answers_cards_are_shown() -> None:
    assert re.findall(r'id="cards-(\d)"( hidden)?', render.sources((answer(), answer(), answer()))) == [
        ("1", " hidden"),
        ("2", " hidden"),
        ("3", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "badge"),
    [
        ({"status": "in-force"}, ("good", "In force")),
        ({"status": "pending"}, ("wait", "Pending")),
        ({"status": "not-yet-in-force"}, ("wait", "Not yet in force")),
        ({"status": "struck-down"}, ("gone", "Struck down")),
        ({"status": "repealed"}, ("gone", "Repealed")),
        ({"status": "final"}, ("plain", "Final")),
        ({"kind": "bill"}, ("plain", "Bill, not law")),
        ({"kind": "platform-policy"}, ("plain", "Platform policy")),
        ({"as_of": "2025-06"}, ("plain", "As of June 2025")),
        ({"seen": False}, ("wait", "Source not re-read")),
        ({}, ("plain", "South Korea")),
    ],
)
def test_badges(changes: dict[str, object], badge: tuple[str, str]) -> None:
    shown = re.findall(r'class="badge (\w+)">([^<]*)<', render.sources((answer(sources=(source(**changes),)),)))
    assert badge in shown


def test_a_source_that_was_read_has_no_badge_for_it() -> None:
    assert "not re-read" not in page(answer())


def test_a_sentence_of_what_is_not_law_says_so_once() -> None:
    said = "The Act would punish it."
    bill = AnswerSentence(text=said, citations=(1,), status="pending", about="bill")
    shown = render.conversation((answer(text=f"{said} [1] (bill pending)", sentences=(bill,)),))
    assert '<span class="badge wait">Bill pending</span>' in shown
    assert "(bill pending)" not in shown


def test_a_status_on_a_day_is_shown_once() -> None:
    said = "The Act punishes it."
    law = AnswerSentence(text=said, citations=(1,), status="not-yet-in-force on 2025-03")
    shown = render.conversation((answer(text=f"{said} [1] {law.note}", sentences=(law,)),))
    assert law.note == "(not yet in force on 2025-03)" and law.note not in shown
    assert "on 2025-03" in shown


def test_columns_of_prose_get_more_room() -> None:
    table = Table(columns=("Law", "Note"), rows=(("Act 1", "x" * 41), ("Act 2", "")))
    assert render.prose_columns(table) == {1}


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_words_and_a_tone(status: str) -> None:
    assert "-" not in render.status_words(status)
    assert render.status_words(status) != status
    assert render.status_tone(status) in {"good", "wait", "gone", "plain"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words(kind: str) -> None:
    assert re.fullmatch(r"[A-Z][a-z, ]+", render.kind_words(kind))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2025", "2025"),
        ("2025-06", "June 2025"),
        ("2025-06-09", "9 June 2025"),
        ("soon", "soon"),
        ("2025-13", "2025-13"),
    ],
)
def test_long_date(value: str, words: str) -> None:
    assert render.long_date(value) == words


def test_links_open_apart_and_tell_nothing() -> None:
    links = re.findall(r"<a [^>]*>", render.sources((answer(),)))
    assert links == ['<a href="https://example.org/a" target="_blank" rel="noopener noreferrer">']


def test_a_refusal_is_a_grey_note_without_citations() -> None:
    refusal = RefusalNote(category="technique", reason="how it is made", rule="r1")
    shown = page(answer("Pincite does not explain this.", "refused", sentences=(), sources=(), refusal=refusal))
    assert re.search(r'<div class="refusal"><p dir="auto">Pincite does not explain this.</p>\s*</div>', shown)


def test_abstention_lists_the_nearest_documents_as_buttons() -> None:
    shown = page(answer("Nothing answers this.\n\n- Busan judgment (2023) [1]", "abstained", sentences=()))
    assert "Nothing answers this." in shown
    assert shown.count("(2023)") == 0
    assert re.findall(r'class="near" data-source="([^"]*)"', shown) == ["source-1-1"]


def test_help_comes_before_the_law_for_a_person_in_need() -> None:
    service = HelpService(service="Helpline", for_whom="Adults", contact="Call 0345 6000 459", url="", document="d")
    shown = page(answer("You are not to blame.\n\nOne. [1]", "support", help=(service,)))
    order = [shown.index(text) for text in ("You are not to blame.", "Helpline", "One.")]
    assert order == sorted(order)
    assert '<a href="tel:03456000459">0345 6000 459</a>' in shown


def test_a_table_has_headings_and_the_sources_of_each_row() -> None:
    rows = Table(columns=("Country", "Term"), rows=(("Korea", "30 months"), ("Japan", "none")), citations=((1,), ()))
    shown = page(answer(table=rows))
    assert re.findall(r'<th scope="(\w+)">', shown) == ["col", "col", "col", "row", "row"]
    assert re.findall(r'<td class="cited">(.*?)</td>', shown)[1] == ""


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (PinciteError("the question is empty; type one"), "The question is empty; type one."),
        (PinciteError("Unknown code 'XX'.", "Did you mean XK?"), "Unknown code 'XX'. Did you mean XK?"),
        (PinciteError("<b>", ""), "<b>."),
    ],
)
def test_a_note_says_what_is_wrong_and_what_to_do(error: PinciteError, shown: str) -> None:
    assert " ".join(Reading(render.note(error)).text.split()) == shown


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Call 0345 6000 459 from 10am.", ["tel:03456000459"]),
        ("On +44 1372 847 161 or 1-800-843-5678 (1-800-THE-LOST).", ["tel:+441372847161", "tel:18008435678"]),
        ("A call to 1366, without an area code; it answers at 116 016.", ["tel:1366", "tel:116016"]),
        ("3018 answers calls every day from 9:00 to 23:00.", ["tel:3018"]),
        ("The form at esafety.gov.au/report.", ["https://esafety.gov.au/report"]),
        ("Write to stopncii@swgfl.org.uk, or StopNCII.org.", ["mailto:stopncii@swgfl.org.uk", "https://stopncii.org"]),
        ("Since 17 April 2025, on 365 days; 10,305 victims in 2024; 18 U.S.C. § 2252A.", []),
    ],
)
def test_contacts_can_be_dialled_and_opened(text: str, links: list[str]) -> None:
    parts = linked(text)
    assert "".join(part.text for part in parts) == text
    assert [part.href for part in parts if part.href] == links
