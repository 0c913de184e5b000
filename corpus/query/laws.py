"""Laws and bills by facet, with their penalties, dates, and what stood on a chosen day."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from corpus.catalogue import Catalogue
from corpus.jurisdictions import name_of
from corpus.model import Document, first_day
from corpus.query.dates import Range, first_of, passed_on
from corpus.query.facets import Filter, Result, any_of, between, counts, dated, loosen, sift
from corpus.query.names import LawNames
from corpus.query.shared import facets_of, filters_of, ranked, rows_on_day
from corpus.query.standing import EARLIER_TEXT
from corpus.query.words import longest_years, penalty_in_words
from corpus.vocabulary import LAW_KINDS, statuses_of


@dataclass(frozen=True, slots=True)
class LawRow:
    """One law, bill or treaty."""

    document: str
    title: str
    citation: str
    kind: str
    jurisdiction: str
    jurisdiction_name: str
    status: str
    """On the day that was asked for: a status of FORMAT, or `earlier-text`."""
    certain: bool
    """False where the dates of the corpus leave open whether the law, in this text, stood so on that day."""
    note: str
    introduced: str | None
    passed: str | None
    """When it became law; None for bills and where only a later amendment is dated."""
    effective: str | None
    amended: str | None
    repealed: str | None
    protects: str
    synthetic: str
    conduct: tuple[str, ...]
    penalties: tuple[str, ...]
    """In words, one for each range."""
    years_max: float | None
    """The highest maximum of imprisonment in years; None for life and where no maximum is stated."""
    life: bool
    decisions: int
    """How many decisions of the corpus applied it."""
    as_of: str

    @property
    def changed(self) -> str | None:
        """When a bill last became law here: the passing of the law or its last amendment, and where the corpus dates
        neither, the commencement, which follows the passing."""
        if self.kind == "bill":
            return None
        return max((date for date in (self.passed, self.amended) if date), key=first_day, default=self.effective)

    @property
    def term(self) -> float | None:
        """The highest maximum with infinity for life, to compare and to sort by."""
        return inf if self.life else self.years_max


@dataclass(frozen=True)
class LawQuery:
    """Which laws: each field leaves out what does not match one of its values; empty leaves out nothing."""

    jurisdiction: tuple[str, ...] = ()
    """Codes or names; a country includes its subdivisions."""
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    conduct: tuple[str, ...] = ()
    protects: tuple[str, ...] = ()
    synthetic: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    """Ids, citations or names of laws."""
    passed_from: str | None = None
    passed_to: str | None = None
    changed_from: str | None = None
    """Of the passing or the last amendment; where neither is dated, of the commencement."""
    changed_to: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    years_min: float | None = None
    """Of the highest maximum of imprisonment."""
    years_max: float | None = None
    documents: tuple[str, ...] | None = None
    """Only these, in this order unless sorted otherwise: what a search for free text found."""
    as_of: str | None = None
    certain: bool = False
    """Leave out what may not have stood on the day in the text that the corpus holds."""
    sort: str = ""
    """One of SORTS, with "-" before it for the reverse; the default is "jurisdiction", or the order of `documents`."""


_FACETS = facets_of("jurisdiction", "kind", "status", "conduct", "protects", "synthetic")

SORTS: Mapping[str, Callable[[LawRow], Any]] = {
    "jurisdiction": lambda row: (row.jurisdiction, row.document),
    "passed": lambda row: first_of(row.passed),
    "changed": lambda row: first_of(row.changed),
    "effective": lambda row: first_of(row.effective),
    "introduced": lambda row: first_of(row.introduced),
    "years": lambda row: row.term,
    "decisions": lambda row: row.decisions,
    "status": lambda row: row.status,
    "title": lambda row: row.title.casefold(),
    "document": lambda row: row.document,
}


class Laws:
    """The laws of a catalogue, read once and queried many times."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._names = LawNames(catalogue)
        self._documents = [document for document in catalogue.documents.values() if document.is_law]
        applied = Counter(law for document in catalogue.documents.values() for law in document.applies)
        self._rows = {document.id: _row(document, applied[document.id]) for document in self._documents}

    def find(self, query: LawQuery | None = None) -> Result[LawRow]:
        """Return the laws that match, with the counts of every facet.

        Raises:
            UnknownValueError: a facet value that does not exist; it names the nearest.
            PinciteError: an impossible date or an inverted range.
        """
        query = query or LawQuery()
        rows: list[LawRow] = rows_on_day(self._rows, self._documents, query.as_of)
        sifted = sift(rows, self._filters(query))
        found = tuple(ranked(sifted.kept, query, SORTS, "jurisdiction"))
        return Result(found, len(rows), counts(sifted, _FACETS), loosen(sifted, "laws"), query.as_of)

    def _filters(self, query: LawQuery) -> list[Filter[LawRow]]:
        named = frozenset(law for name in query.name for law in self._names.find(name))
        statuses = statuses_of("statute") | ({EARLIER_TEXT} if query.as_of else set())
        return [
            *filters_of(query, _FACETS, kind=LAW_KINDS, status=statuses),
            *any_of("name", named, lambda row: (row.document,)),
            *dated("passed", Range(query.passed_from, query.passed_to), lambda row: row.passed),
            *dated("changed", Range(query.changed_from, query.changed_to), lambda row: row.changed),
            *dated("effective", Range(query.effective_from, query.effective_to), lambda row: row.effective),
            *between("years", query.years_min, query.years_max, lambda row: row.term),
        ]


def _row(document: Document, decisions: int) -> LawRow:
    dates, longest = document.dates, longest_years(document.penalties)
    return LawRow(
        document=document.id,
        title=document.title,
        citation=document.citation,
        kind=document.kind,
        jurisdiction=document.jurisdiction,
        jurisdiction_name=name_of(document.jurisdiction),
        status=document.status,
        certain=True,
        note="",
        introduced=dates.get("introduced"),
        passed=passed_on(document),
        effective=dates.get("effective"),
        amended=dates.get("amended"),
        repealed=dates.get("repealed"),
        protects=document.protects,
        synthetic=document.synthetic,
        conduct=document.conduct,
        penalties=tuple(penalty_in_words(penalty) for penalty in document.penalties),
        years_max=None if longest == inf else longest,
        life=longest == inf,
        decisions=decisions,
        as_of=document.as_of,
    )
