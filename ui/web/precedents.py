"""The tab "Precedents": decisions by facet, how long the sentences were, what they applied."""

from corpus.query import Band, CaseQuery, CaseRow, distribution
from corpus.vocabulary import CONDUCT
from ui.export import view_of_cases
from ui.queries import Desk
from ui.web.params import Params
from ui.web.shown import Cell, Column, Field, Shown, boxes, plain_box, status_cell, surely, typed
from ui.web.wording import words_of

FACETS = {
    "jurisdiction": "Jurisdiction",
    "outcome": "Outcome",
    "conduct": "Conduct",
    "protects": "Protects",
    "synthetic": "AI-made material",
    "law": "Law applied",
    "court": "Court",
    "status": "Status",
}
NAMES = (
    *FACETS, "without", "suspended", "min_months", "max_months", "from", "to", "text", "as_of", "certain", "sort",
)  # fmt: skip

_SUSPENDED = {"yes": "Suspended", "no": "Immediate"}

_COLUMNS = (
    Column("Case", "title", "title"),
    Column("Court", "court"),
    Column("Date", "date", "date"),
    Column("Outcome", "outcome"),
    Column("Sentence", "months", "title"),
    Column("Laws applied", width="title"),
    Column("Holding", width="prose"),
    Column("Status", width="status"),
)


def show(desk: Desk, params: Params) -> Shown:
    """Fill the tab.

    Raises:
        PinciteError: a value that does not fit its filter.
    """
    given = params.given(CaseQuery, decided_from="from", decided_to="to")
    result = desk.find_cases({**given, "text": params.one("text")})
    bands = distribution(result.rows)
    counted = {value.value: value.count for value in result.facets["suspended"]}
    kinds = (("", "Either"), *((key, f"{word} ({counted.get(key, 0)})") for key, word in _SUSPENDED.items()))
    choice = Field("suspended", "Imprisonment suspended", params.one("suspended") or "", "", kinds)
    return Shown(
        view=view_of_cases(desk.catalogue, result),
        boxes=(
            *boxes(desk.catalogue, result.facets, FACETS, params),
            plain_box(desk.catalogue, "without", "Not about", CONDUCT, params),
        ),
        fields=(
            *typed(params, ("text", "Search in the decisions", "Words, a name, a place")),
            *typed(
                params,
                ("min_months", "Months of imprisonment, from", "60"),
                ("max_months", "Months of imprisonment, to", "120"),
            ),
            choice,
            *typed(params, ("from", "Decided from", "2023"), ("to", "Decided to", "2025-06-30")),
            *typed(params, ("as_of", "As of", "A day: 2024-12-31")),
            surely(params),
        ),
        columns=_COLUMNS,
        lines=tuple(_line(desk, row) for row in result.rows),
        sort=params.one("sort") or ("" if params.one("text") else "-date"),
        message=result.message,
        extra={"bars": _bars(bands), "timed": sum(len(band.immediate) + len(band.suspended) for band in bands)},
    )


def _line(desk: Desk, row: CaseRow) -> tuple[Cell, ...]:
    return (
        Cell(row.title, row.document, row.jurisdiction_name),
        Cell(row.court),
        Cell(row.date or ""),
        Cell(words_of("outcome", row.outcome, desk.catalogue)),
        Cell(row.sentence or "No sentence in the corpus", tone="" if row.sentence else "silent"),
        Cell("", links=tuple(zip(row.law_citations, row.laws, strict=True))),
        Cell(row.holding),
        status_cell(row.status, row.note),
    )


def _bars(bands: tuple[Band, ...]) -> tuple[tuple[str, int, int, float, float], ...]:
    """For each band: label, immediate, suspended, and the widths of both bars in percent of the longest."""
    longest = max((len(band.immediate) + len(band.suspended) for band in bands), default=0) or 1
    return tuple(
        (
            band.label,
            len(band.immediate),
            len(band.suspended),
            100 * len(band.immediate) / longest,
            100 * len(band.suspended) / longest,
        )
        for band in bands
    )
