"""The memo: short answer, background law, analysis by jurisdiction, caveats, sources; as data and in Markdown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.jurisdictions import name_of
from corpus.model import Document
from corpus.query.detail import reference
from rag.model import Answer, AnswerSource
from ui.export.view import View

NOT_ADVICE = "Information about the law, not legal advice."


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bullets | Heading | Grid


@dataclass(frozen=True)
class Section:
    """One part of the memo."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Memo:
    """A memo, ready to be written as Markdown or as a Word document."""

    title: str
    stamp: str
    sections: tuple[Section, ...]


def memo_of(view: View) -> Memo:
    """Return the memo of a table or of an answer."""
    short, analysis = _of_answer(view.answer) if view.answer else _of_rows(view)
    sections = (
        Section("Short answer", short),
        Section("Background law", _background(view.documents)),
        Section("Analysis by jurisdiction", analysis),
        Section("Caveats", (Bullets((*view.notes, *_dates(view.documents), NOT_ADVICE)),)),
        Section("Sources", (Bullets(tuple(_source(document) for document in view.documents) or ("None.",)),)),
    )
    return Memo(view.title, view.stamp.text, sections)


def to_markdown(memo: Memo) -> str:
    """Return the memo in Markdown."""
    lines = [f"# {_plain(memo.title)}", "", f"*{memo.stamp}*", ""]
    for section in memo.sections:
        lines += [f"## {section.heading}", ""]
        for block in section.blocks:
            lines += [*_block(block), ""]
    return "\n".join(lines).rstrip() + "\n"


def _of_rows(view: View) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    places: dict[str, list[tuple[str, ...]]] = {}
    for record, row in zip(view.records, view.rows, strict=True):
        places.setdefault(str(record.get("jurisdiction_name", "")), []).append(row)
    blocks: list[Block] = []
    for place, rows in sorted(places.items()):
        blocks += [Heading(place), Grid(view.columns, tuple(rows))]
    return (Paragraph(view.summary),), tuple(blocks) or (Paragraph("Nothing matched."),)


def _of_answer(answer: Answer) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The answer's own words first, then its cited sentences under the jurisdiction of their first source."""
    by_number = {source.number: source for source in answer.sources}
    places: dict[str, list[str]] = {}
    for sentence in answer.sentences:
        cited = [by_number[number] for number in sentence.citations if number in by_number]
        if cited:
            places.setdefault(cited[0].jurisdiction_name, []).append(f"{sentence.text} ({_pinpoints(cited)})")
    blocks: list[Block] = []
    for place, items in sorted(places.items()):
        blocks += [Heading(place), Bullets(tuple(items))]
    if answer.table:
        blocks.append(Grid(answer.table.columns, answer.table.rows))
    return (Paragraph(answer.text),), tuple(blocks) or (Paragraph("No sentence of the answer cites a source."),)


def _pinpoints(cited: Iterable[AnswerSource]) -> str:
    return "; ".join(f"{source.citation}, {source.pinpoint}" for source in cited)


def _background(documents: Iterable[Document]) -> tuple[Block, ...]:
    laws = [document for document in documents if document.is_law]
    if not laws:
        return (Paragraph("No law of the corpus is cited."),)
    items = tuple(
        f"{law.citation} ({name_of(law.jurisdiction)}): {law.title}; {law.status}, as of {law.as_of}" for law in laws
    )
    return (Bullets(items),)


def _dates(documents: Iterable[Document]) -> tuple[str, ...]:
    oldest = min(documents, key=lambda document: document.as_of, default=None)
    if oldest is None:
        return ()
    return (f"The oldest confirmation of a status is of {oldest.as_of} ({oldest.citation}).",)


def _source(document: Document) -> str:
    line = reference(document)
    dated = f", {line.date}" if line.date else ""
    sources = "; ".join(
        f"{source.publisher}, {source.url}" + ("" if source.seen else " (page not re-read)")
        for source in document.sources
    )
    return f"{line.citation}{dated} [{line.document}]: {sources}"


def _block(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Heading):
        return [f"### {_plain(block.text)}"]
    if isinstance(block, Bullets):
        return [f"- {_plain(item)}" for item in block.items]
    head = [f"| {' | '.join(block.columns)} |", f"| {' | '.join('---' for _ in block.columns)} |"]
    return [*head, *(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in block.rows)]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _cell(text: str) -> str:
    return _plain(text).replace("\\", r"\\").replace("|", r"\|")
