"""The cited documents as BibTeX (the entry types of biblatex) and as CSL-JSON (the types of CSL 1.0.2)."""

import json
import re
from typing import Any

from corpus.jurisdictions import name_of
from corpus.model import Document, Source
from corpus.query.dates import date_of
from ui.export.view import View

_CSL_TYPE = {
    "statute": "legislation",
    "regulation": "legislation",
    "bill": "bill",
    "treaty": "treaty",
    "case": "legal_case",
    "guidance": "report",
    "report": "report",
    "article": "webpage",
    "platform-policy": "webpage",
    "resource": "webpage",
}

_BIBTEX_TYPE = {
    "legislation": "legislation",
    "bill": "legislation",
    "treaty": "legal",
    "legal_case": "jurisdiction",
    "report": "report",
    "webpage": "online",
}

_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def to_csl(view: View) -> str:
    """Return the cited documents as CSL-JSON."""
    items = [_csl_item(document, view.stamp.text) for document in view.documents]
    return json.dumps(items, ensure_ascii=False, indent=2)


def to_bibtex(view: View) -> str:
    """Return the cited documents as BibTeX, each keyed by its id."""
    entries = [_bibtex_entry(document, view.stamp.text) for document in view.documents]
    return "\n".join([f"% {view.stamp.text}", "", *entries])


def _csl_item(document: Document, stamp: str) -> dict[str, Any]:
    issued = date_of(document)
    source = _first_source(document)
    item = {
        "id": document.id,
        "type": _CSL_TYPE[document.kind],
        "title": document.title,
        "references": document.citation,
        "jurisdiction": name_of(document.jurisdiction),
        "authority": document.court,
        "status": document.status,
        "publisher": source.publisher,
        "URL": source.url,
        "issued": {"date-parts": [[int(part) for part in issued.split("-")]]} if issued else None,
        "note": f"Status {document.status} as of {document.as_of}. {stamp}",
    }
    return {name: value for name, value in item.items() if value is not None}


def _bibtex_entry(document: Document, stamp: str) -> str:
    source = _first_source(document)
    fields = {
        "title": document.title,
        "number": document.citation,
        "institution": document.court or source.publisher,
        "location": name_of(document.jurisdiction),
        "date": date_of(document),
        "url": source.url,
        "type": "bill" if document.kind == "bill" else None,
        "note": f"Status {document.status} as of {document.as_of}. {stamp}",
    }
    kind = _BIBTEX_TYPE[_CSL_TYPE[document.kind]]
    lines = [f"  {name} = {{{value if name == 'url' else escaped(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{document.id},", *lines, "}", ""])


def escaped(text: str) -> str:
    """Return the text with the characters that mean something to TeX escaped."""
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match.group(), rf"\{match.group()}"), text)


def _first_source(document: Document) -> Source:
    """The source to cite: of a decision the first, since its official ones are often the statute that it applied; of
    others the official one that was read, else an official one, else the first."""
    if document.kind == "case":
        return document.sources[0]
    return min(document.sources, key=lambda source: (not source.official, not source.seen))
