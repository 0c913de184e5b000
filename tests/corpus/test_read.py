"""Reading one digest: the model that comes out, the offsets in it, and what a faulty file is told."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from corpus import Document, FaultyDocumentError, Penalty, PinciteError, SentenceImposed, Source, read_document
from corpus.model import first_day
from corpus.read import line_of_offset

WriteTree = Callable[[dict[str, str]], Path]
Read = Callable[[str], Document]


@pytest.fixture
def read(write_tree: WriteTree) -> Read:
    """Write a text as the statute's file and read it."""
    return lambda text: read_document(write_tree({"us/us-18-usc-2252a.md": text}) / "us" / "us-18-usc-2252a.md")


@pytest.fixture
def document(read: Read, statute: str) -> Document:
    return read(statute)


@pytest.fixture
def decision(write_tree: WriteTree, case: str) -> Document:
    return read_document(write_tree({"us/us-ca-doe-v-roe.md": case}) / "us" / "us-ca-doe-v-roe.md")


# --- the model ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "us-18-usc-2252a"),
        ("kind", "statute"),
        ("title", "Activities relating to child pornography"),
        ("title_original", None),
        ("citation", "18 U.S.C. § 2252A"),
        ("aliases", ("possession statute", "PROTECT Act offence")),
        ("jurisdiction", "US"),
        ("country", "US"),
        ("status", "in-force"),
        ("as_of", "2025-06"),
        ("protects", "minors"),
        ("synthetic", "explicit"),
        ("conduct", ("distribute", "possess")),
        ("court", None),
        ("outcome", None),
        ("sentence", None),
        ("applies", ()),
        ("related", ("us-ca-doe-v-roe",)),
        ("folder", "us"),
        ("is_law", True),
        (
            "names",
            (
                "18 U.S.C. § 2252A",
                "Activities relating to child pornography",
                "possession statute",
                "PROTECT Act offence",
            ),
        ),
    ],
)
def test_statute_has_the_fields_of_its_front_matter(document: Document, field: str, value: object) -> None:
    assert getattr(document, field) == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "case"),
        ("is_law", False),
        ("jurisdiction", "US-CA"),
        ("country", "US"),
        ("court", "Superior Court of California"),
        ("parties", "Doe v. Roe"),
        ("outcome", "judgment"),
        ("sentence", SentenceImposed(fine="1,500 dollars")),
        ("applies", ("us-18-usc-2252a",)),
        ("penalties", ()),
    ],
)
def test_case_has_the_fields_of_its_front_matter(decision: Document, field: str, value: object) -> None:
    assert getattr(decision, field) == value


def test_dates_stay_as_precise_as_they_were_given(document: Document) -> None:
    assert dict(document.dates) == {"enacted": "1996-09-30", "amended": "2018-12"}


def test_penalties_are_in_years_and_null_is_none(document: Document) -> None:
    note = "20 years if the image shows a child under 12"
    assert document.penalties == (
        Penalty(conduct=("possess",), prison_years_min=0, prison_years_max=10, life=False, fine=None, note=note),
    )


def test_sources_say_whether_they_are_official_and_were_seen(document: Document) -> None:
    law, commentary = document.sources
    assert law == Source(
        id="s1",
        title="18 U.S.C. 2252A",
        publisher="Office of the Law Revision Counsel",
        url="https://uscode.house.gov/2252A",
        date="2025-01",
        official=True,
        seen=True,
    )
    assert (commentary.official, commentary.seen, commentary.date) == (False, False, None)
    assert document.source_by_id == {"s1": law, "s2": commentary}


def test_text_is_the_whole_file_and_digest_its_hash(document: Document, statute: str) -> None:
    assert document.text == statute
    assert document.digest == hashlib.sha256(statute.encode()).hexdigest()


def test_original_title_is_one_of_the_names(read: Read, statute: str) -> None:
    korean = read(statute.replace("citation:", "title_original: 아동ㆍ청소년의 성보호에 관한 법률\ncitation:"))
    assert korean.names[2] == "아동ㆍ청소년의 성보호에 관한 법률"


@pytest.mark.parametrize(
    ("partial", "first"),
    [("2025", date(2025, 1, 1)), ("2025-02", date(2025, 2, 1)), ("2024-02-29", date(2024, 2, 29))],
)
def test_partial_date_starts_on_its_first_possible_day(partial: str, first: date) -> None:
    assert first_day(partial) == first


