"""Laws by facet and by day."""

from typing import Any

import pytest

from corpus import Catalogue, PinciteError, UnknownValueError
from corpus.query import CoverageQuery, LawQuery, Laws, TimelineQuery, coverage, tally, timeline

OLD = {"id": "us-old", "dates": {"enacted": "1999", "amended": "2004"}, "penalties": [
    {"conduct": ["produce"], "prison_years_min": 5, "prison_years_max": 20, "note": "s 1"}]}  # fmt: skip
GONE = {"id": "gb-gone", "jurisdiction": "GB", "status": "repealed",
        "dates": {"enacted": "2015-02-12", "effective": "2015-04-13", "repealed": "2024-01-31"}}  # fmt: skip
NEW = {"id": "kr-new", "jurisdiction": "KR", "dates": {"enacted": "2024-09-26", "effective": "2024-10-16"},
       "penalties": [{"conduct": ["produce"], "life": True}]}  # fmt: skip
BILL = {"id": "us-ca-bill", "kind": "bill", "jurisdiction": "US-CA", "status": "pending", "synthetic": "covered",
        "dates": {"introduced": "2025-03"}}  # fmt: skip
CASE = {"id": "us-case", "kind": "case", "applies": ["us-old"], "dates": {"decided": "2010-05"}}


@pytest.fixture
def laws(make: Any) -> Laws:
    return Laws(make(OLD, GONE, NEW, BILL, CASE))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["gb-gone", "kr-new", "us-old", "us-ca-bill"]),
        ({"passed_from": "2024"}, ["kr-new"]),
        ({"passed_to": "2000"}, ["us-old"]),
        ({"changed_from": "2004", "changed_to": "2010"}, ["us-old"]),
        ({"sort": "-changed", "kind": ("statute",)}, ["kr-new", "gb-gone", "us-old"]),
        ({"status": ("in-force",)}, ["kr-new", "us-old"]),
        ({"status": ("in-force",), "as_of": "2023"}, ["gb-gone", "us-old"]),
        ({"status": ("in-force",), "as_of": "2002"}, ["us-old"]),
        ({"status": ("in-force",), "as_of": "2002", "certain": True}, []),
        ({"as_of": "2025-06"}, ["gb-gone", "kr-new", "us-old", "us-ca-bill"]),
        ({"as_of": "2024-10-01"}, ["gb-gone", "kr-new", "us-old"]),
        ({"jurisdiction": ("US",)}, ["us-old", "us-ca-bill"]),
        ({"kind": ("bill",)}, ["us-ca-bill"]),
        ({"synthetic": ("covered",)}, ["us-ca-bill"]),
        ({"years_min": 20}, ["kr-new", "us-old"]),
        ({"years_min": 21}, ["kr-new"]),
        ({"years_max": 20}, ["us-old"]),
        ({"effective_from": "2024-10-16"}, ["kr-new"]),
        ({"name": ("us-old",)}, ["us-old"]),
        ({"sort": "-years"}, ["kr-new", "us-old", "gb-gone", "us-ca-bill"]),
        ({"sort": "passed"}, ["us-old", "gb-gone", "kr-new", "us-ca-bill"]),
        ({"sort": "-decisions", "kind": ("statute",)}, ["us-old", "gb-gone", "kr-new"]),
        ({"documents": ("us-old", "gb-gone")}, ["us-old", "gb-gone"]),
    ],
)
def test_find(laws: Laws, query: dict[str, Any], expected: list[str]) -> None:
    assert [row.document for row in laws.find(LawQuery(**query)).rows] == expected


