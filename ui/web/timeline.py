"""The tab "Timeline": bills, enactments, commencements, amendments, ends of laws, and decisions."""

from itertools import groupby

from corpus.query import Event, TimelineQuery
from ui.export import view_of_timeline
from ui.queries import Desk
from ui.web.params import Params
from ui.web.shown import Cell, Column, Shown, boxes, status_cell, typed
from ui.web.wording import words_of

FACETS = {
    "jurisdiction": "Jurisdiction",
    "event": "Event",
    "kind": "Kind",
    "conduct": "Conduct",
    "protects": "Protects",
    "synthetic": "AI-made material",
}
NAMES = (*FACETS, "from", "to", "text", "as_of", "sort")

_COLUMNS = (
    Column("Date", "date", "date"),
    Column("Event"),
    Column("Document", "document", "title"),
    Column("Jurisdiction", "jurisdiction"),
    Column("Kind"),
    Column("Status today"),
)


def show(desk: Desk, params: Params) -> Shown:
    """Fill the tab.

    Raises:
        PinciteError: a value that does not fit its filter.
    """
    given = params.given(TimelineQuery, start="from", end="to")
    result = desk.find_events({**given, "text": params.one("text"), "sort": params.one("sort") or "-date"})
    return Shown(
        view=view_of_timeline(desk.catalogue, result),
        boxes=boxes(desk.catalogue, result.facets, FACETS, params),
        fields=typed(
            params,
            ("text", "Search in the documents", "Words, a name, a place"),
            ("from", "From", "2023"),
            ("to", "To", "2025-06-30"),
            ("as_of", "As of", "A day: 2024-12-31"),
        ),
        columns=_COLUMNS,
        lines=tuple(_line(desk, row) for row in result.rows),
        sort=params.one("sort") or "-date",
        message=result.message,
        extra={"years": _years(result.rows)},
    )


def _line(desk: Desk, row: Event) -> tuple[Cell, ...]:
    return (
        Cell(row.date),
        Cell(words_of("event", row.event, desk.catalogue), fine="announced, not confirmed" if row.expected else ""),
        Cell(row.title, row.document, row.citation if row.citation != row.title else ""),
        Cell(row.jurisdiction_name),
        Cell(words_of("kind", row.kind, desk.catalogue)),
        status_cell(row.status),
    )


_SHOWN_YEARS = 15


def _years(rows: tuple[Event, ...]) -> tuple[tuple[str, int, int, float, float], ...]:
    """For each of the last years with events: year, events of laws, decisions, and both bars in percent."""
    by_year = groupby(sorted(rows, key=lambda row: row.date), key=lambda row: row.date[:4])
    counted = []
    for year, events in by_year:
        decided = [event.kind == "case" for event in events]
        counted.append((year, len(decided) - sum(decided), sum(decided)))
    counted = counted[-_SHOWN_YEARS:]
    longest = max((laws + cases for _, laws, cases in counted), default=1)
    return tuple((year, laws, cases, 100 * laws / longest, 100 * cases / longest) for year, laws, cases in counted)
