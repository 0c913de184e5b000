"""The tab "Laws": laws, bills and treaties with status, dates and penalties."""

from corpus.query import LawQuery, LawRow
from ui.export import view_of_laws
from ui.queries import Desk
from ui.web.params import Params
from ui.web.shown import Cell, Column, Shown, boxes, status_cell, surely, typed
from ui.web.wording import words_of

FACETS = {
    "jurisdiction": "Jurisdiction",
    "kind": "Kind",
    "status": "Status",
    "conduct": "Conduct",
    "protects": "Protects",
    "synthetic": "AI-made material",
}
_DATES = ("passed_from", "passed_to", "changed_from", "changed_to", "effective_from", "effective_to")
NAMES = (*FACETS, *_DATES, "name", "min_years", "max_years", "text", "as_of", "certain", "sort")

_COLUMNS = (
    Column("Law", "title", "title"),
    Column("Jurisdiction", "jurisdiction"),
    Column("Kind"),
    Column("Status", "status", "status"),
    Column("Passed", "passed", "date"),
    Column("In effect", "effective", "date"),
    Column("Amended", width="date"),
    Column("AI-made material"),
    Column("Longest prison term", "years"),
    Column("Penalties", width="prose"),
    Column("Decisions", "decisions"),
)


def show(desk: Desk, params: Params) -> Shown:
    """Fill the tab.

    Raises:
        PinciteError: a value that does not fit its filter.
    """
    result = desk.find_laws({**params.given(LawQuery), "text": params.one("text")})
    return Shown(
        view=view_of_laws(desk.catalogue, result),
        boxes=boxes(desk.catalogue, result.facets, FACETS, params),
        fields=(
            *typed(
                params,
                ("text", "Search in the laws", "Words, a name, a place"),
                ("as_of", "As of", "A day: 2023-12-31"),
            ),
            surely(params),
            *typed(
                params,
                ("changed_from", "Passed or amended from", "2024"),
                ("changed_to", "Passed or amended to", "2025-06-30"),
                ("passed_from", "Became law from", "2024"),
                ("passed_to", "Became law to", "2025-06-30"),
                ("effective_from", "In effect from", "2024"),
                ("effective_to", "In effect to", "2025-06-30"),
                ("min_years", "Longest prison term in years, from", "5"),
                ("max_years", "Longest prison term in years, to", "10"),
            ),
        ),
        columns=_COLUMNS,
        lines=tuple(_line(desk, row) for row in result.rows),
        sort=params.one("sort") or ("" if params.one("text") else "jurisdiction"),
        message=result.message,
    )


def _line(desk: Desk, row: LawRow) -> tuple[Cell, ...]:
    longest = "life" if row.life else f"{row.years_max:g} years" if row.years_max is not None else ""
    return (
        Cell(row.title, row.document, row.citation if row.citation != row.title else ""),
        Cell(row.jurisdiction_name),
        Cell(words_of("kind", row.kind, desk.catalogue)),
        status_cell(row.status, row.note),
        Cell(row.passed or ""),
        Cell(row.effective or ""),
        Cell(row.amended or ""),
        Cell(words_of("synthetic", row.synthetic, desk.catalogue)),
        Cell(longest or "Not in the corpus", tone="" if longest else "silent"),
        Cell("; ".join(row.penalties)),
        Cell(str(row.decisions) if row.decisions else ""),
    )
