"""Tables from the typed front matter: what a law threatens and what a court imposed, each row with its digest."""

from collections.abc import Iterable
from math import inf

from corpus.jurisdictions import name_of
from corpus.model import Document, Penalty
from corpus.query.standing import EARLIER_TEXT
from corpus.query.words import sentence_in_words
from rag.listing import Listing
from rag.model import Table, Understood
from rag.understand.kinds import read_conduct, without_manner

COLUMNS = ("Law or case", "Jurisdiction", "Status", "Dates", "Conduct", "Prison", "Fine", "Note")
MAX_ROWS = 12
LISTED = ("Law", "Jurisdiction", "Status", "Dates", "Protects", "Prison", "AI-made material", "As of")
LISTED_CASES = ("Case", "Jurisdiction", "Status", "Dates", "Outcome", "Imposed", "AI-made material", "As of")
MAX_LISTED = 25
_MONTHS_A_YEAR = 12


def facts_table(documents: Iterable[Document], understood: Understood) -> tuple[Table, tuple[str, ...]] | None:
    """Return a table of the penalties of the documents, and the document of each row; None where there are none.

    Rows on the conduct that is asked about come alone, if there are any. In a comparison each document has a row,
    also one that threatens and imposes nothing: its status and dates are compared.
    """
    rows: list[tuple[str, ...]] = []
    owners: list[str] = []
    for document in documents:
        found = _rows(document, understood)
        if not found and understood.comparison:
            found = [(*_head(document), document.outcome or "", "", "", "")]
        for row in found:
            rows.append(row)
            owners.append(document.id)
    if not rows:
        return None
    return Table(columns=COLUMNS, rows=tuple(rows[:MAX_ROWS])), tuple(owners[:MAX_ROWS])


def list_table(listing: Listing) -> tuple[Table, tuple[str, ...]]:
    """Return a table with a row for each document of a list, at most `MAX_LISTED`, and the document of each row.

    The term is the highest that a law threatens for the acts asked about, or for any where none is asked about; it is
    empty where the law then had another text.
    """
    shown = list(zip(listing.documents, listing.statuses, strict=True))[:MAX_LISTED]
    cases = listing.noun == "decisions"
    rows = []
    for document, status in shown:
        citation, place, _, dates = _head(document)
        says: tuple[str, str]
        if cases:
            says = (document.outcome or "", sentence_in_words(document.sentence))
        else:
            says = (document.protects, "" if status.startswith(EARLIER_TEXT) else _longest(document, listing.conduct))
        made = document.synthetic.replace("-", " ")
        rows.append((citation, place, status, dates, *says, made, document.as_of))
    columns = LISTED_CASES if cases else LISTED
    return Table(columns=columns, rows=tuple(rows)), tuple(document.id for document, _ in shown)


def _longest(document: Document, conduct: tuple[str, ...]) -> str:
    """Return the highest term that a law threatens for some acts; empty where it gives none for them."""
    asked = set(conduct)
    rows = [row for row in document.penalties if not asked or asked & set(row.conduct)]
    if asked == {"possess"}:  # one range for possessing and sharing is often that for possession in order to share
        rows = [row for row in rows if "distribute" not in row.conduct] or rows
    ranges = [row for row in rows if prison_range(row)]
    return prison_range(max(ranges, key=_years_at_most)) if ranges else ""


def _years_at_most(penalty: Penalty) -> float:
    return inf if penalty.life else penalty.prison_years_max or penalty.prison_years_min or 0


def _rows(document: Document, understood: Understood) -> list[tuple[str, ...]]:
    head = _head(document)
    if document.kind == "case":
        imposed = document.sentence
        if not imposed or not (imposed.prison_months or imposed.fine or imposed.other):
            return []
        prison = months(imposed.prison_months) if imposed.prison_months else ""
        if prison and imposed.suspended:
            prison += ", suspended"
        return [(*head, document.outcome or "", prison, imposed.fine or "", imposed.other or "")]
    return [
        (*head, ", ".join(row.conduct), prison_range(row), row.fine or "", row.note or "")
        for row in _fitting(document, understood)
    ]


def _fitting(document: Document, understood: Understood) -> list[Penalty]:
    """Return the penalties on the conduct that is asked about, or all where there is none.

    "AI-generated" says how images came about and asks about no making.
    """
    manner = set(read_conduct(understood.question)) - set(read_conduct(without_manner(understood.question)))
    asked = set(understood.conduct) - manner
    return [row for row in document.penalties if asked & set(row.conduct)] or list(document.penalties)


def _head(document: Document) -> tuple[str, ...]:
    dates = ", ".join(f"{event} {date}" for event, date in document.dates.items())
    return (document.citation, name_of(document.jurisdiction), document.status, dates)


def prison_range(penalty: Penalty) -> str:
    """Return the term of a penalty row in words: "1 to 10 years", "up to 2 years", "at least 5 years", "up to life"."""
    low, high = penalty.prison_years_min or 0, penalty.prison_years_max
    if penalty.life:
        return f"{years(low)} to life" if low else "up to life"
    if high:
        return f"{_bare(low, high)} to {years(high)}" if low else f"up to {years(high)}"
    return f"at least {years(low)}" if low else ""


def years(value: float) -> str:
    """Return a term in years and months: 2.5 gives "2 years 6 months", 0.5 gives "6 months"."""
    return months(value * _MONTHS_A_YEAR)


def months(value: float) -> str:
    """Return a term of months in years and months: 30 gives "2 years 6 months", 13 gives "1 year 1 month"."""
    whole, rest = divmod(round(value), _MONTHS_A_YEAR)
    parts = [f"{whole} year{'s' if whole != 1 else ''}"] if whole else []
    if rest or not parts:
        parts.append(f"{rest} month{'s' if rest != 1 else ''}")
    return " ".join(parts)


def _bare(low: float, high: float) -> str:
    """Leave out the unit of the lower end where it is that of the upper end: "1 to 10 years"."""
    if low == int(low) and high == int(high):
        return str(int(low))
    return years(low)
