"""What rows of every kind share: facets of the front matter, the filters on them, the standing on a day, the order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from corpus.model import Document
from corpus.query.dates import parse_span
from corpus.query.facets import Filter, any_of, known, ordered
from corpus.query.names import code_of
from corpus.query.standing import standings
from corpus.vocabulary import CONDUCT, KINDS, PROTECTS, SYNTHETIC


class _Row(Protocol):
    @property
    def document(self) -> str: ...


Row = TypeVar("Row", bound=_Row)
Facets = Mapping[str, Callable[[Any], Iterable[str]]]

_FACETS: Facets = {
    "jurisdiction": lambda row: dict.fromkeys((row.jurisdiction.split("-")[0], row.jurisdiction)),
    "kind": lambda row: (row.kind,),
    "status": lambda row: (row.status,),
    "conduct": lambda row: row.conduct,
    "protects": lambda row: (row.protects,),
    "synthetic": lambda row: (row.synthetic,),
}
_ALLOWED: Mapping[str, Iterable[str]] = {
    "kind": KINDS, "conduct": CONDUCT, "protects": PROTECTS, "synthetic": SYNTHETIC,
}  # fmt: skip


def facets_of(*names: str, **own: Callable[[Any], Iterable[str]]) -> Facets:
    """Return the shared facets of these names, then a table's own. A place counts for its country too."""
    return {**{name: _FACETS[name] for name in names}, **own}


def filters_of(query: Any, facets: Facets, **allowed: Iterable[str]) -> list[Filter[Any]]:
    """Return the filters of a query on the facets with a closed vocabulary, and on documents and certainty.

    Args:
        query: a query whose fields are named as the facets.
        facets: how a row is read, "jurisdiction" among them.
        allowed: the vocabulary of a facet, where it is not that of FORMAT for every document.

    Raises:
        UnknownValueError: a value that its vocabulary does not have; it names the nearest.
    """
    places = frozenset(code_of(code) for code in query.jurisdiction)
    filters: list[Filter[Any]] = any_of("jurisdiction", places, facets["jurisdiction"])
    vocabularies = {**{name: words for name, words in _ALLOWED.items() if name in facets}, **allowed}
    for name, words in vocabularies.items():
        filters += any_of(name, known(name, getattr(query, name), words), facets[name])
    if (found := getattr(query, "documents", None)) is not None:
        documents = frozenset(found)
        filters.append(Filter("text", lambda row: row.document in documents))
    if getattr(query, "certain", False):
        filters.append(Filter("certain", lambda row: row.certain))
    return filters


def rows_on_day(rows: Mapping[str, Any], documents: Iterable[Document], as_of: str | None) -> list[Any]:
    """Return the rows of the documents that existed on the day, each with its status then; all where no day is asked.

    Raises:
        PinciteError: an impossible date.
    """
    if as_of is None:
        return list(rows.values())
    stood = standings(documents, parse_span("as-of date", as_of))
    return [
        replace(rows[document], status=standing.status, certain=standing.certain, note=standing.note)
        for document, standing in stood.items()
    ]


def ranked(rows: Iterable[Row], query: Any, keys: Mapping[str, Callable[[Row], Any]], default: str) -> list[Row]:
    """Return the rows by the query's sort key, else in the order of a search for free text, else by the default.

    Raises:
        UnknownValueError: there is no such key.
    """
    if not query.sort and query.documents is not None:
        place = {document: number for number, document in enumerate(query.documents)}
        return sorted(rows, key=lambda row: place[row.document])
    return ordered(rows, query.sort or default, keys)
