"""What every surface of the desk asks: one reading of filters given by name, and the query indexes of one corpus."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, get_type_hints

from corpus.catalogue import Catalogue
from corpus.query import (
    CaseQuery,
    CaseRow,
    CoverageQuery,
    Event,
    Holding,
    LawQuery,
    LawRow,
    Laws,
    Precedents,
    Result,
    Timeline,
    TimelineQuery,
    coverage,
)
from corpus.query.dates import parse_span
from rag.assistant import Assistant
from rag.model import Question

FOUND = 100
"""Passages that a search for free text takes into account."""

Query = TypeVar("Query")

_SPOKEN = {
    "months_min": "min_months",
    "months_max": "max_months",
    "years_min": "min_years",
    "years_max": "max_years",
}


def spoken(field: str) -> str:
    """Return the name by which people and programs give a field of a query."""
    return _SPOKEN.get(field, field)


def query_of(kind: type[Query], given: Mapping[str, Any], **more: Any) -> Query:
    """Return a query from filters by name; what is None or empty counts as not given, other names are passed over.

    Args:
        kind: one of the query classes of `corpus.query`.
        given: filters by their spoken names, lists for those that take several values.
        more: fields by their own names.
    """
    named = {field: given.get(spoken(field)) for field in get_type_hints(kind)}
    chosen = {field: value for field, value in {**named, **more}.items() if value is not None and value != ""}
    return kind(**{field: tuple(value) if isinstance(value, list) else value for field, value in chosen.items()})


@dataclass(frozen=True)
class Desk:
    """What the tabs, commands and tools ask."""

    catalogue: Catalogue
    search: Callable[[str], tuple[str, ...]]
    """Ids of the documents that a search for free text finds, best first."""

    @classmethod
    def of(cls, assistant: Assistant) -> "Desk":
        """Return the desk over an assistant's corpus and retriever."""
        return cls(assistant.index.catalogue, lambda text: documents_found(assistant, text))

    @cached_property
    def precedents(self) -> Precedents:
        """The decisions, read once."""
        return Precedents(self.catalogue)

    @cached_property
    def laws(self) -> Laws:
        """The laws, read once."""
        return Laws(self.catalogue)

    @cached_property
    def timeline(self) -> Timeline:
        """The events, read once."""
        return Timeline(self.catalogue)

    def find_cases(self, given: Mapping[str, Any]) -> Result[CaseRow]:
        """Return the decisions that match filters given by name, `text` among them.

        Raises:
            PinciteError: a value that its filter does not take; it names those that it does.
        """
        return self.precedents.find(query_of(CaseQuery, given, documents=self._found(given)))

    def find_laws(self, given: Mapping[str, Any]) -> Result[LawRow]:
        """Return the laws that match filters given by name, `text` among them.

        Raises:
            PinciteError: a value that its filter does not take; it names those that it does.
        """
        return self.laws.find(query_of(LawQuery, given, documents=self._found(given)))

    def find_events(self, given: Mapping[str, Any]) -> Result[Event]:
        """Return the events that match filters given by name, `text` among them.

        Raises:
            PinciteError: a value that its filter does not take; it names those that it does.
        """
        return self.timeline.find(query_of(TimelineQuery, given, documents=self._found(given)))

    def find_holdings(self, given: Mapping[str, Any]) -> Result[Holding]:
        """Return the documents that match filters given by name; `as_of` is the day from which age is reckoned.

        Raises:
            PinciteError: a value that its filter does not take; it names those that it does.
        """
        day = given.get("as_of")
        today = parse_span("as-of date", day).last if day else None
        return coverage(self.catalogue, query_of(CoverageQuery, given, today=today))

    def _found(self, given: Mapping[str, Any]) -> tuple[str, ...] | None:
        text = given.get("text")
        return self.search(Question.parse(text).question) if text else None


def documents_found(assistant: Assistant, text: str) -> tuple[str, ...]:
    """Return the ids of the documents that the retriever finds for a text, best first."""
    passages = assistant.retriever.search(text, k=FOUND)
    return tuple(dict.fromkeys(found.passage.document for found in passages))
