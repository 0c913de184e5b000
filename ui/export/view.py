"""What is exported: the rows of a query, or an answer, with the columns that a person reads and their provenance."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.catalogue import Catalogue
from corpus.model import Document
from corpus.query import CaseRow, Cell, Comparison, Event, Holding, LawRow, Result, tally
from rag.model import Answer


@dataclass(frozen=True)
class Stamp:
    """Where the facts of an export come from."""

    corpus_version: str
    corpus_as_of: str
    """The newest date on which a source confirmed a status."""
    on_day: str | None = None
    """The day whose law was asked for, if one was."""

    @classmethod
    def of(cls, catalogue: Catalogue, on_day: str | None = None) -> "Stamp":
        """Return the stamp of a corpus."""
        return cls(catalogue.version, catalogue.as_of, on_day)

    @property
    def text(self) -> str:
        """The stamp in words."""
        day = f" Law as of {self.on_day}." if self.on_day else ""
        return f"Pincite corpus {self.corpus_version}, as of {self.corpus_as_of}.{day}"

    @property
    def fields(self) -> dict[str, str]:
        """The stamp as columns."""
        day = {"on_day": self.on_day} if self.on_day else {}
        return {"corpus_as_of": self.corpus_as_of, "corpus_version": self.corpus_version, **day}


@dataclass(frozen=True)
class View:
    """A table of the desk, or an answer, ready to be exported."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    records: tuple[Mapping[str, Any], ...]
    """The same rows as objects with every field; each names its `document`."""
    documents: tuple[Document, ...]
    """All documents that the rows rest on, once each."""
    stamp: Stamp
    summary: str = ""
    """The result in a sentence or two."""
    notes: tuple[str, ...] = ()
    """What the reader must know before relying on it."""
    answer: Answer | None = None


def view_of_cases(catalogue: Catalogue, result: Result[CaseRow], title: str = "Decisions") -> View:
    """Return the view of a table of decisions."""
    rows = tuple(
        (
            row.title,
            row.court,
            row.date or "",
            row.outcome,
            row.sentence,
            "; ".join(row.law_citations),
            row.holding,
            _status(row.status, row.note),
            row.document,
        )
        for row in result.rows
    )
    columns = ("case", "court", "date", "outcome", "sentence", "laws applied", "holding", "status", "document")
    ids = [document for row in result.rows for document in (row.document, *row.laws)]
    return _view(catalogue, title, columns, rows, result.rows, ids, _found(result, "decision"), result.as_of)


def view_of_laws(catalogue: Catalogue, result: Result[LawRow], title: str = "Laws") -> View:
    """Return the view of a table of laws."""
    rows = tuple(
        (
            row.citation,
            row.jurisdiction_name,
            row.kind,
            _status(row.status, row.note),
            row.passed or "",
            row.effective or "",
            row.amended or "",
            row.protects,
            row.synthetic,
            ", ".join(row.conduct),
            "; ".join(row.penalties),
            row.document,
        )
        for row in result.rows
    )
    columns = (
        "law", "jurisdiction", "kind", "status", "passed", "effective", "amended",
        "protects", "synthetic", "conduct", "penalties", "document",
    )  # fmt: skip
    ids = [row.document for row in result.rows]
    return _view(catalogue, title, columns, rows, result.rows, ids, _found(result, "law"), result.as_of)


def view_of_comparison(catalogue: Catalogue, comparison: Comparison, title: str = "Comparison") -> View:
    """Return the view of a comparison, one row for each cell."""
    cells = comparison.rows
    rows = tuple(
        (
            cell.jurisdiction_name,
            cell.label,
            cell.value,
            "; ".join(cell.also),
            cell.citation,
            cell.status,
            cell.since or "",
            " ".join(cell.documents),
        )
        for cell in cells
    )
    columns = ("jurisdiction", "question", "answer", "also", "citation", "status", "since", "documents")
    ids = [document for cell in cells for document in cell.documents]
    main = comparison.cells
    silent = sum(cell.verdict == "not-in-corpus" for cell in main)
    summary = f"{_counted(len(comparison.jurisdictions), 'jurisdiction')}, "
    summary += f"{_counted(len(comparison.questions), 'question')}."
    if silent:
        summary += f" {silent} of {_counted(len(main), 'cell')} {'is' if silent == 1 else 'are'} not in the corpus,"
        summary += " which does not show that there is no law."
    if more := sum(bool(cell.also) for cell in main):
        summary += f" {_counted(more, 'cell')} also {'names' if more == 1 else 'name'} bills or other laws."
    return _view(catalogue, title, columns, rows, [_flat(cell) for cell in cells], ids, summary, comparison.as_of)


