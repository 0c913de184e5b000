"""Check a tree of digests against `FORMAT.md`: what one document breaks, and what only the whole tree shows."""

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.errors import Fault
from corpus.model import Document
from corpus.read import BLOCK, line_of_offset

WORDS = range(120, 1101)
QUOTED_WORDS = 25

_MARKER = re.compile(r"\[\^([\w-]+)\]")
_ENDS_WITH_MARKER = re.compile(r"\[\^[\w-]+\]\s*\Z")
_QUOTATION = re.compile(r"[\"“]([^\"”]+)[\"”]")
_TRACKING = re.compile(r"[?&](?:utm_\w+|msclkid|gclid|fbclid)=")
_HEADING = re.compile(r"#{1,6}[ \t]")


def check(catalogue: Catalogue) -> list[Fault]:
    """Return every fault of the tree, sorted by file and line; an empty list is a sound corpus."""
    faults = list(catalogue.faults)
    for document in catalogue.documents.values():
        path = catalogue.paths[document.id]
        faults += _check_case(document, path)
        faults += _check_sources(document, path)
        faults += _check_links(document, path, catalogue)
        faults += _check_body(document, path)
    return sorted(faults)


def _check_case(document: Document, path: Path) -> Iterator[Fault]:
    if document.kind == "case":
        for name in ("court", "outcome"):
            if not getattr(document, name):
                yield Fault(path, 1, f"a case with no {name}; expected the field {name!r} in the front matter")


def _check_sources(document: Document, path: Path) -> Iterator[Fault]:
    ids = [source.id for source in document.sources]
    for source_id in sorted({name for name in ids if ids.count(name) > 1}):
        yield Fault(path, _source_lines(document, source_id)[1], f"source {source_id!r} is defined twice")
    body_start = document.sections[0].start if document.sections else 0
    used: dict[str, int] = {}
    for marker in _MARKER.finditer(document.text, body_start):
        used.setdefault(marker[1], marker.start())
    for name, offset in used.items():
        if name not in ids:
            line = line_of_offset(document.text, offset)
            yield Fault(path, line, f"[^{name}] is no source; expected one of {', '.join(ids)}")
    for source in document.sources:
        if _TRACKING.search(source.url):  # who follows a link to help is nobody's business
            line = line_of_offset(document.text, document.text.index(source.url))
            yield Fault(path, line, f"the address of source {source.id!r} tracks who follows it; cut its query")
    for name in ids:
        if name not in used:
            yield Fault(path, _source_lines(document, name)[0], f"source {name!r} is never used; cite it or remove it")


def _check_links(document: Document, path: Path, catalogue: Catalogue) -> Iterator[Fault]:
    for name in ("related", "applies"):
        for other in getattr(document, name):
            if other not in catalogue.documents:
                yield Fault(path, _key_line(document, name), f"{name}: no document {other!r} in the corpus")


def _check_body(document: Document, path: Path) -> Iterator[Fault]:
    if not any(section.heading == "At a glance" for section in document.sections):
        yield Fault(path, 1, "no section '## At a glance'")
    front_matter_end = document.text.index("\n---", 3) + 4
    body = document.text[front_matter_end:]
    words = len(body.split())
    if words not in WORDS:
        yield Fault(path, 1, f"{words} words; expected {WORDS.start} to {WORDS.stop - 1}")
    first = BLOCK.search(body)
    if first and not _HEADING.match(first[0]):
        yield Fault(path, _at(document, front_matter_end + first.start()), "text before the first heading")
    for block in BLOCK.finditer(body):
        line = _at(document, front_matter_end + block.start())
        if block[0].startswith("# "):
            yield Fault(path, line, "first-level heading in the body; expected '## '")
        elif not _HEADING.match(block[0]) and not _ENDS_WITH_MARKER.search(block[0]):
            yield Fault(path, line, "paragraph with no source at its end; expected [^id] as its last word")
    for quotation in _QUOTATION.finditer(body):
        length = len(quotation[1].split())
        if length > QUOTED_WORDS:
            line = _at(document, front_matter_end + quotation.start())
            yield Fault(path, line, f"quotation of {length} words; expected {QUOTED_WORDS} at the most")


def _at(document: Document, offset: int) -> int:
    return line_of_offset(document.text, offset)


def _key_line(document: Document, key: str) -> int:
    match = re.search(rf"^{key}[ \t]*:", document.text, re.MULTILINE)
    return _at(document, match.start()) if match else 1


def _source_lines(document: Document, source_id: str) -> list[int]:
    """Return the lines that define a source of this id, then 1 where there are fewer than two."""
    pattern = rf"(?<![\w-])id:[ \t]*[\"']?{re.escape(source_id)}[\"']?[ \t]*(?=[,}}#]|$)"
    return [_at(document, match.start()) for match in re.finditer(pattern, document.text, re.MULTILINE)] + [1, 1]
