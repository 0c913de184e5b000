"""Decisions by facet: which exist, how long the sentences were, what they applied."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from corpus.catalogue import Catalogue
from corpus.jurisdictions import name_of
from corpus.model import Document
from corpus.query.dates import Range, date_of, first_of
from corpus.query.facets import Filter, Result, any_of, between, counts, dated, known, loosen, sift
from corpus.query.names import LawNames
from corpus.query.shared import facets_of, filters_of, ranked, rows_on_day
from corpus.query.words import holding, is_life, sentence_in_words
from corpus.vocabulary import CONDUCT, OUTCOMES, statuses_of


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One decision."""

    document: str
    title: str
    citation: str
    court: str
    jurisdiction: str
    jurisdiction_name: str
    date: str | None
    """Of the decision; where that is not known, of its publication or filing."""
    outcome: str
    status: str
    certain: bool
    """False where a partial date leaves open whether it stood so on the day that was asked for."""
    note: str
    sentence: str
    """In words."""
    months: float | None
    """Of imprisonment; None for life, and where no term was imposed or none is in the corpus."""
    life: bool
    suspended: bool | None
    laws: tuple[str, ...]
    """Ids of the laws applied."""
    law_citations: tuple[str, ...]
    holding: str
    conduct: tuple[str, ...]
    protects: str
    synthetic: str
    as_of: str

    @property
    def term(self) -> float | None:
        """Months of imprisonment with infinity for life, to compare and to sort by."""
        return inf if self.life else self.months


@dataclass(frozen=True)
class CaseQuery:
    """Which decisions: each field leaves out what does not match one of its values; empty leaves out nothing."""

    jurisdiction: tuple[str, ...] = ()
    """Codes or names; a country includes its subdivisions."""
    court: tuple[str, ...] = ()
    """A court's name or a part of it."""
    outcome: tuple[str, ...] = ()
    conduct: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Conduct that the decision must not be about."""
    protects: tuple[str, ...] = ()
    synthetic: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    """Ids, citations or names of laws that the decision applied."""
    status: tuple[str, ...] = ()
    suspended: bool | None = None
    months_min: float | None = None
    months_max: float | None = None
    decided_from: str | None = None
    decided_to: str | None = None
    documents: tuple[str, ...] | None = None
    """Only these, in this order unless sorted otherwise: what a search for free text found."""
    as_of: str | None = None
    certain: bool = False
    """Leave out what may not have stood on the day."""
    sort: str = ""
    """One of SORTS, with "-" before it for the reverse; the default is "-date", or the order of `documents`."""


@dataclass(frozen=True, slots=True)
class Band:
    """One bar of the distribution of sentences."""

    label: str
    immediate: tuple[str, ...]
    """Ids of the decisions whose term was not suspended."""
    suspended: tuple[str, ...]

    @property
    def document(self) -> str | None:
        """The first decision of the band, None in an empty one."""
        return next(iter((*self.immediate, *self.suspended)), None)


_BANDS = (
    ("up to 6 months", 6), ("over 6 months to 1 year", 12), ("over 1 to 2 years", 24), ("over 2 to 5 years", 60),
    ("over 5 to 10 years", 120), ("over 10 to 20 years", 240), ("over 20 years", 10**6), ("life", inf),
)  # fmt: skip

_FACETS = facets_of(
    "jurisdiction", "conduct", "protects", "synthetic", "status",
    court=lambda row: (row.court,),
    outcome=lambda row: (row.outcome,),
    law=lambda row: row.laws,
    suspended=lambda row: ("not in the corpus" if row.suspended is None else "yes" if row.suspended else "no",),
)  # fmt: skip

SORTS: Mapping[str, Callable[[CaseRow], Any]] = {
    "date": lambda row: first_of(row.date),
    "months": lambda row: row.term,
    "jurisdiction": lambda row: (row.jurisdiction, row.document),
    "court": lambda row: row.court.casefold(),
    "outcome": lambda row: row.outcome,
    "title": lambda row: row.title.casefold(),
    "document": lambda row: row.document,
}


class Precedents:
    """The decisions of a catalogue, read once and queried many times."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._names = LawNames(catalogue)
        self._documents = [document for document in catalogue.documents.values() if document.kind == "case"]
        self._rows = {document.id: _row(catalogue, document) for document in self._documents}

    def find(self, query: CaseQuery | None = None) -> Result[CaseRow]:
        """Return the decisions that match, with the counts of every facet.

        Raises:
            UnknownValueError: a facet value that does not exist; it names the nearest.
            PinciteError: an impossible date or an inverted range.
        """
        query = query or CaseQuery()
        rows: list[CaseRow] = rows_on_day(self._rows, self._documents, query.as_of)
        sifted = sift(rows, self._filters(query))
        found = tuple(ranked(sifted.kept, query, SORTS, "-date"))
        return Result(found, len(rows), counts(sifted, _FACETS), loosen(sifted, "decisions"), query.as_of)

    def applied_by(self, law: str) -> tuple[CaseRow, ...]:
        """Return the decisions that applied a law, newest first; the law is an id, a citation or a name.

        Raises:
            UnknownValueError: no law of the corpus is called so.
        """
        return self.find(CaseQuery(law=(law,))).rows

    def _filters(self, query: CaseQuery) -> list[Filter[CaseRow]]:
        laws = frozenset(law for name in query.law for law in self._names.find(name))
        without = known("conduct", query.without, CONDUCT)
        filters = [
            *filters_of(query, _FACETS, outcome=OUTCOMES, status=statuses_of("case")),
            *any_of("court", self._courts(query.court), _FACETS["court"]),
            *any_of("law", laws, _FACETS["law"]),
            *dated("date", Range(query.decided_from, query.decided_to), lambda row: row.date),
            *between("months", query.months_min, query.months_max, lambda row: row.term),
        ]
        if query.suspended is not None:
            filters.append(Filter("suspended", lambda row: row.suspended is query.suspended))
        if without:
            filters.append(Filter("without", lambda row: without.isdisjoint(row.conduct)))
        return filters

    def _courts(self, names: Iterable[str]) -> frozenset[str]:
        """The courts whose name holds one of the words given."""
        courts = {row.court for row in self._rows.values()}
        found: set[str] = set()
        for name in names:
            folded = name.strip().casefold()
            here = {court for court in courts if court.casefold() == folded} or {
                court for court in courts if folded and folded in court.casefold()
            }
            found |= here or known("court", (name,), courts)
        return frozenset(found)