# --- sections, paragraphs, sentences, offsets -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "pinpoint"),
    [
        ("§ 2252A(b)(2) — penalties for possession", "§ 2252A(b)(2)"),
        ("§ 2252A(b)(2) – penalties for possession", "§ 2252A(b)(2)"),
        ("Article 11(1) — production, import and export", "Article 11(1)"),
        ("Articles 25-2 to 25-5 — undercover investigation", "Articles 25-2 to 25-5"),
        ("Article 2(5) — AI-generated material — disputed", "Article 2(5)"),
        ("Holding", "Holding"),
        ("Why it matters", "Why it matters"),
        ("AI-generated material", "AI-generated material"),
    ],
)
def test_pinpoint_is_what_a_citation_would_give(read: Read, statute: str, heading: str, pinpoint: str) -> None:
    section = read(statute.replace("## Limits", f"## {heading}")).sections[-1]
    assert (section.heading, section.pinpoint) == (heading, pinpoint)


def test_sections_follow_each_other_to_the_end_of_the_file(document: Document) -> None:
    assert [section.heading for section in document.sections] == [
        "At a glance",
        "§ 2252A(b)(2) — penalties for possession",
        "Limits",
    ]
    starts = [section.start for section in document.sections]
    assert [section.end for section in document.sections] == [*starts[1:], len(document.text)]
    assert all(document.text.startswith(f"## {section.heading}", section.start) for section in document.sections)


def test_sentences_of_each_section(document: Document) -> None:
    assert [[sentence.text[:24] for sentence in section.sentences] for section in document.sections] == [
        ["Section 2252A of Title 1", "Section 2252A of Title 1"],
        ["Section 2252A(b)(2) of T", "The maximum under sectio", "Commentary on section 22"],
        ["Section 2252A(c) of Titl", "The defence in section 2"],
    ]


def test_sentence_is_the_text_between_its_offsets(document: Document) -> None:
    for section in document.sections:
        for sentence in section.sentences:
            assert document.text[sentence.start : sentence.end] == sentence.text
            assert section.start < sentence.start < sentence.end < section.end


def test_sentence_rests_on_the_sources_of_its_paragraph(document: Document) -> None:
    assert [[sentence.sources for sentence in section.sentences] for section in document.sections] == [
        [("s1",), ("s1",)],
        [("s1", "s2"), ("s1", "s2"), ("s2",)],
        [("s1",), ("s1",)],
    ]


def test_source_markers_are_no_part_of_a_sentence(document: Document) -> None:
    assert not any("[^" in sentence.text for section in document.sections for sentence in section.sentences)


def test_sentences_of_one_paragraph_share_its_number(document: Document) -> None:
    glance, possession, limits = [
        [sentence.paragraph for sentence in section.sentences] for section in document.sections
    ]
    assert glance[0] == glance[1] < possession[0] == possession[1] < possession[2] < limits[0] == limits[1]


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("no blank line after a heading", "## Limits\n\n", "## Limits\n"),
        ("no blank line before a heading", "\n\n## Limits", "\n## Limits"),
        ("white space on the blank lines", "\n\n## Limits\n\n", "\n \t\n## Limits\n  \n"),
        ("several blank lines", "\n\n## Limits\n\n", "\n\n\n\n## Limits\n\n\n"),
        ("no newline at the end of the file", "was written. [^s1]\n", "was written. [^s1]"),
    ],
)
def test_layout_changes_no_sentence(read: Read, statute: str, what: str, old: str, new: str) -> None:
    assert old in statute, what
    expected = [[sentence.text for sentence in section.sentences] for section in read(statute).sections]
    changed = read(statute.replace(old, new))
    assert [[sentence.text for sentence in section.sentences] for section in changed.sections] == expected


@pytest.mark.parametrize(("offset", "line"), [(0, 1), (3, 1), (4, 2), (5, 2)])
def test_lines_are_counted_from_one(offset: int, line: int) -> None:
    assert line_of_offset("---\nid: a\n", offset) == line


