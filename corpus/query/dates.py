"""Partial dates compared honestly: "2025" means some day in 2025, so a comparison may have no answer.

Every comparison here has three outcomes: True, False, or None where the partial date leaves it open.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from corpus.errors import PinciteError
from corpus.model import Document, first_day, partial_date


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that a partial date may mean."""

    first: date
    last: date


@lru_cache(maxsize=8192)
def span(value: str) -> Span:
    """Return the days that a valid partial date may mean ("2024-02" gives 1 to 29 February 2024)."""
    first = first_day(value)
    if len(value) == 10:
        return Span(first, first)
    if len(value) == 7:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return Span(first, following - timedelta(days=1))
    return Span(first, date(first.year, 12, 31))


def parse_span(what: str, value: str) -> Span:
    """Return the span of a date that a person typed; `what` names the field in the message.

    Raises:
        PinciteError: it is no date, or a day that does not exist.
    """
    try:
        return span(partial_date(value.strip()))
    except ValueError as error:
        reason = str(error) if "expected" in str(error) else "there is no such day"
        raise PinciteError(
            f"{what} {value!r} is not a date: {reason}.", "Write YYYY, YYYY-MM or YYYY-MM-DD, for example 2024-05-31."
        ) from None


def reached(value: str, day: Span) -> bool | None:
    """Whether a partial date was reached by the end of the chosen day or period; None where it may or may not be."""
    dated = span(value)
    if dated.last <= day.last:
        return True
    return None if dated.first <= day.last else False


def over(value: str, day: Span) -> bool | None:
    """Whether an end date lay before all of the chosen period, so that nothing of it is left; None where open."""
    dated = span(value)
    if dated.last <= day.first:
        return True
    return None if dated.first <= day.first else False


@dataclass(frozen=True, slots=True)
class Range:
    """From one partial date to another, both included; either may be missing."""

    start: str | None = None
    end: str | None = None

    def check(self, what: str) -> "Range":
        """Return the range unchanged.

        Raises:
            PinciteError: a date that does not exist, or an end before the start.
        """
        start = parse_span(f"{what} from", self.start) if self.start else None
        end = parse_span(f"{what} to", self.end) if self.end else None
        if start and end and end.last < start.first:
            raise PinciteError(
                f"The range of {what} is inverted: {self.start} is after {self.end}.", "Exchange the two dates."
            )
        return self

    @property
    def is_open(self) -> bool:
        """Whether it leaves out nothing."""
        return not self.start and not self.end

    def holds(self, value: str | None) -> bool | None:
        """Whether a date lies within; None where a partial date may or may not. A missing date never does."""
        if self.is_open:
            return True
        if value is None:
            return False
        dated = span(value)
        first = span(self.start).first if self.start else date.min
        last = span(self.end).last if self.end else date.max
        if dated.first >= first and dated.last <= last:
            return True
        return None if dated.last >= first and dated.first <= last else False


def first_of(value: str | None) -> date | None:
    """The first day that a partial date may mean, as a sort key; None where there is no date."""
    return span(value).first if value else None


def date_of(document: Document) -> str | None:
    """The date that a document goes by: of the decision or enactment, else of the first thing known of it."""
    dates = document.dates
    if document.kind == "case":
        return dates.get("decided") or dates.get("published") or dates.get("introduced")
    if document.is_law:
        return passed_on(document) or dates.get("introduced") or dates.get("effective") or dates.get("amended")
    return dates.get("published") or min(dates.values(), default=None)


def is_amending(document: Document) -> bool:
    """Whether the digest tells of a bill that changed an older law: it was introduced after the law was enacted."""
    enacted, introduced = document.dates.get("enacted"), document.dates.get("introduced")
    return bool(enacted and introduced and span(introduced).first > span(enacted).last)


def passed_on(document: Document) -> str | None:
    """The date on which a law was made: enactment, signature, publication in the gazette, or passage of the bill.

    None for bills, and where the front matter gives only later amendments. A digest about a bill that changed an
    older law goes by the amendment, which is what the bill became.
    """
    dates = document.dates
    if not document.is_law or document.status == "pending":
        return None
    if is_amending(document) or ("introduced" in dates and "enacted" not in dates):
        return dates.get("signed") or dates.get("amended") or dates.get("published") or dates.get("effective")
    return dates.get("enacted") or dates.get("signed") or dates.get("published")


def text_since(document: Document) -> str | None:
    """The latest date from which the text that the digest describes has stood (its last amendment or commencement)."""
    dates = [document.dates[key] for key in ("amended", "effective") if key in document.dates]
    return max(dates, key=lambda value: span(value).last) if dates else passed_on(document)
