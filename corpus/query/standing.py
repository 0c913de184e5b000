"""What stood on a chosen day, as far as the dates of the front matter tell.

The front matter holds one date of each sort, so the past of an often amended law is only partly known. Where a date
is partial, or the text has changed since the day, the standing says so (`certain` is False, `note` says why).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from corpus.model import Document
from corpus.query.dates import Span, date_of, is_amending, over, passed_on, reached, span

EARLIER_TEXT = "earlier-text"
"""A standing beside the statuses of FORMAT: on that day the law had another text, which the corpus does not hold."""

FORMER = frozenset({"repealed", "lapsed", "struck-down"})
"""Statuses of what was law and is no more."""

COMING = frozenset({"enacted", "not-yet-in-force"})
"""Statuses of what was passed and is not, or not confirmed to be, in force."""

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a document on a day."""

    status: str
    certain: bool = True
    note: str = ""


def standing_of(document: Document, day: Span | None) -> Standing | None:
    """Return the status on `day` (today's knowledge if None), or None if the document did not exist yet."""
    if day is None:
        return Standing(document.status)
    if not document.is_law:
        return _of_decision_or_text(document, day)
    if document.status == "pending":
        return _of_bill(document, day)
    return _before_passing(document, day) or _of_passed_law(document, day)


def standings(documents: Iterable[Document], day: Span | None) -> dict[str, Standing]:
    """Return the standing of each document that existed on the day, by id."""
    found = ((document.id, standing_of(document, day)) for document in documents)
    return {document_id: standing for document_id, standing in found if standing}


def _of_decision_or_text(document: Document, day: Span) -> Standing | None:
    dated = date_of(document)
    if dated is None:
        return Standing(document.status, False, "undated in the corpus")
    out = reached(dated, day)
    if out and document.status == "overturned" and not reached(document.as_of, day):
        return Standing("overturned", False, "the corpus does not say since when it is overturned")
    if out:
        return Standing(document.status)
    if out is None:
        return Standing(document.status, False, f"dated {dated} only; it may be later than that day")
    filed = document.dates.get("introduced")
    if document.kind == "case" and filed and reached(filed, day):
        return Standing("pending", True, f"filed {filed}, decided {dated}")
    return None


def _of_bill(document: Document, day: Span) -> Standing | None:
    introduced = document.dates.get("introduced")
    if introduced is None:
        return Standing("pending", False, "the corpus gives no date of introduction")
    there = reached(introduced, day)
    if there is False:
        return None
    return Standing("pending") if there else Standing("pending", False, f"introduced {introduced}, day not known")


def _before_passing(document: Document, day: Span) -> Standing | None:
    """The standing of what later became law, while it was a bill; None once it was passed (or was never dated)."""
    passed, introduced = passed_on(document), document.dates.get("introduced")
    there = reached(passed, day) if passed else True
    if there or passed is None:
        return None
    if is_amending(document) and reached(document.dates["enacted"], day):
        return Standing(EARLIER_TEXT, True, f"the text digested here was passed {passed}")
    tabled = bool(introduced and reached(introduced, day))
    if there is None:
        return Standing("pending" if tabled else "enacted", False, f"passed {passed}, day not known")
    return Standing("pending", True, f"bill on that day; passed {passed}") if tabled else None


def _of_passed_law(document: Document, day: Span) -> Standing | None:
    passed = passed_on(document)
    if passed and reached(passed, day) is False:
        return None
    ended = document.dates.get("repealed")
    if document.status in FORMER and ended is None:
        return Standing(document.status, False, f"the corpus does not say since when it is {document.status}")
    gone = over(ended, day) if ended else False
    if gone or (gone is None and document.status in FORMER):
        return Standing(document.status, gone is True, f"until {ended}")
    began = _commenced(document, day)
    if began is None or began.status != "in-force":
        return began
    return _worded(document, day, began, ended)


def _commenced(document: Document, day: Span) -> Standing | None:
    """The standing by commencement alone, for a law that was passed by the day or whose passing is not dated."""
    dates, passed = document.dates, passed_on(document)
    effective, amended = dates.get("effective"), dates.get("amended")
    of_amendment = effective and amended and span(effective).last >= span(amended).first
    if effective:
        there = reached(effective, day)
        if there is None:
            return Standing("in-force", False, f"commenced {effective}, day not known")
        if not there and of_amendment and not is_amending(document) and "introduced" not in dates:
            known = passed or (amended if amended and reached(amended, day) else None)
            return Standing(EARLIER_TEXT, True, f"the text digested here took effect {effective}") if known else None
        if not there:
            return Standing("not-yet-in-force", True, f"commences {effective}") if passed else None
        return _confirmed(document, effective)
    if passed is None:
        return _of_undated(document, day, amended)
    if document.status in COMING:
        return Standing(document.status, document.status == "enacted", "the corpus gives no date of commencement")
    young = span(passed).last + _YEAR > day.last
    note = f"passed {passed}; the corpus gives no date of commencement" if young else ""
    return Standing("in-force", not young, note)


def _of_undated(document: Document, day: Span, amended: str | None) -> Standing:
    if amended and not reached(amended, day):
        return Standing(EARLIER_TEXT, False, f"the corpus knows this law only as amended {amended}")
    note = "" if amended else "undated in the corpus"
    return Standing("in-force" if document.status in FORMER else document.status, bool(amended), note)


def _confirmed(document: Document, effective: str) -> Standing:
    """In force by its date of commencement, unless no source has confirmed that it did commence."""
    if document.status in COMING:
        return Standing("in-force", False, f"due to commence {effective}; not confirmed by a source of the corpus")
    return Standing("in-force")


def _worded(document: Document, day: Span, began: Standing, ended: str | None) -> Standing:
    """Add what is to be said of a law in force on the day: amended since, or ended within the period."""
    amended = document.dates.get("amended")
    notes = [began.note] if began.note else []
    certain = began.certain
    if amended and not reached(amended, day):
        certain = False
        notes.append(f"amended since ({amended}): the digest gives the later text")
    if ended and over(ended, day) is False and reached(ended, day):
        notes.append(f"only until {ended}")
    return Standing("in-force", certain, "; ".join(notes))