def test_a_status_is_that_of_the_day(laws: Laws) -> None:
    rows = {row.document: row for row in laws.find(LawQuery(as_of="2024-10-01")).rows}
    assert {name: row.status for name, row in rows.items()} == {
        "gb-gone": "repealed", "kr-new": "not-yet-in-force", "us-old": "in-force",
    }  # fmt: skip
    assert rows["kr-new"].note == "commences 2024-10-16"


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"kind": ("case",)}, UnknownValueError),
        ({"status": ("final",)}, UnknownValueError),
        ({"status": ("earlier-text",)}, UnknownValueError),
        ({"sort": "size"}, UnknownValueError),
        ({"passed_from": "2025", "passed_to": "2024"}, PinciteError),
        ({"years_min": 3, "years_max": 2}, PinciteError),
    ],
)
def test_bad_input_is_told(laws: Laws, query: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        laws.find(LawQuery(**query))


def test_an_empty_result_says_what_to_loosen(laws: Laws) -> None:
    assert "kind (1)" in laws.find(LawQuery(jurisdiction=("KR",), kind=("bill",))).message


def test_the_real_laws_that_named_ai_material_in_2023(catalogue: Catalogue) -> None:
    query = LawQuery(as_of="2023", status=("in-force",), synthetic=("explicit",), certain=True)
    found = {row.document for row in Laws(catalogue).find(query).rows}
    assert {"us-18-usc-1466a", "gb-protection-of-children-act-1978", "tw-criminal-code-art-319-4"} <= found
    assert not found & {"us-take-it-down-act-offences", "fr-cp-226-8-1", "kr-ai-basic-act", "us-defiance-act"}


TABLE = (OLD, GONE, NEW, BILL, CASE)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"start": "2024"}, [("2024-01-31", "repealed"), ("2024-09-26", "enacted"), ("2024-10-16", "effective"),
                             ("2025-03", "introduced")]),
        ({"event": ("decided",)}, [("2010-05", "decided")]),
        ({"jurisdiction": ("US",), "sort": "-date"}, [("2025-03", "introduced"), ("2010-05", "decided"),
                                                      ("2004", "amended"), ("1999", "enacted")]),
        ({"as_of": "2004-06-01", "kind": ("statute",)}, [("1999", "enacted"), ("2004", "amended")]),
        ({"documents": ("us-old",), "end": "2000"}, [("1999", "enacted")]),
    ],
)  # fmt: skip
def test_timeline(make: Any, query: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    rows = timeline(make(*TABLE), TimelineQuery(**query)).rows
    assert [(row.date, row.event) for row in rows] == expected


def test_a_timeline_tells_bad_input_and_what_to_loosen(make: Any) -> None:
    catalogue = make(*TABLE)
    with pytest.raises(UnknownValueError, match="Unknown event"):
        timeline(catalogue, TimelineQuery(event=("born",)))
    with pytest.raises(PinciteError, match="inverted"):
        timeline(catalogue, TimelineQuery(start="2025", end="2024"))
    assert "jurisdiction" in timeline(catalogue, TimelineQuery(jurisdiction=("FR",))).message


def test_an_announced_date_is_marked_as_expected(make: Any) -> None:
    coming = {"id": "eu-coming", "jurisdiction": "EU", "status": "not-yet-in-force",
              "dates": {"enacted": "2025-07", "effective": "2026-12-02"}}  # fmt: skip
    assert [(row.event, row.expected) for row in timeline(make(coming)).rows] == [
        ("enacted", False), ("effective", True),
    ]  # fmt: skip


def test_every_real_date_is_an_event(catalogue: Catalogue) -> None:
    from corpus.query.timeline import EVENTS

    rows = timeline(catalogue, TimelineQuery(event=EVENTS)).rows
    assert len(rows) == sum(len(document.dates) for document in catalogue.documents.values())


def test_coverage_finds_each_gap(make: Any) -> None:
    from datetime import date

    weak = {
        "id": "us-weak",
        "as_of": "2024",
        "sources": [
            {
                "id": "s1",
                "title": "T",
                "publisher": "P",
                "url": "https://example.org/x",
                "official": False,
                "seen": False,
            }
        ],
    }
    told = {"id": "us-told", "title": "One report", "as_of": "2025-12"}
    rows = {row.document: row for row in coverage(make(weak, told), CoverageQuery(today=date(2026, 1, 15))).rows}
    assert rows["us-weak"].gaps == ("stale", "unseen-source", "no-official-source")
    assert rows["us-weak"].age_days == 380 and rows["us-weak"].unseen == ("https://example.org/x",)
    assert rows["us-told"].gaps == ()


def test_real_coverage_counts_every_document_once(catalogue: Catalogue) -> None:
    result = coverage(catalogue)
    assert len(result.rows) == len(catalogue) == sum(row.count for row in tally(result.rows))
    gaps = {value.value: value.count for value in result.facets["gap"]}
    unseen = sum(any(not source.seen for source in one.sources) for one in catalogue.documents.values())
    assert gaps["unseen-source"] == unseen
    narrow = coverage(catalogue, CoverageQuery(gap=("unseen-source",), jurisdiction=("US",)))
    assert narrow.rows and all(row.unseen and row.jurisdiction.startswith("US") for row in narrow.rows)
    with pytest.raises(UnknownValueError, match="Unknown gap"):
        coverage(catalogue, CoverageQuery(gap=("holes",)))


def test_reported_sentences_are_found(catalogue: Catalogue) -> None:
    row = next(row for row in coverage(catalogue).rows if row.document == "us-18-usc-1466a")
    assert any("reported in September 2026" in sentence for sentence in row.reported)
