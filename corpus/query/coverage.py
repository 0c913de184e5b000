"""What the corpus holds and how fresh it is: gaps that a reader should know before relying on it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus.catalogue import Catalogue
from corpus.jurisdictions import name_of
from corpus.model import Document
from corpus.query.dates import span
from corpus.query.facets import Result, counts, loosen, ordered, sift
from corpus.query.shared import facets_of, filters_of

Gap = Literal["stale", "unseen-source", "reported-only", "no-official-source"]
GAPS: tuple[Gap, ...] = ("stale", "unseen-source", "reported-only", "no-official-source")

STALE_AFTER = 365
"""Days after which the newest source that confirms a status counts as old."""

_REPORTED = re.compile(
    r"\b(reported(?:ly)?|according to (?:press|news|media|local)\b|unconfirmed"
    r"|(?:not|never|could not be|has not been|was not|were not|been not) (?:been )?confirmed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """One document and what is weak about it."""

    document: str
    title: str
    citation: str
    kind: str
    jurisdiction: str
    jurisdiction_name: str
    status: str
    as_of: str
    age_days: int
    """From the last day that `as_of` may mean to the day of reckoning; never below 0."""
    sources: int
    unseen: tuple[str, ...]
    """Addresses that were cited without being read."""
    reported: tuple[str, ...]
    """Sentences that tell a fact as reported or unconfirmed."""
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many documents of one kind a jurisdiction has."""

    jurisdiction: str
    jurisdiction_name: str
    kind: str
    count: int
    documents: tuple[str, ...]

    @property
    def document(self) -> str:
        """The first of its documents."""
        return self.documents[0]


@dataclass(frozen=True)
class CoverageQuery:
    """Which documents: empty leaves out nothing."""

    jurisdiction: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    gap: tuple[str, ...] = ()
    today: date | None = None
    """The day from which age is reckoned; None: the day on the clock."""
    sort: str = "jurisdiction"


_FACETS = facets_of("jurisdiction", "kind", gap=lambda row: row.gaps)

SORTS: Mapping[str, Callable[[Holding], Any]] = {
    "jurisdiction": lambda row: (row.jurisdiction, row.kind, row.document),
    "age": lambda row: row.age_days,
    "kind": lambda row: (row.kind, row.document),
    "document": lambda row: row.document,
}


def coverage(catalogue: Catalogue, query: CoverageQuery | None = None) -> Result[Holding]:
    """Return the documents that match, each with its gaps; the facet `gap` counts them.

    Raises:
        UnknownValueError: a jurisdiction, kind, gap or sort key that does not exist; it names the nearest.
    """
    query = query or CoverageQuery()
    today = query.today or date.today()
    rows = [_holding(document, today) for document in catalogue.documents.values()]
    sifted = sift(rows, filters_of(query, _FACETS, gap=GAPS))
    found = tuple(ordered(sifted.kept, query.sort or "jurisdiction", SORTS))
    return Result(found, len(rows), counts(sifted, _FACETS), loosen(sifted, "documents"))


def tally(rows: Iterable[Holding]) -> tuple[Count, ...]:
    """Return how many documents of each kind each jurisdiction has, in the order of codes and kinds."""
    found: Counter[tuple[str, str]] = Counter()
    documents: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        found[row.jurisdiction, row.kind] += 1
        documents.setdefault((row.jurisdiction, row.kind), []).append(row.document)
    return tuple(
        Count(code, name_of(code), kind, count, tuple(sorted(documents[code, kind])))
        for (code, kind), count in sorted(found.items())
    )


def _holding(document: Document, today: date) -> Holding:
    age = max(0, (today - span(document.as_of).last).days)
    unseen = tuple(source.url for source in document.sources if not source.seen)
    told = (sentence for section in document.sections for sentence in section.sentences)
    reported = tuple(sentence.text for sentence in told if _REPORTED.search(sentence.text))
    found: dict[Gap, bool] = {
        "stale": age > STALE_AFTER,
        "unseen-source": bool(unseen),
        "reported-only": bool(reported),
        "no-official-source": not any(source.official for source in document.sources),
    }
    return Holding(
        document=document.id,
        title=document.title,
        citation=document.citation,
        kind=document.kind,
        jurisdiction=document.jurisdiction,
        jurisdiction_name=name_of(document.jurisdiction),
        status=document.status,
        as_of=document.as_of,
        age_days=age,
        sources=len(document.sources),
        unseen=unseen,
        reported=reported,
        gaps=tuple(gap for gap in GAPS if found[gap]),
    )
