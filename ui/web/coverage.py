"""The tab "Coverage": what the corpus holds, how fresh it is, and where it is weak."""

from collections import Counter
from typing import Any

from corpus.jurisdictions import name_of
from corpus.query import CoverageQuery, Holding, tally
from ui.export import view_of_coverage
from ui.queries import Desk
from ui.web.params import Params
from ui.web.shown import Cell, Column, Shown, boxes, status_cell, typed
from ui.web.wording import words_of

FACETS = {"gap": "Weakness", "jurisdiction": "Jurisdiction", "kind": "Kind"}
NAMES = (*FACETS, "as_of", "sort")

_COLUMNS = (
    Column("Document", "document", "title"),
    Column("Jurisdiction", "jurisdiction"),
    Column("Kind", "kind"),
    Column("Status"),
    Column("Confirmed as of", "age", "date"),
    Column("Weakness", width="title"),
    Column("Sources not re-read"),
    Column("Facts told as reported", width="prose"),
)


def show(desk: Desk, params: Params) -> Shown:
    """Fill the tab.

    Raises:
        PinciteError: a value that does not fit its filter.
    """
    result = desk.find_holdings({**params.given(CoverageQuery), "as_of": params.one("as_of")})
    return Shown(
        view=view_of_coverage(desk.catalogue, result),
        boxes=boxes(desk.catalogue, result.facets, FACETS, params),
        fields=typed(params, ("as_of", "Age reckoned from", "A day: 2026-06-30")),
        columns=_COLUMNS,
        lines=tuple(_line(desk, row) for row in result.rows),
        sort=params.one("sort") or "jurisdiction",
        message=result.message,
        extra={"matrix": _matrix(desk, result.rows)},
    )


def _line(desk: Desk, row: Holding) -> tuple[Cell, ...]:
    return (
        Cell(row.title, row.document, row.citation if row.citation != row.title else ""),
        Cell(row.jurisdiction_name),
        Cell(words_of("kind", row.kind, desk.catalogue)),
        status_cell(row.status),
        Cell(row.as_of, fine=f"{row.age_days} days old"),
        Cell("; ".join(words_of("gap", gap, desk.catalogue) for gap in row.gaps)),
        Cell(f"{len(row.unseen)} of {row.sources}" if row.unseen else ""),
        Cell(str(len(row.reported)) if row.reported else "", fine=row.reported[0] if row.reported else ""),
    )


def _matrix(desk: Desk, rows: tuple[Holding, ...]) -> dict[str, Any]:
    """Documents by country and kind: the columns in words, and for each country its counts and sum."""
    counts: Counter[tuple[str, str]] = Counter()
    for count in tally(rows):
        counts[count.jurisdiction.split("-")[0], count.kind] += count.count
    kinds = sorted({kind for _, kind in counts}, key=lambda kind: -sum(n for (_, k), n in counts.items() if k == kind))
    places = sorted({code for code, _ in counts}, key=lambda code: -sum(n for (c, _), n in counts.items() if c == code))
    lines = [(name_of(code), [counts[code, kind] for kind in kinds]) for code in places]
    return {
        "kinds": [words_of("kind", kind, desk.catalogue) for kind in kinds],
        "lines": [(name, numbers, sum(numbers)) for name, numbers in lines],
    }
