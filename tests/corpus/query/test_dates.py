"""Partial dates: what they may mean, and what can be said of them."""

from datetime import date

import pytest

from corpus import PinciteError
from corpus.query.dates import Range, Span, over, parse_span, passed_on, reached, span, text_since


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", (2025, 1, 1), (2025, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2025-12", (2025, 12, 1), (2025, 12, 31)),
        ("2025-06-30", (2025, 6, 30), (2025, 6, 30)),
    ],
)
def test_span(value: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert span(value) == Span(date(*first), date(*last))


@pytest.mark.parametrize("value", ["2025-02-30", "2025-13", "yesterday", "", "25", "2025-1-1", "0000"])
def test_an_impossible_date_is_told(value: str) -> None:
    with pytest.raises(PinciteError, match="is not a date"):
        parse_span("as-of date", value)


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        ("2025", "2025-06-15", None),
        ("2025", "2025-12-31", True),
        ("2025", "2024-12-31", False),
        ("2025-06-15", "2025-06-15", True),
        ("2025-06-16", "2025-06-15", False),
        ("2023-06", "2023", True),
        ("2025", "2025", True),
    ],
)
def test_reached(value: str, day: str, expected: bool | None) -> None:
    assert reached(value, span(day)) is expected


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        ("2024-01-31", "2024-01-31", True),
        ("2024-01-31", "2024-01-30", False),
        ("2024", "2024-06-01", None),
        ("2023-06-01", "2023", False),  # it stood for a part of that year
        ("2022-12-31", "2023", True),
    ],
)
def test_over(value: str, day: str, expected: bool | None) -> None:
    assert over(value, span(day)) is expected


@pytest.mark.parametrize(
    ("start", "end", "value", "expected"),
    [
        ("2024", "2025", "2024-05-06", True),
        ("2024-06", None, "2024", None),
        (None, "2023", "2024", False),
        ("2024", None, None, False),
        (None, None, None, True),
        ("2024-02-10", "2024-02-10", "2024-02", None),
    ],
)
def test_range_holds(start: str | None, end: str | None, value: str | None, expected: bool | None) -> None:
    assert Range(start, end).holds(value) is expected


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [("2025", "2024", "inverted"), ("2025-02-30", None, "no such day"), (None, "soon", "expected")],
)
def test_a_bad_range_is_told(start: str | None, end: str | None, message: str) -> None:
    with pytest.raises(PinciteError, match=message):
        Range(start, end).check("date")


def test_a_range_within_one_partial_date_is_sound() -> None:
    assert Range("2025-06", "2025").check("date") == Range("2025-06", "2025")


@pytest.mark.parametrize(
    ("front", "passed", "text"),
    [
        ({"dates": {"enacted": "2020-01-01", "effective": "2021"}}, "2020-01-01", "2021"),
        ({"dates": {"enacted": "1978", "amended": "2004-05-01"}}, "1978", "2004-05-01"),
        ({"dates": {"amended": "2018"}}, None, "2018"),
        ({"dates": {"introduced": "2024-06-19", "amended": "2025", "effective": "2025-11-03"}}, "2025", "2025"),
        ({"dates": {"enacted": "1990", "introduced": "2024", "amended": "2025-02"}}, "2025-02", "2025-02"),
        ({"dates": {"signed": "2024-04-24"}}, "2024-04-24", "2024-04-24"),
        ({"kind": "bill", "status": "pending", "dates": {"introduced": "2025"}}, None, None),
    ],
)
def test_when_it_became_law(make, front, passed, text) -> None:  # type: ignore[no-untyped-def]  # one table of many types
    document = make({"id": "us-law", **front}).get("us-law")
    assert (passed_on(document), text_since(document)) == (passed, text)
