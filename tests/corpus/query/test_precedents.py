"""Decisions by facet: one small corpus with exact answers, and the real one against its front matter."""

from typing import Any

import pytest

from corpus import Catalogue, PinciteError, UnknownValueError
from corpus.query import CaseQuery, Precedents, detail, distribution

LAW = {"id": "us-act"}
OTHER = {"id": "us-code", "citation": "2 U.S.C. § 5"}
SHORT = {
    "id": "us-short", "kind": "case", "jurisdiction": "US-CA", "sentence": {"prison_months": 12, "suspended": False},
    "applies": ["us-act"], "conduct": ["possess"], "dates": {"decided": "2023-05-06"},
}  # fmt: skip
FIVE = {
    "id": "us-five", "kind": "case", "sentence": {"prison_months": 60, "suspended": True}, "outcome": "pleaded-guilty",
    "applies": ["us-act", "us-code"], "conduct": ["possess", "distribute"], "dates": {"decided": "2025"},
}  # fmt: skip
LIFE = {
    "id": "kr-life", "kind": "case", "jurisdiction": "KR", "court": "Seoul Court", "protects": "adults",
    "sentence": {"suspended": False, "other": "life imprisonment"}, "dates": {"decided": "2025-02-01"},
}  # fmt: skip
FINED = {
    "id": "kr-fined", "kind": "case", "jurisdiction": "KR", "sentence": {"fine": "100 won", "suspended": False},
    "synthetic": "disputed", "outcome": "affirmed", "status": "on-appeal", "dates": {"published": "2024-06"},
}  # fmt: skip


@pytest.fixture
def precedents(make: Any) -> Precedents:
    return Precedents(make(LAW, OTHER, SHORT, FIVE, LIFE, FINED))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["kr-life", "us-five", "kr-fined", "us-short"]),
        ({"jurisdiction": ("US",)}, ["us-five", "us-short"]),
        ({"jurisdiction": ("us-ca",)}, ["us-short"]),
        ({"jurisdiction": ("South Korea", "US-CA")}, ["kr-life", "kr-fined", "us-short"]),
        ({"months_min": 60}, ["kr-life", "us-five"]),
        ({"months_min": 61}, ["kr-life"]),
        ({"months_max": 60}, ["us-five", "us-short"]),
        ({"months_min": 12, "months_max": 12}, ["us-short"]),
        ({"outcome": ("convicted", "pleaded-guilty"), "without": ("distribute",)}, ["kr-life", "us-short"]),
        ({"suspended": True}, ["us-five"]),
        ({"suspended": False}, ["kr-life", "us-short"]),
        ({"law": ("2 U.S.C. § 5",)}, ["us-five"]),
        ({"law": ("us-act",)}, ["us-five", "us-short"]),
        ({"court": ("seoul",)}, ["kr-life"]),
        ({"synthetic": ("disputed",)}, ["kr-fined"]),
        ({"protects": ("adults",)}, ["kr-life"]),
        ({"status": ("on-appeal",)}, ["kr-fined"]),
        ({"decided_from": "2025-06"}, ["us-five"]),
        ({"decided_from": "2024", "decided_to": "2024"}, ["kr-fined"]),
        ({"documents": ("us-short", "kr-life", "us-act")}, ["us-short", "kr-life"]),
        ({"documents": ()}, []),
        ({"sort": "-months"}, ["kr-life", "us-five", "us-short", "kr-fined"]),
        ({"sort": "months"}, ["us-short", "us-five", "kr-life", "kr-fined"]),
        ({"sort": "document"}, ["kr-fined", "kr-life", "us-five", "us-short"]),
        ({"as_of": "2024"}, ["kr-fined", "us-short"]),
        ({"as_of": "2025-03-01"}, ["kr-life", "us-five", "kr-fined", "us-short"]),
        ({"as_of": "2025-03-01", "certain": True}, ["kr-life", "kr-fined", "us-short"]),
        ({"as_of": "2000"}, []),
    ],
)
def test_find(precedents: Precedents, query: dict[str, Any], expected: list[str]) -> None:
    assert [row.document for row in precedents.find(CaseQuery(**query)).rows] == expected


