"""Take an answer apart into the statements that must be cited: its sentences, and the rows of its tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.split import sentence_spans
from eval.answer import Answer
from eval.text import MARKER, fold, plain, table_rows, without_tables

MIN_WORDS = 4
"""A shorter sentence ("Yes.", "It depends.") is an opening, not a statement."""

_RUN = re.compile(r"(?:\s*\[\d{1,3}\])+")
_NUMBER = re.compile(r"\[(\d{1,3})\]")
_NOTE = re.compile(r"\([\w-]+(?:,? [\w-]+){0,13}\)")
"""A few words in brackets between two sentences, such as "(not yet in force)": a note on the cited one before it."""
_OF_ITSELF = re.compile(r"\bcorpus\b|\bi (?:can't|cannot|don't|do not)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """A sentence, or the cells of a table row, with the numbers of the sources that it cites."""

    text: str
    citations: tuple[int, ...]
    cells: tuple[str, ...] = ()
    """Empty for a sentence."""


def statements(answer: Answer) -> list[Statement]:
    """Return what the answer states, as its text shows it and as its data say it.

    Where text and data agree, each statement is listed once; where they differ, both are listed, so that a fault in
    either is seen. What a system says of itself, openings and lines that end in a colon state nothing.
    """
    rest = without_tables(answer.text)
    stated: list[Statement] = []
    for sentence in answer.sentences:
        shown, rest = _take(sentence.text, rest)
        declared = Statement(sentence.text.strip(), tuple(sorted(set(sentence.citations))))
        stated.append(declared)
        if shown is not None and shown != declared.citations:
            stated.append(Statement(declared.text, shown))
    stated += [found for block in re.split(r"\n+", rest) for found in _sentences(block)]
    stated += _rows(answer)
    return stated


def _take(sentence: str, text: str) -> tuple[tuple[int, ...] | None, str]:
    """Cut a declared sentence and the markers after it out of the text; None if it is not there."""
    place = text.find(sentence.strip())
    if not sentence.strip() or place < 0:
        return None, text
    end = place + len(sentence.strip())
    markers = _RUN.match(text, end)
    after = markers.end() if markers else end
    return _numbers(text[end:after]), f"{text[:place]}\n{text[after:]}"


def _sentences(block: str) -> Iterator[Statement]:
    """Yield the sentences of a line; markers belong to the sentence that they follow."""
    start = 0
    for run in (*_RUN.finditer(block), None):
        segment = plain(block[start : run.start() if run else len(block)]).strip().lstrip(".,; ")
        pieces = [segment[left:right] for left, right in sentence_spans(segment)] if segment else []
        for number, piece in enumerate(pieces):
            cited = _numbers(run[0]) if run and number == len(pieces) - 1 else ()
            if cited or _states(piece):
                yield Statement(piece, cited)
        start = run.end() if run else start


def _states(sentence: str) -> bool:
    if _NOTE.fullmatch(sentence.strip()):
        return False
    enough = len(re.findall(r"\w+", sentence)) >= MIN_WORDS
    return enough and not sentence.rstrip().endswith(":") and not _OF_ITSELF.search(sentence)


def _rows(answer: Answer) -> Iterator[Statement]:
    shown = [_row(cells) for cells in table_rows(answer.text)]
    yield from shown
    seen = {(tuple(map(fold, row.cells)), row.citations) for row in shown}
    table = answer.table
    for number, cells in enumerate(table.rows if table else ()):
        cited = table.citations[number] if table and number < len(table.citations) else ()
        own = {marker for cell in cells for marker in _numbers(cell)}
        row = Statement(" | ".join(cells), tuple(sorted({*cited, *own})), tuple(MARKER.sub("", cell) for cell in cells))
        if (tuple(map(fold, row.cells)), row.citations) not in seen:
            yield row


def _row(cells: list[str]) -> Statement:
    cited = sorted({number for cell in cells for number in _numbers(cell)})
    bare = tuple(MARKER.sub("", cell).strip() for cell in cells)
    return Statement(" | ".join(bare), tuple(cited), bare)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in _NUMBER.findall(text)}))
