"""Jurisdictions side by side: each cell is traced to a document, and silence is never a "no"."""

import re
from typing import Any

import pytest

from corpus import Catalogue, PinciteError, UnknownValueError
from corpus.query import compare, questions
from corpus.query.compare import Cell, Comparison

POSSESS = {"conduct": ["possess"]}
TEN = {"penalties": [{"conduct": ["possess"], "prison_years_max": 10}]}
FEDERAL = {"id": "us-federal", **POSSESS, **TEN}
STATE = {"id": "us-ca-state", "jurisdiction": "US-CA", **POSSESS}
SAME = {"id": "us-tx-same", "jurisdiction": "US-TX", **POSSESS, **TEN}
BILL = {"id": "us-bill", "kind": "bill", "status": "pending", "dates": {"introduced": "2025"}, **POSSESS}
FORMER = {"id": "gb-former", "jurisdiction": "GB", "status": "struck-down", **POSSESS, **TEN}
UNION = {"id": "eu-directive", "kind": "regulation", "jurisdiction": "EU", **POSSESS,
         "penalties": [{"conduct": ["possess"], "note": "Member States must set at least 1 year"}]}  # fmt: skip
GERMAN = {"id": "de-law", "jurisdiction": "DE", "conduct": ["produce"]}


@pytest.fixture(scope="module")
def full(catalogue: Catalogue) -> Comparison:
    return compare(catalogue)


@pytest.mark.parametrize(
    ("fronts", "code", "verdict", "value", "documents"),
    [
        ([FEDERAL], "US", "offence", "offence, up to 10 years", ["us-federal"]),
        ([{**FEDERAL, "protects": "any"}], "US", "offence", "law that protects any person", ["us-federal"]),
        ([{**FEDERAL, "protects": "adults"}], "US", "not-in-corpus", "not in the corpus", []),
        ([{**FEDERAL, "synthetic": "excluded"}], "US", "excluded", "leaves out AI-made material", ["us-federal"]),
        ([{**FEDERAL, "synthetic": "disputed"}], "US", "disputed", "disputed whether", ["us-federal"]),
        ([{**FEDERAL, "synthetic": "not-addressed"}], "US", "not-addressed", "does not address", ["us-federal"]),
        ([{**FEDERAL, "penalties": []}], "US", "in-scope", "gives no penalty", ["us-federal"]),
        ([{**FEDERAL, "penalties": [{"conduct": ["possess"], "fine": "a fine of 5"}]}], "US", "sanction", "a fine of 5",
         ["us-federal"]),
        ([BILL], "US", "pending", "bill pending", ["us-bill"]),
        ([{**FEDERAL, "status": "enacted"}], "US", "coming", "commencement not confirmed", ["us-federal"]),
        ([{**FEDERAL, "status": "not-yet-in-force"}], "US", "coming", "not yet in force", ["us-federal"]),
        ([FORMER], "GB", "former", "struck down, no longer law", ["gb-former"]),
        ([{**FORMER, "status": "lapsed"}], "GB", "former", "lapsed", ["gb-former"]),
        ([FEDERAL, BILL], "US", "offence", "up to 10 years", ["us-federal", "us-bill"]),
        ([STATE], "US", "subdivisions", "by subdivision: US-CA", ["us-ca-state"]),
        ([GERMAN, UNION], "DE", "eu-law", "EU law: penalised: Member States must", ["eu-directive"]),
        ([{**GERMAN, **POSSESS, **TEN}, UNION], "DE", "offence", "offence", ["de-law", "eu-directive"]),
        ([FEDERAL, UNION], "US", "offence", "offence", ["us-federal"]),
        ([FEDERAL], "FR", "not-in-corpus", "not in the corpus", []),
    ],
)  # fmt: skip
def test_a_cell(make: Any, fronts: list[Any], code: str, verdict: str, value: str, documents: list[str]) -> None:
    cell = compare(make(*fronts), [code], ["possess-minors"]).cell(code, "possess-minors")
    assert (cell.verdict, list(cell.documents)) == (verdict, documents)
    assert value in cell.value