def test_counts_are_taken_with_the_other_filters_applied(precedents: Precedents) -> None:
    facets = precedents.find(CaseQuery(jurisdiction=("KR",), synthetic=("explicit",))).facets
    counted = {name: {value.value: value.count for value in values} for name, values in facets.items()}
    assert counted["jurisdiction"] == {"US": 2, "KR": 1, "US-CA": 1}, "not narrowed by itself"
    assert counted["synthetic"] == {"explicit": 1, "disputed": 1}
    assert counted["court"] == {"Seoul Court": 1}, "narrowed by both"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"outcome": ("convictd",)}, "Did you mean convicted"),
        ({"conduct": ("posess",)}, "Did you mean possess"),
        ({"without": ("nothing",)}, "Unknown conduct"),
        ({"protects": ("x",)}, "Allowed: adults, any, minors"),
        ({"status": ("in-force",)}, "Unknown status"),
        ({"jurisdiction": ("XX",)}, "Unknown jurisdiction"),
        ({"court": ("Moon",)}, "Unknown court"),
        ({"law": ("3 U.S.C. § 1",)}, "Unknown law"),
        ({"sort": "colour"}, "Unknown sort"),
    ],
)
def test_an_unknown_value_names_the_allowed(precedents: Precedents, query: dict[str, Any], message: str) -> None:
    with pytest.raises(UnknownValueError, match=message):
        precedents.find(CaseQuery(**query))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"months_min": 10, "months_max": 5}, "inverted"),
        ({"months_min": -1}, "negative"),
        ({"decided_from": "2025", "decided_to": "2024"}, "inverted"),
        ({"decided_from": "2025-02-30"}, "no such day"),
        ({"as_of": "2025-13"}, "not a date"),
    ],
)
def test_a_bad_range_is_told(precedents: Precedents, query: dict[str, Any], message: str) -> None:
    with pytest.raises(PinciteError, match=message):
        precedents.find(CaseQuery(**query))


def test_an_empty_result_says_what_to_loosen(precedents: Precedents) -> None:
    result = precedents.find(CaseQuery(jurisdiction=("KR",), suspended=True))
    assert not result.rows
    assert "jurisdiction (1)" in result.message and "suspended (2)" in result.message
    assert "take away two" in precedents.find(CaseQuery(jurisdiction=("GB",), months_min=999, suspended=True)).message


def test_a_row_holds_sentence_law_and_holding(precedents: Precedents) -> None:
    row = precedents.applied_by("2 U.S.C. § 5")[0]
    assert (row.document, row.sentence, row.laws) == (
        "us-five", "5 years of imprisonment, suspended", ("us-act", "us-code"),
    )  # fmt: skip
    assert row.holding == "us-five held this."


def test_distribution(precedents: Precedents) -> None:
    bands = {band.label: (band.immediate, band.suspended) for band in distribution(precedents.find().rows)}
    assert bands["over 6 months to 1 year"] == (("us-short",), ())
    assert bands["over 2 to 5 years"] == ((), ("us-five",))
    assert bands["life"] == (("kr-life",), ())
    assert sum(len(both) for pair in bands.values() for both in pair) == 3


def test_detail_ties_laws_and_decisions_both_ways(make: Any) -> None:
    catalogue = make(LAW, OTHER, SHORT, {**FIVE, "related": ["us-short"]})
    assert [item.document for item in detail(catalogue, "us-act").applied_by] == ["us-five", "us-short"]
    assert [item.document for item in detail(catalogue, "us-five").applies] == ["us-act", "us-code"]
    assert [item.document for item in detail(catalogue, "us-short").related] == ["us-five"]
    assert detail(catalogue, "us-act").body.startswith("## At a glance")
    with pytest.raises(UnknownValueError):
        detail(catalogue, "us-nothing")


def test_the_real_decisions_agree_with_their_front_matter(catalogue: Catalogue) -> None:
    documents = {name: document for name, document in catalogue.documents.items() if document.kind == "case"}
    rows = Precedents(catalogue).find().rows
    assert {row.document for row in rows} == set(documents)
    for row in rows:
        document = documents[row.document]
        assert row.holding in document.text and row.holding
        assert (row.outcome, row.court, row.status) == (document.outcome, document.court, document.status)
        assert set(row.laws) == set(document.applies) & set(catalogue.documents)


def test_real_terms_of_five_years_or_more(catalogue: Catalogue) -> None:
    found = {row.document for row in Precedents(catalogue).find(CaseQuery(months_min=60)).rows}
    by_hand = {
        document.id
        for document in catalogue.documents.values()
        if document.sentence and (document.sentence.prison_months or 0) >= 60
    }
    assert by_hand < found, "life sentences come on top"
    assert "kr-vigilantes-kim-nok-wan-2025" in found - by_hand
