"""The query indexes of one corpus, built once, for the page and for programs."""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.query import Laws, Precedents, Timeline
from rag.assistant import Assistant
from rag.model import Question

FOUND = 100
"""Passages that a search for free text takes into account."""


@dataclass(frozen=True)
class Desk:
    """What the tabs ask: the catalogue, its query indexes, and the search for free text."""

    catalogue: Catalogue
    precedents: Precedents
    laws: Laws
    timeline: Timeline
    search: Callable[[str], tuple[str, ...]]
    """Ids of the documents that a search finds, best first."""

    @classmethod
    def of(cls, assistant: Assistant) -> "Desk":
        """Return the desk over an assistant's corpus and retriever."""
        catalogue = assistant.index.catalogue

        def search(text: str) -> tuple[str, ...]:
            passages = assistant.retriever.search(text, k=FOUND)
            return tuple(dict.fromkeys(found.passage.document for found in passages))

        return cls(catalogue, Precedents(catalogue), Laws(catalogue), Timeline(catalogue), search)

    def found(self, text: str | None) -> tuple[str, ...] | None:
        """Return the documents that a search finds, best first; None where nothing is searched.

        Raises:
            BadQuestionError: the text is too long.
        """
        return self.search(Question.parse(text).question) if text else None
