"""Terms in words, and tables of which every cell stands in the front matter of its digest."""

import pytest

from corpus import Catalogue
from corpus.jurisdictions import name_of
from corpus.model import Penalty
from rag.model import Understood
from rag.tables import COLUMNS, MAX_ROWS, facts_table, months, prison_range, years

DOCUMENTS = sorted(Catalogue.load().documents)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 months"),
        (1, "1 month"),
        (6, "6 months"),
        (12, "1 year"),
        (13, "1 year 1 month"),
        (14, "1 year 2 months"),
        (24, "2 years"),
        (30, "2 years 6 months"),
        (120, "10 years"),
        (1620, "135 years"),
        (13.4, "1 year 1 month"),
    ],
)
def test_months(value: float, words: str) -> None:
    assert months(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.5, "6 months"),
        (1, "1 year"),
        (1.5, "1 year 6 months"),
        (2, "2 years"),
        (2.5, "2 years 6 months"),
        (0.25, "3 months"),
    ],
)
def test_years(value: float, words: str) -> None:
    assert years(value) == words


@pytest.mark.parametrize(
    ("low", "high", "life", "words"),
    [
        (None, None, False, ""),
        (None, 2, False, "up to 2 years"),
        (0, 2, False, "up to 2 years"),
        (None, 0.5, False, "up to 6 months"),
        (1, 10, False, "1 to 10 years"),
        (0.5, 10, False, "6 months to 10 years"),
        (1, 2.5, False, "1 year to 2 years 6 months"),
        (5, None, False, "at least 5 years"),
        (1, None, False, "at least 1 year"),
        (None, None, True, "up to life"),
        (None, 30, True, "up to life"),
        (5, None, True, "5 years to life"),
        (15, 30, False, "15 to 30 years"),
    ],
)
def test_prison_range(low: float | None, high: float | None, life: bool, words: str) -> None:
    row = Penalty(conduct=("produce",), prison_years_min=low, prison_years_max=high, life=life)
    assert prison_range(row) == words


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_row_is_that_of_the_front_matter(catalogue: Catalogue, name: str) -> None:
    document = catalogue.documents[name]
    made = facts_table([document], Understood(question="penalty"))
    imposed = document.sentence if document.kind == "case" else None
    if document.kind == "case":
        stated = bool(imposed and (imposed.prison_months or imposed.fine or imposed.other))
    else:
        stated = bool(document.penalties)
    assert bool(made) is stated
    if not made:
        return
    table, owners = made
    assert table.columns == COLUMNS
    assert set(owners) == {name} and len(owners) == len(table.rows)
    for row in table.rows:
        assert row[:3] == (document.citation, name_of(document.jurisdiction), document.status)
    told = [row[5:] for row in table.rows]
    if imposed:
        assert [row[1:] for row in told] == [(imposed.fine or "", imposed.other or "")]
        assert told[0][0].startswith(months(imposed.prison_months) if imposed.prison_months else "")
        assert ("suspended" in told[0][0]) == bool(imposed.prison_months and imposed.suspended)
    else:
        expected = [(prison_range(row), row.fine or "", row.note or "") for row in document.penalties]
        assert told == expected[:MAX_ROWS]


def test_rows_on_the_conduct_asked_about_come_alone(catalogue: Catalogue) -> None:
    document = next(
        law
        for law in catalogue.documents.values()
        if any("possess" in row.conduct for row in law.penalties)
        and any("possess" not in row.conduct for row in law.penalties)
    )
    made = facts_table([document], Understood(question="penalty", conduct=("possess",)))
    assert made
    assert made[0].rows
    assert all("possess" in row[4] for row in made[0].rows)


def test_a_conduct_that_no_row_names_gives_all_rows(catalogue: Catalogue) -> None:
    document = catalogue.documents["us-18-usc-2252a"]
    assert all("train-model" not in row.conduct for row in document.penalties)
    made = facts_table([document], Understood(question="penalty", conduct=("train-model",)))
    assert made and len(made[0].rows) == min(len(document.penalties), MAX_ROWS)


def test_a_comparison_has_a_row_for_each_document_with_its_dates(catalogue: Catalogue) -> None:
    documents = [
        catalogue.documents[name] for name in ("cn-ai-content-labelling-measures", "us-take-it-down-act-offences")
    ]
    made = facts_table(documents, Understood(question="compare them", comparison=True))
    assert made and set(made[1]) == {document.id for document in documents}
    assert "effective 2025-09-01" in made[0].rows[0][3]


def test_no_documents_no_table() -> None:
    assert facts_table([], Understood(question="penalty")) is None


def test_a_long_table_is_cut_with_its_owners(catalogue: Catalogue) -> None:
    made = facts_table(catalogue.documents.values(), Understood(question="penalty"))
    assert made
    table, owners = made
    assert len(table.rows) == len(owners) == MAX_ROWS