def view_of_timeline(catalogue: Catalogue, result: Result[Event], title: str = "Timeline") -> View:
    """Return the view of a timeline."""
    rows = tuple(
        (
            row.date,
            row.event + (" (announced, not confirmed)" if row.expected else ""),
            row.title,
            row.citation,
            row.jurisdiction_name,
            row.kind,
            row.status,
            row.document,
        )
        for row in result.rows
    )
    columns = ("date", "event", "title", "citation", "jurisdiction", "kind", "status", "document")
    ids = [row.document for row in result.rows]
    return _view(catalogue, title, columns, rows, result.rows, ids, _found(result, "event"), result.as_of)


def view_of_coverage(catalogue: Catalogue, result: Result[Holding], title: str = "Coverage") -> View:
    """Return the view of the corpus's holdings and their gaps."""
    rows = tuple(
        (
            row.jurisdiction_name,
            row.kind,
            row.title,
            row.as_of,
            ", ".join(row.gaps),
            f"{len(row.unseen)} of {row.sources}",
            str(len(row.reported)),
            row.document,
        )
        for row in result.rows
    )
    columns = ("jurisdiction", "kind", "title", "as of", "gaps", "sources not seen", "reported facts", "document")
    ids = [row.document for row in result.rows]
    summary = _found(result, "document")
    if result.rows and not result.left_out:
        summary += f" Jurisdictions: {len({count.jurisdiction for count in tally(result.rows)})}."
    return _view(catalogue, title, columns, rows, result.rows, ids, summary)


def view_of_answer(catalogue: Catalogue, answer: Answer) -> View:
    """Return the view of an answer: its sources as rows, or its table."""
    columns: tuple[str, ...] = (
        "number", "citation", "pinpoint", "title", "jurisdiction", "kind", "status", "as of", "url", "document",
    )  # fmt: skip
    rows: tuple[tuple[str, ...], ...] = tuple(
        (
            str(source.number),
            source.citation,
            source.pinpoint,
            source.title,
            source.jurisdiction_name,
            source.kind,
            source.status,
            source.as_of,
            " ".join(source.urls),
            source.document,
        )
        for source in answer.sources
    )
    if answer.table:
        columns, rows = answer.table.columns, answer.table.rows
    ids = [source.document for source in answer.sources]
    records = [source.model_dump(mode="json") for source in answer.sources]
    view = _view(catalogue, answer.question, columns, rows, records, ids, "")
    return dataclasses.replace(view, answer=answer)


def _view(
    catalogue: Catalogue,
    title: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    found: Sequence[Any],
    ids: Iterable[str],
    summary: str,
    on_day: str | None = None,
) -> View:
    known = [catalogue.documents[name] for name in dict.fromkeys(ids) if name in catalogue.documents]
    records = tuple(dict(row) if isinstance(row, dict) else dataclasses.asdict(row) for row in found)
    uncertain = sum(getattr(row, "certain", True) is False for row in found)
    if uncertain:
        summary += (
            f" {uncertain} of them {'is' if uncertain == 1 else 'are'} not certain for the chosen day: each says why."
        )
    return View(title, columns, rows, records, tuple(known), Stamp.of(catalogue, on_day), summary, _notes(known))


def _notes(documents: Sequence[Document]) -> tuple[str, ...]:
    """The caveats that the documents themselves call for."""
    bills = [document.citation for document in documents if document.status == "pending" and document.is_law]
    unseen = [document.citation for document in documents if not any(source.seen for source in document.sources)]
    unofficial = [document for document in documents if not any(source.official for source in document.sources)]
    notes = []
    if bills:
        notes.append(f"Bills, not law: {'; '.join(bills)}.")
    if unseen:
        notes.append(f"Cited from sources that were not re-read: {'; '.join(unseen)}.")
    if unofficial:
        notes.append(f"{len(unofficial)} of {len(documents)} documents rest on no official source.")
    return tuple(notes)


def _found(result: Result[Any], what: str) -> str:
    if result.message:
        return result.message
    first = f"; the first {len(result.rows)} are shown" if result.left_out else ""
    return f"{_counted(len(result.rows) + result.left_out, what)} of {result.total} in the corpus{first}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _status(status: str, note: str) -> str:
    return f"{status} ({note})" if note else status


def _flat(cell: Cell) -> dict[str, Any]:
    """A cell as an object; its subdivisions follow as rows of their own."""
    record = dataclasses.asdict(dataclasses.replace(cell, subdivisions=()))
    for finding in record["findings"]:
        del finding["weight"]  # of use in sorting only
    return {**record, "subdivisions": [part.jurisdiction for part in cell.subdivisions]}
