"""One document in full: its digest, its sources, and what it is tied to, both ways."""

from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.model import Document, Source
from corpus.query.dates import date_of
from corpus.query.words import penalty_in_words, sentence_in_words


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document, in a line."""

    document: str
    kind: str
    title: str
    citation: str
    jurisdiction: str
    status: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Detail:
    """A document with everything that a reader needs to trust or check it."""

    document: str
    entry: Document
    body: str
    """The digest in Markdown, without front matter."""
    sentence: str
    """Of a decision, in words."""
    penalties: tuple[str, ...]
    """Of a law, in words."""
    sources: tuple[Source, ...]
    applies: tuple[Reference, ...]
    """The laws that the decision applied."""
    applied_by: tuple[Reference, ...]
    """The decisions that applied this law, newest first."""
    related: tuple[Reference, ...]
    """Documents that this one or that name as related, without those above."""


def detail(catalogue: Catalogue, document_id: str) -> Detail:
    """Return a document with its ties.

    Raises:
        UnknownValueError: there is no such document; it names the nearest ids.
    """
    entry = catalogue.get(document_id)
    others = catalogue.documents.values()
    applies = [catalogue.documents[law] for law in entry.applies if law in catalogue.documents]
    applied_by = sorted(
        (other for other in others if entry.id in other.applies), key=lambda other: date_of(other) or "", reverse=True
    )
    tied = {entry.id, *(other.id for other in (*applies, *applied_by))}
    related = [
        other for other in others if other.id not in tied and (other.id in entry.related or entry.id in other.related)
    ]
    return Detail(
        document=entry.id,
        entry=entry,
        body=entry.text.split("\n---", 1)[1].lstrip("-\n ").rstrip() + "\n",
        sentence=sentence_in_words(entry.sentence),
        penalties=tuple(penalty_in_words(penalty) for penalty in entry.penalties),
        sources=entry.sources,
        applies=tuple(reference(other) for other in applies),
        applied_by=tuple(reference(other) for other in applied_by),
        related=tuple(reference(other) for other in related),
    )


def reference(entry: Document) -> Reference:
    """Return the line that stands for a document."""
    return Reference(
        entry.id, entry.kind, entry.title, entry.citation, entry.jurisdiction, entry.status, date_of(entry)
    )