# --- immutability ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "field"),
    [
        (lambda document: document, "title"),
        (lambda document: document, "status"),
        (lambda document: document.sources[0], "url"),
        (lambda document: document.penalties[0], "prison_years_max"),
        (lambda document: document.sections[0], "heading"),
        (lambda document: document.sections[0].sentences[0], "text"),
    ],
)
def test_nothing_of_a_document_can_be_assigned(document: Document, part: Callable[[Document], Any], field: str) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(part(document), field, "changed")


@pytest.mark.parametrize("field", ["aliases", "conduct", "penalties", "sources", "related", "applies", "sections"])
def test_lists_of_a_document_are_tuples(document: Document, field: str) -> None:
    assert isinstance(getattr(document, field), tuple)


# --- faulty documents -----------------------------------------------------------------------------------------------

# (what is wrong, text to replace, its replacement, the line that is named, parts of the message)
FAULTS: list[tuple[str, str, str, int, tuple[str, ...]]] = [
    ("no front matter", "---\nid", "id", 1, ("no front matter", "FORMAT.md")),
    ("front matter not closed", "\n---\n\n##", "\n\n##", 1, ("no front matter",)),
    ("bad YAML: bracket", "conduct: [distribute, possess]", "conduct: [distribute", 16, ("not YAML",)),
    ("bad YAML: colon in a value", "title: Activities", "title: Activities: relating", 4, ("not YAML",)),
    ("bad YAML: tab", "  enacted:", "\tenacted:", 10, ("not YAML",)),
    ("bad YAML: undefined alias", "protects: minors", "protects: *minors", 13, ("not YAML", "alias")),
    ("bad YAML: list as a key", "protects: minors", "[a, b]: minors", 13, ("not YAML", "key")),
    ("bad YAML: value within itself", "conduct: [distribute", "conduct: &c [*c", 15, ("not YAML", "recursive")),
    ("unknown field", "protects:", "colour: red\nprotects:", 13, ("colour",)),
    ("unknown field of a source", "    official: true", "    colour: red\n    official: true", 28, ("colour",)),
    ("unknown field of a penalty", "    fine: null", "    colour: red", 20, ("colour",)),
    ("field that the reader sets", "protects:", "digest: abc\nprotects:", 13, ("unknown field 'digest'",)),
    ("duplicated key", "as_of: 2025-06", "as_of: 2025-06\nas_of: 2025-07", 13, ("'as_of'", "twice")),
    ("duplicated key of a source", "    official: true", "    official: true\n    url: x", 29, ("'url'", "twice")),
    ("unknown kind", "kind: statute", "kind: law", 3, ("kind", "'statute'", "'case'")),
    ("unknown status", "status: in-force", "status: valid", 8, ("status", "'in-force'")),
    ("status of a case on a statute", "status: in-force", "status: decided", 8, ("a statute is one of", "in-force")),
    ("status of a law on a report", "kind: statute", "kind: report", 8, ("a report is one of published, superseded",)),
    ("status of a law on a case", "kind: statute", "kind: case", 8, ("a case is one of", "on-appeal")),
    ("impossible month", "enacted: 1996-09-30", "enacted: 2025-13", 10, ("dates.enacted", "month")),
    ("impossible day", "enacted: 1996-09-30", "enacted: 2025-02-30", 10, ("dates.enacted", "day")),
    ("date in words", "enacted: 1996-09-30", "enacted: 30 September 1996", 10, ("expected YYYY, YYYY-MM or",)),
    ("date with a year of two digits", "as_of: 2025-06", "as_of: 25-06", 12, ("as_of", "YYYY-MM")),
    ("date in other digits", "as_of: 2025-06", "as_of: ２０２５", 12, ("as_of", "YYYY-MM")),
    ("date with a line break", "as_of: 2025-06", 'as_of: "2025-06\\n"', 12, ("as_of", "YYYY-MM")),
    ("impossible date of a source", "date: 2025-01", "date: 2025-00", 27, ("sources.0.date",)),
    ("unknown kind of date", "enacted: 1996-09-30", "passed: 1996-09-30", 10, ("passed", "'enacted'")),
    ("id not the stem", "id: us-18-usc-2252a", "id: us-18-usc-2252", 2, ("'us-18-usc-2252'", "'us-18-usc-2252a'")),
    ("id not kebab-case", "id: us-18-usc-2252a", "id: US_18", 2, ("id:", "pattern")),
    ("negative term", "prison_years_max: 10", "prison_years_max: -1", 19, ("prison_years_max", "0")),
    ("endless term", "prison_years_max: 10", "prison_years_max: inf", 19, ("prison_years_max", "finite")),
    ("term in words", "prison_years_max: 10", "prison_years_max: ten", 19, ("prison_years_max", "number")),
    ("url not http", "url: https://example.org/commentary", "url: ftp://example.org", 32, ("sources.1.url", "http")),
    ("url with a space", "url: https://example.org/commentary", "url: https://a b", 32, ("sources.1.url",)),
    ("missing required field", "citation: 18 U.S.C. § 2252A\n", "", 1, ("citation", "required")),
    ("missing field of a source", "    publisher: Example Law Review\n", "", 29, ("sources.1.publisher", "required")),
    ("empty required field", "title: Activities relating to child pornography", "title:", 4, ("title",)),
    ("no conduct", "conduct: [distribute, possess]", "conduct: []", 15, ("conduct", "at least 1")),
    ("unknown conduct", "conduct: [distribute, possess]", "conduct: [distribute, own]", 15, ("'possess'",)),
    ("unknown conduct of a penalty", "- conduct: [possess]", "- conduct: [own]", 17, ("penalties.0.conduct.0",)),
    ("country in words", "jurisdiction: US", "jurisdiction: United States", 7, ("jurisdiction", "pattern")),
    ("unknown synthetic", "synthetic: explicit", "synthetic: yes", 14, ("synthetic", "'explicit'")),
    ("official neither true nor false", "official: true", "official: maybe", 28, ("sources.0.official",)),
]