def test_what_stands_beside_the_answer(make: Any) -> None:
    cell = compare(make({**GERMAN, **POSSESS, **TEN}, UNION, {**BILL, "id": "de-bill", "jurisdiction": "DE"}), ["DE"],
                   ["possess-minors"]).cells[0]  # fmt: skip
    assert [told.split(":")[0] for told in cell.also] == ["bill pending", "EU law"]


def test_only_subdivisions_that_differ_are_opened(make: Any) -> None:
    cell = compare(make(FEDERAL, STATE, SAME), ["US"], ["possess-minors"]).cells[0]
    assert [part.jurisdiction for part in cell.subdivisions] == ["US-CA"]
    assert cell.verdict == "offence"
    assert compare(make(FEDERAL, STATE), ["US"], ["possess-minors"]).closed().rows[0].subdivisions == ()


def test_a_note_that_names_minors_gives_adults_no_offence(make: Any) -> None:
    law = {**FEDERAL, "protects": "any", "penalties": [
        {"conduct": ["possess"], "prison_years_max": 10, "note": "image of a child"}]}  # fmt: skip
    table = compare(make(law), ["US"], ["possess"])
    assert table.cell("US", "possess-minors").verdict == "offence"
    assert table.cell("US", "possess-adults").verdict == "in-scope"
    assert "name another group" in table.cell("US", "possess-adults").value


def test_an_aggravated_form_for_minors_takes_nothing_from_adults(make: Any) -> None:
    note = "section 5; higher where the person is under 14"
    law = {**FEDERAL, "protects": "any", "penalties": [{"conduct": ["possess"], "prison_years_max": 5, "note": note}]}
    assert compare(make(law), ["US"], ["possess-adults"]).cells[0].verdict == "offence"


@pytest.mark.parametrize(
    ("front", "question", "value"),
    [
        (FEDERAL, "max-prison-minors", "10 years"),
        ({**FEDERAL, "penalties": [{"conduct": ["produce"], "life": True}]}, "max-prison-minors", "life"),
        ({**FEDERAL, "penalties": [{"conduct": ["produce"], "prison_years_min": 3}]}, "max-prison-minors",
         "at least 3 years; the corpus gives no maximum"),
        ({**FEDERAL, "penalties": [{"conduct": ["enforcement"], "prison_years_max": 4}]}, "max-prison-minors",
         "not in the corpus"),
        ({**FEDERAL, "conduct": ["civil-remedy"]}, "civil-remedy", "civil remedy"),
        ({**FEDERAL, "conduct": ["platform-duty"]}, "platform-duty", "duty of platforms"),
        (FEDERAL, "synthetic", "named in the text"),
        ({**FEDERAL, "synthetic": "covered"}, "synthetic", "covered by interpretation or wide wording"),
        (FEDERAL, "since", "since 2020-01-01"),
        ({**FEDERAL, "dates": {"enacted": "1990", "amended": "2004"}}, "since",
         "at the latest since 2004 (law of 1990, amended)"),
        ({**FEDERAL, "synthetic": "covered"}, "since", "not in the corpus"),
    ],
)  # fmt: skip
def test_other_questions(make: Any, front: dict[str, Any], question: str, value: str) -> None:
    assert compare(make(front), ["US"], [question]).cells[0].value == value


@pytest.mark.parametrize(
    ("day", "verdict"), [("2019", "not-in-corpus"), ("2020-06", "offence"), ("2022", "offence"), ("2024-06", "former")]
)
def test_a_chosen_day(make: Any, day: str, verdict: str) -> None:
    law = {**FEDERAL, "status": "repealed", "dates": {"enacted": "2020-01-01", "repealed": "2024-01-31"}}
    assert compare(make(law), ["US"], ["possess-minors"], day).cells[0].verdict == verdict


