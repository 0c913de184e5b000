"""What happened when: bills, enactments, commencements, amendments, ends of laws, and decisions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from corpus.catalogue import Catalogue
from corpus.jurisdictions import name_of
from corpus.model import Document
from corpus.query.dates import Range, first_of, parse_span, reached, span
from corpus.query.facets import Filter, Result, counts, dated, loosen, ordered, sift
from corpus.query.shared import facets_of, filters_of
from corpus.vocabulary import DateKey

EVENTS: tuple[str, ...] = get_args(DateKey)
"""The events that a timeline can show: the dates of FORMAT."""

_USUAL = frozenset(EVENTS) - {"published"}
"""What is shown unless asked otherwise: publication of reports and of help services is no event of the law."""

_WORDS = {
    "enacted": "enacted",
    "effective": "in effect",
    "amended": "amended",
    "introduced": "introduced",
    "decided": "decided",
    "published": "published",
    "signed": "signed",
    "repealed": "repealed",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event of one document."""

    document: str
    date: str
    event: str
    """A key of `dates` in FORMAT."""
    text: str
    title: str
    citation: str
    kind: str
    jurisdiction: str
    jurisdiction_name: str
    status: str
    expected: bool
    """It lies after the newest source of the document: the source announced it, none has confirmed it."""
    conduct: tuple[str, ...]
    protects: str
    synthetic: str


@dataclass(frozen=True)
class TimelineQuery:
    """Which events: each field leaves out what does not match one of its values; empty leaves out nothing."""

    jurisdiction: tuple[str, ...] = ()
    """Codes or names; a country includes its subdivisions."""
    kind: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    """Empty: all but publications."""
    conduct: tuple[str, ...] = ()
    protects: tuple[str, ...] = ()
    synthetic: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    documents: tuple[str, ...] | None = None
    as_of: str | None = None
    """Leave out what had not happened by then."""
    sort: str = "date"
    """One of SORTS, with "-" before it for the reverse."""


_FACETS = facets_of("jurisdiction", "kind", "conduct", "protects", "synthetic", event=lambda row: (row.event,))

SORTS: Mapping[str, Callable[[Event], Any]] = {
    "date": lambda row: (first_of(row.date), row.jurisdiction, row.document),
    "jurisdiction": lambda row: (row.jurisdiction, first_of(row.date)),
    "document": lambda row: (row.document, first_of(row.date)),
}


class Timeline:
    """The events of a catalogue, read once and queried many times."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._events = [event for document in catalogue.documents.values() for event in _events(document)]

    def find(self, query: TimelineQuery | None = None) -> Result[Event]:
        """Return the events that match, oldest first unless sorted otherwise.

        Raises:
            UnknownValueError: a facet value that does not exist; it names the nearest.
            PinciteError: an impossible date or an inverted range.
        """
        query = query or TimelineQuery()
        day = parse_span("as-of date", query.as_of) if query.as_of else None
        rows = [event for event in self._events if day is None or reached(event.date, day) is not False]
        sifted = sift(rows, _filters(query))
        found = tuple(ordered(sifted.kept, query.sort or "date", SORTS))
        return Result(found, len(rows), counts(sifted, _FACETS), loosen(sifted, "events"), query.as_of)


def timeline(catalogue: Catalogue, query: TimelineQuery | None = None) -> Result[Event]:
    """Return the events of a catalogue that match, as `Timeline.find` does.

    Raises:
        UnknownValueError: a facet value that does not exist; it names the nearest.
        PinciteError: an impossible date or an inverted range.
    """
    return Timeline(catalogue).find(query)


def _events(document: Document) -> list[Event]:
    known_until = span(document.as_of).last
    return [
        Event(
            document=document.id,
            date=when,
            event=what,
            text=f"{document.title}: {_words(document, what)} {when}",
            title=document.title,
            citation=document.citation,
            kind=document.kind,
            jurisdiction=document.jurisdiction,
            jurisdiction_name=name_of(document.jurisdiction),
            status=document.status,
            expected=span(when).first > known_until,
            conduct=document.conduct,
            protects=document.protects,
            synthetic=document.synthetic,
        )
        for what, when in document.dates.items()
    ]


def _words(document: Document, what: str) -> str:
    return "lapsed" if what == "repealed" and document.status == "lapsed" else _WORDS[what]


def _filters(query: TimelineQuery) -> list[Filter[Event]]:
    filters = [
        *filters_of(query, _FACETS, event=EVENTS),
        *dated("date", Range(query.start, query.end), lambda row: row.date),
    ]
    if not query.event:
        filters.append(Filter("event", lambda row: row.event in _USUAL))
    return filters