def distribution(rows: Iterable[CaseRow]) -> tuple[Band, ...]:
    """Return how the terms of imprisonment are spread, in bands from short to life, without the rows that have none."""
    timed = [row for row in rows if row.term is not None]
    bands, low = [], -1.0
    for label, high in _BANDS:
        inside = [row for row in timed if row.term is not None and low < row.term <= high]
        bands.append(
            Band(
                label,
                tuple(row.document for row in inside if not row.suspended),
                tuple(row.document for row in inside if row.suspended),
            )
        )
        low = high
    return tuple(bands)


def _row(catalogue: Catalogue, document: Document) -> CaseRow:
    sentence = document.sentence
    timed = is_life(sentence) or (sentence is not None and sentence.prison_months is not None)
    known_laws = [catalogue.documents[law] for law in document.applies if law in catalogue.documents]
    return CaseRow(
        document=document.id,
        title=document.title,
        citation=document.citation,
        court=document.court or "",
        jurisdiction=document.jurisdiction,
        jurisdiction_name=name_of(document.jurisdiction),
        date=date_of(document),
        outcome=document.outcome or "",
        status=document.status,
        certain=True,
        note="",
        sentence=sentence_in_words(sentence),
        months=sentence.prison_months if sentence else None,
        life=is_life(sentence),
        # A term that was not imposed can't be suspended, though some digests write `false` beside a mere fine.
        suspended=sentence.suspended if sentence and (timed or sentence.suspended) else None,
        laws=tuple(law.id for law in known_laws),
        law_citations=tuple(law.citation for law in known_laws),
        holding=holding(document),
        conduct=document.conduct,
        protects=document.protects,
        synthetic=document.synthetic,
        as_of=document.as_of,
    )
