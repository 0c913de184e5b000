"""What the command line prints: answers, passages and progress, for a person or for a program."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.box import HORIZONTALS
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from corpus.model import Document
from rag.assistant import Assistant
from rag.model import Answer, AnswerSource, ScoredPassage
from rag.refusal import Explanation

out = Console(soft_wrap=False, highlight=False)
err = Console(stderr=True, highlight=False)

_STATUS_STYLE = {
    "in-force": "green",
    "final": "green",
    "pending": "yellow",
    "not-yet-in-force": "yellow",
    "on-appeal": "yellow",
    "repealed": "red",
    "lapsed": "red",
    "struck-down": "red",
    "overturned": "red",
    "superseded": "red",
}


@contextmanager
def opened(rebuild: bool = False) -> Iterator[Assistant]:
    """Open the assistant; if the index has to be built, say why and show how far it is (on standard error)."""
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(), console=err, transient=True,
    )  # fmt: skip
    task = bar.add_task("Reading the corpus into the index", total=None)

    def show(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)

    try:
        assistant = Assistant.open(progress=show, tell=lambda line: err.print(escape(line)), rebuild=rebuild)
    finally:
        if bar.live.is_started:
            bar.stop()
    for fault in assistant.index.catalogue.faults:
        err.print(f"Left out: {escape(str(fault))}")
    yield assistant


def print_answer(answer: Answer) -> None:
    """Print an answer for a person."""
    out.print()
    out.print(Text(answer.prose))
    if answer.table:
        print_table(answer.table.columns, answer.table.rows)
    for service in answer.help:
        out.print(Panel(f"{escape(service.contact)}\n{escape(service.url)}", title=escape(service.service)))
    if answer.sources:
        out.print()
    for source in answer.sources:
        out.print(_source_line(source))
        for url in source.urls:
            out.print(Text(f"    {url}", style="dim"), soft_wrap=True)
    out.print(Text("\nNot legal advice.", style="dim"))


def print_passages(found: list[ScoredPassage], documents: dict[str, Document]) -> None:
    """Print passages with their scores."""
    for place, item in enumerate(found, 1):
        document = documents[item.passage.document]
        out.print(Text.assemble((f"{place}. ", "bold"), (document.citation, "bold"), f" · {item.passage.pinpoint}"))
        out.print(
            Text(
                f"   {document.id} · score {item.score:.2f} (dense {item.dense:.2f}, lexical {item.lexical:.1f})",
                style="dim",
            )
        )
        out.print(Text(item.passage.text))
        out.print()


def print_documents(documents: list[Document]) -> None:
    """Print a list of documents as a table."""
    rows = [(item.id, item.kind, item.jurisdiction, item.status, item.as_of, item.citation) for item in documents]
    print_table(("document", "kind", "jurisdiction", "status", "as of", "citation"), rows)
    out.print(f"{len(documents)} documents")


def print_document(document: Document) -> None:
    """Print a digest in full."""
    out.print(Text(document.title, style="bold"))
    out.print(Text(document.citation))
    out.print(
        Text.assemble(
            f"{document.id} · {document.kind} · {document.jurisdiction} · ",
            (document.status, _STATUS_STYLE.get(document.status, "")),
            f" · as of {document.as_of}",
        )
    )
    body = document.text.split("\n---", 1)[1].lstrip("-\n ")
    out.print(Text(f"\n{body.rstrip()}\n"))
    for source in document.sources:
        note = "" if source.seen else " (page not re-read)"
        out.print(Text(f"[^{source.id}] {source.publisher}: {source.title}{note}\n      {source.url}"), soft_wrap=True)


def print_explanation(shown: Explanation) -> None:
    """Print how a request was judged."""
    decision = shown.decision
    found = " ".join(word for word in (decision.outcome, decision.category, decision.rule) if word)
    out.print(Text.assemble(("decision   ", "bold"), found))
    if decision.reason:
        out.print(Text.assemble(("reason     ", "bold"), decision.reason))
    out.print(Text.assemble(("language   ", "bold"), decision.language))
    for how, text in shown.readings:
        out.print(Text.assemble(("read       ", "bold"), f"{how}: {text}"))
    for step in shown.steps:
        out.print(Text.assemble(("normalised ", "bold"), step))
    for hit in decision.fired:
        out.print(Text.assemble(("fired      ", "bold"), f"{hit.rule} ({hit.category}): {hit.clause}"))
    for name, score in list(shown.scores.items())[:5]:
        out.print(Text.assemble(("classifier ", "bold"), f"{score:.2f} {name}"))
    if decision.lawful_part:
        out.print(Text.assemble(("answered   ", "bold"), decision.lawful_part))


def fail(message: str) -> None:
    """Print an error on standard error, as plain text."""
    err.print(Text(message), soft_wrap=True)


def print_line(line: str) -> None:
    """Print one line for a program, exactly as it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _source_line(source: AnswerSource) -> Text:
    line = Text.assemble(
        (f"[{source.number}] ", "bold"),
        f"{source.citation}, {source.pinpoint} · {source.jurisdiction_name} · ",
        (source.status, _STATUS_STYLE.get(source.status, "")),
        f" · as of {source.as_of}",
    )
    if not source.seen:
        line.append(" · source not re-read", style="yellow")
    return line


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows between lines, without breaking a word or a document's id, which has to be copied in one piece."""
    lined = any("\n" in cell or len(cell) > 30 for row in rows for cell in row)
    table = Table(box=HORIZONTALS, show_lines=lined, header_style="bold")
    cells = [[column, *(row[place] for row in rows)] for place, column in enumerate(columns)]
    room = out.width - 3 * len(columns) - 1
    for column, width in zip(columns, _widths(cells, room), strict=True):
        table.add_column(column, overflow="fold", width=width)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    out.print(table)


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int | None]:
    """How wide each column is: at least its longest word, the rest by the length of its texts; None where the words
    alone have no room, so that they must be broken."""
    least = [max((cell_len(word) for cell in column for word in _words(cell)), default=1) for column in columns]
    full = [max((cell_len(line) for cell in column for line in cell.splitlines()), default=1) for column in columns]
    spare, wished = room - sum(least), sum(full) - sum(least)
    if spare < 0:
        return [None] * len(columns)
    share = min(1.0, spare / wished) if wished else 0.0
    return [low + int((high - low) * share) for low, high in zip(least, full, strict=True)]


_LONGEST_WORD = 16
_ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+|[0-9-]+")


def _words(cell: str) -> list[str]:
    """The words of a cell that must not be broken."""
    return [word for word in cell.split() if len(word) <= _LONGEST_WORD or _ID.fullmatch(word)]