@pytest.mark.parametrize(
    ("codes", "asked", "day", "error"),
    [
        (["XX"], [], None, UnknownValueError),
        (["US"], ["poses"], None, UnknownValueError),
        (["US"], [], "2025-02-30", PinciteError),
    ],
)
def test_bad_input_is_told(catalogue: Catalogue, codes: Any, asked: Any, day: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        compare(catalogue, codes, asked, day)


def test_an_act_stands_for_both_groups(catalogue: Catalogue) -> None:
    assert compare(catalogue, ["KR"], ["possess", "since"]).questions == ("possess-minors", "possess-adults", "since")


# The real corpus, every cell.


def test_every_jurisdiction_has_a_cell_for_every_question(catalogue: Catalogue, full: Comparison) -> None:
    countries = {document.country for document in catalogue.documents.values()}
    assert set(full.jurisdictions) == countries
    assert len(full.cells) == len(countries) * len(questions())


def test_every_cell_is_traced_to_a_document_or_says_that_the_corpus_is_silent(
    catalogue: Catalogue, full: Comparison
) -> None:
    for cell in full.rows:
        if cell.verdict == "not-in-corpus":
            assert (cell.document, cell.documents, cell.findings, cell.value) == (None, (), (), "not in the corpus")
            continue
        assert cell.document in cell.documents
        assert cell.citation == catalogue.get(cell.document or "").citation
        for document in map(catalogue.get, cell.documents):
            assert document.is_law
            assert document.jurisdiction in (cell.jurisdiction, "EU") or cell.verdict == "subdivisions"


def test_no_cell_says_no(full: Comparison) -> None:
    for cell in full.rows:
        assert not re.match(r"(no|none|not an offence|legal|lawful)\b", cell.value, re.IGNORECASE), cell


CONDUCT = {"create": "produce", "possess": "possess", "share": "distribute", "threaten": "threaten",
           "request": "request", "provide-tools": "provide-tools"}  # fmt: skip


@pytest.mark.parametrize("act", CONDUCT)
@pytest.mark.parametrize("group", ["minors", "adults"])
def test_silence_and_speech_agree_with_the_front_matter(
    catalogue: Catalogue, full: Comparison, act: str, group: str
) -> None:
    """An independent reading: which jurisdictions have any law about this conduct and this group."""
    laws = [
        document
        for document in catalogue.documents.values()
        if document.is_law
        and document.protects in (group, "any")
        and CONDUCT[act] in {*document.conduct, *(word for row in document.penalties for word in row.conduct)}
    ]
    members = {cell.jurisdiction for cell in full.rows if any(part.jurisdiction == "EU" for part in cell.findings)}
    for cell in (cell for cell in full.cells if cell.question == f"{act}-{group}"):
        own = {law.id for law in laws if law.country == cell.jurisdiction}
        union = {law.id for law in laws if law.jurisdiction == "EU" and cell.jurisdiction in members}
        assert (cell.verdict == "not-in-corpus") is (not own | union), cell.jurisdiction
        told = {document for part in (cell, *cell.subdivisions) for document in part.documents}
        assert told <= own | union
        assert {law.id for law in laws if law.jurisdiction == cell.jurisdiction} <= told


def _standing_verdicts(cell: Cell) -> list[tuple[str, str]]:
    return [(part.document, part.verdict) for part in cell.findings]


def test_no_bill_and_no_former_law_counts_as_law(catalogue: Catalogue, full: Comparison) -> None:
    for cell in full.rows:
        for name, verdict in _standing_verdicts(cell):
            status = catalogue.get(name).status
            assert (verdict == "pending") is (status == "pending")
            assert (verdict == "former") is (status in ("repealed", "lapsed", "struck-down"))
            assert (verdict == "coming") is (status in ("enacted", "not-yet-in-force"))


def test_the_maximum_is_that_of_the_penalties(full: Comparison) -> None:
    assert full.cell("KR", "max-prison-minors").value == "life"
    assert full.cell("US", "max-prison-minors").value == "20 years"
    assert full.cell("DE", "max-prison-minors").document == "de-stgb-184b-184c"


def test_possession_in_five_countries(full: Comparison) -> None:
    lead = {code: full.cell(code, "possess-minors") for code in ("KR", "GB", "US", "JP", "DE")}
    assert {code: (cell.verdict, cell.document) for code, cell in lead.items()} == {
        "KR": ("offence", "kr-apcy-art-11"),
        "GB": ("offence", "gb-criminal-justice-act-1988-s160"),
        "US": ("offence", "us-18-usc-1466a"),
        "JP": ("disputed", "jp-child-pornography-act"),
        "DE": ("offence", "de-stgb-184b-184c"),
    }
