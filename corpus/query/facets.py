"""Faceted filtering in one pass: the rows that match, and beside each facet value how many rows it would give.

A facet's counts are taken with all *other* filters applied, as library catalogues do: a row that fails exactly one
test still counts in the facet of that test.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf, isnan
from typing import Any, Generic, TypeVar

from corpus.errors import PinciteError, UnknownValueError
from corpus.query.dates import Range

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many rows have it, all other filters applied."""

    facet: str
    value: str
    count: int


@dataclass(frozen=True)
class Result(Generic[Row]):
    """The rows of one query. Each row names its `document`."""

    rows: tuple[Row, ...]
    total: int
    """How many rows there are without any filter, on the chosen day."""
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    message: str = ""
    """What to loosen where there are no rows."""
    as_of: str | None = None
    """The day or period that was asked for; None: what the corpus knows last."""
    left_out: int = 0
    """How many rows beyond these match."""

    def head(self, most: int | None) -> "Result[Row]":
        """Return the result with the first rows only; all of them where `most` is None.

        Raises:
            PinciteError: fewer than one row is asked for.
        """
        if most is not None and most < 1:
            raise PinciteError(f"limit {most} is out of range.", "Ask for 1 row or more.")
        kept = self.rows[:most]
        return replace(self, rows=kept, left_out=self.left_out + len(self.rows) - len(kept))


@dataclass(frozen=True)
class Filter(Generic[Row]):
    """One filter: its name, and whether a row passes."""

    name: str
    passes: Callable[[Row], bool]


@dataclass(frozen=True)
class Sifted(Generic[Row]):
    """The rows that pass every test, and for each test the rows that fail only it."""

    kept: list[Row]
    near: dict[str, list[Row]]


def sift(rows: Iterable[Row], tests: Sequence[Filter[Row]]) -> Sifted[Row]:
    """Sort rows by which tests they fail."""
    kept: list[Row] = []
    near: dict[str, list[Row]] = {test.name: [] for test in tests}
    for row in rows:
        failed = ""
        for test in tests:
            if not test.passes(row):
                if failed:
                    break
                failed = test.name
        else:
            (near[failed] if failed else kept).append(row)
    return Sifted(kept, near)


def counts(
    sifted: Sifted[Row], facets: Mapping[str, Callable[[Row], Iterable[str]]]
) -> dict[str, tuple[FacetValue, ...]]:
    """Return the values of each facet with their counts, most frequent first."""
    base = {name: Counter(value for row in sifted.kept for value in values(row)) for name, values in facets.items()}
    for name, values in facets.items():
        base[name].update(value for row in sifted.near.get(name, ()) for value in values(row))
    return {
        name: tuple(
            FacetValue(name, value, count) for value, count in sorted(counter.items(), key=lambda x: (-x[1], x[0]))
        )
        for name, counter in base.items()
    }


def loosen(sifted: Sifted[Row], what: str) -> str:
    """Say which single filter, if left out, would bring rows."""
    if sifted.kept:
        return ""
    helps = sorted(((len(rows), name) for name, rows in sifted.near.items() if rows), reverse=True)
    if not helps:
        return f"No {what} match. No single filter is to blame: take away two or more."
    shown = ", ".join(f"{name} ({count})" for count, name in helps[:3])
    return f"No {what} match. Taking away one of these filters would give some: {shown}."


def known(what: str, values: Iterable[str], allowed: Iterable[str]) -> frozenset[str]:
    """Return the values as a set.

    Raises:
        UnknownValueError: one of them is not allowed; it names the nearest.
    """
    choices = frozenset(allowed)
    chosen = frozenset(value.strip() for value in values)
    for value in sorted(chosen - choices):
        raise UnknownValueError(what, value, choices)
    return chosen


def any_of(name: str, chosen: frozenset[str], values: Callable[[Row], Iterable[str]]) -> list[Filter[Row]]:
    """Return a test that a row has one of the chosen values; no test where none is chosen."""
    return [Filter(name, lambda row: not chosen.isdisjoint(values(row)))] if chosen else []


def dated(name: str, wanted: Range, value: Callable[[Row], str | None]) -> list[Filter[Row]]:
    """Return a test that a row's date lies, or may lie, in the range; no test where the range is open."""
    wanted.check(name)
    return [] if wanted.is_open else [Filter(name, lambda row: wanted.holds(value(row)) is not False)]


def between(
    what: str, low: float | None, high: float | None, value: Callable[[Row], float | None]
) -> list[Filter[Row]]:
    """Return a test that a row's number lies from low to high, both included; a row without one does not pass.

    Raises:
        PinciteError: a negative bound, or a range that is inverted.
    """
    if low is None and high is None:
        return []
    least, most = low or 0, inf if high is None else high
    if isnan(least) or isnan(most):
        raise PinciteError(f"The {what} of imprisonment is not a number.", "Write digits, for example 60.")
    if least < 0 or most < 0:
        raise PinciteError(f"The {what} of imprisonment can't be negative.", "Give 0 or more.")
    if least > most:
        raise PinciteError(f"The range of {what} is inverted: {least:g} is more than {most:g}.", "Exchange the two.")
    return [Filter(what, lambda row: (number := value(row)) is not None and least <= number <= most)]


def ordered(rows: Iterable[Row], sort: str, keys: Mapping[str, Callable[[Row], Any]]) -> list[Row]:
    """Return the rows sorted by a key, "-" before its name for the reverse; rows without a value come last both ways.

    Raises:
        UnknownValueError: there is no such key.
    """
    name = sort.strip().removeprefix("-")
    known("sort", (name,), keys)
    keyed = [(keys[name](row), row) for row in rows]
    present = [(key, row) for key, row in keyed if key is not None]
    present.sort(key=lambda pair: pair[0], reverse=sort.strip().startswith("-"))
    return [row for _, row in present] + [row for key, row in keyed if key is None]
