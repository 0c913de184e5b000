"""Read a digest from Markdown with YAML front matter, keeping exact offsets and line numbers."""

import hashlib
import re
from bisect import bisect_right
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from corpus.errors import Fault, FaultyDocumentError
from corpus.model import Document, Section, Sentence
from corpus.split import sentence_spans

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same result
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---[ \t]*\n", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*$", re.MULTILINE)
BLOCK = re.compile(r"#{1,6}[ \t].*\S|\S(?:.*\S)?(?:\n(?![ \t]*\n|#{1,6}[ \t]).*\S)*")
"""A heading line, or a paragraph: lines up to a blank line or a heading."""
_MARKERS = re.compile(r"(?:\s*\[\^[\w-]+\])+\s*\Z")
_MARKER = re.compile(r"\[\^([\w-]+)\]")
_PINPOINT = re.compile(r"\s+[—–]\s+")


def read_document(path: Path) -> Document:
    """Read the digest at `path`.

    Raises:
        FaultyDocumentError: with each thing that is wrong, as `file:line: what is wrong and what is expected`.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FaultyDocumentError([Fault(path, line, "not UTF-8 text; save the file as UTF-8")]) from None
    except OSError as error:
        raise FaultyDocumentError([Fault(path, 1, f"can't be read: {error.strerror or error}")]) from None
    match = _FRONT_MATTER.match(text)
    if not match:
        raise FaultyDocumentError(
            [Fault(path, 1, "no front matter; a document starts with '---', YAML and '---' (see FORMAT.md)")]
        )
    metadata, lines = _front_matter(match[1], path)
    try:
        document = Document(
            **metadata,
            folder=path.parent.name,
            text=text,
            digest=hashlib.sha256(raw).hexdigest(),
            sections=_sections(text, match.end()),
        )
    except ValidationError as error:
        faults = [
            Fault(path, _line_of(item["loc"], lines), _message(item["loc"], item["msg"])) for item in error.errors()
        ]
        raise FaultyDocumentError(sorted(faults)) from None
    if document.id != path.stem:
        message = f"id {document.id!r} is not the file's stem; expected {path.stem!r}"
        raise FaultyDocumentError([Fault(path, lines.get(("id",), 1), message)])
    return document


def line_of_offset(text: str, offset: int) -> int:
    """Return the 1-based line of a character offset."""
    return text.count("\n", 0, offset) + 1


def _front_matter(block: str, path: Path) -> tuple[dict[str, Any], dict[tuple[str | int, ...], int]]:
    """Parse the YAML block; return its values (all strings) and the line of each key."""
    try:
        loader = _Loader(block)
        node = loader.get_single_node()
        values: dict[str, Any] = loader.construct_document(node) if node else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = (mark.line if mark else 0) + 2
        raise FaultyDocumentError([Fault(path, line, f"front matter is not YAML: {problem}")]) from None
    if not isinstance(node, yaml.MappingNode):
        raise FaultyDocumentError([Fault(path, 2, "front matter is not a mapping of fields")])
    lines: dict[tuple[str | int, ...], int] = {}
    duplicates = _note_lines(node, (), lines)
    reserved = [key.value for key, _ in node.value if key.value in {"folder", "text", "digest", "sections"}]
    faults = [Fault(path, line, f"field {key!r} is given twice") for key, line in duplicates]
    faults += [Fault(path, lines[(key,)], f"unknown field {key!r}; FORMAT.md lists the fields") for key in reserved]
    if faults:
        raise FaultyDocumentError(faults)
    return values, lines


def _note_lines(
    node: yaml.Node, at: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]
) -> list[tuple[str, int]]:
    """Note the line of every key and item below `node`; return the keys that occur twice in one mapping."""
    twice = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*at, key.value)
            if place in lines:
                twice.append((key.value, key.start_mark.line + 2))
            lines[place] = key.start_mark.line + 2
            twice += _note_lines(value, place, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*at, index)] = value.start_mark.line + 2
            twice += _note_lines(value, (*at, index), lines)
    return twice


def _line_of(place: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _message(place: tuple[str | int, ...], message: str) -> str:
    name = ".".join(str(part) for part in place if part != "[key]")
    if message == "Extra inputs are not permitted":
        return f"unknown field {name!r}; FORMAT.md lists the fields"
    return f"{name}: {message.removeprefix('Value error, ')}"


def _sections(text: str, body_start: int) -> tuple[Section, ...]:
    headings = list(_HEADING.finditer(text, body_start))
    paragraphs = list(BLOCK.finditer(text, body_start))
    starts = [paragraph.start() for paragraph in paragraphs]
    sections = []
    for index, heading in enumerate(headings):
        end = headings[index + 1].start() if index + 1 < len(headings) else len(text)
        sentences: list[Sentence] = []
        for number in range(bisect_right(starts, heading.end()), bisect_right(starts, end - 1)):
            sentences += _sentences(paragraphs[number], number)
        pinpoint = _PINPOINT.split(heading[2], maxsplit=1)[0]
        sections.append(
            Section(heading=heading[2], pinpoint=pinpoint, start=heading.start(), end=end, sentences=tuple(sentences))
        )
    return tuple(sections)


def _sentences(paragraph: re.Match[str], number: int) -> list[Sentence]:
    prose = paragraph[0]
    markers = _MARKERS.search(prose)
    cited = tuple(dict.fromkeys(_MARKER.findall(prose)))
    if markers:
        prose = prose[: markers.start()]
    offset = paragraph.start()
    return [
        Sentence(text=prose[start:end], start=offset + start, end=offset + end, paragraph=number, sources=cited)
        for start, end in sentence_spans(prose)
    ]