@pytest.mark.parametrize(("what", "old", "new", "line", "parts"), FAULTS, ids=[row[0] for row in FAULTS])
def test_fault_names_file_line_and_what_is_expected(
    read: Read, tmp_path: Path, statute: str, what: str, old: str, new: str, line: int, parts: tuple[str, ...]
) -> None:
    assert old in statute, what
    with pytest.raises(FaultyDocumentError) as caught:
        read(statute.replace(old, new, 1))
    first = str(caught.value).splitlines()[0]
    path = tmp_path / "documents" / "us" / "us-18-usc-2252a.md"
    assert first.startswith(f"{path}:{line}: "), first
    assert all(part in first for part in parts), first


def test_every_fault_of_a_document_is_told_at_once_in_the_order_of_lines(read: Read, statute: str) -> None:
    text = statute.replace("kind: statute", "kind: law").replace("as_of: 2025-06", "as_of: soon")
    with pytest.raises(FaultyDocumentError) as caught:
        read(text.replace("url: https://example", "url: example"))
    assert [fault.line for fault in caught.value.faults] == [3, 12, 32]


def test_file_that_is_not_utf_8_is_told_its_line(tmp_path: Path, statute: str) -> None:
    path = tmp_path / "us-18-usc-2252a.md"
    path.write_bytes(statute.replace("possession statute", "délit").encode("latin-1", "replace"))
    with pytest.raises(FaultyDocumentError) as caught:
        read_document(path)
    assert str(caught.value) == f"{path}:5: not UTF-8 text; save the file as UTF-8"


@pytest.mark.parametrize("what", ["missing", "folder"])
def test_file_that_cannot_be_opened_is_a_fault(tmp_path: Path, what: str) -> None:
    path = tmp_path / "us-18-usc-2252a.md"
    if what == "folder":
        path.mkdir()
    with pytest.raises(FaultyDocumentError) as caught:
        read_document(path)
    assert str(caught.value).startswith(f"{path}:1: can't be read: ")


@pytest.mark.parametrize(
    "text", ["", "\n", "Only prose.\n", "---\n", "---\n---\n", "---\nprose\n---\n", "---\n\n---\n"]
)
def test_file_without_fields_is_a_fault_and_no_crash(read: Read, text: str) -> None:
    with pytest.raises(FaultyDocumentError, match=r":[12]: (no front matter|front matter is not a mapping)"):
        read(text)


def test_faulty_document_is_an_error_that_a_person_can_mend() -> None:
    assert issubclass(FaultyDocumentError, PinciteError)
