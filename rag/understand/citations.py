"""Read legal citations in the forms that people type, and say which documents and provisions they point at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Document

_NUMBER = r"\d+(?:[.:\-–]\d+)*[A-Za-z]{0,3}(?:[.\-–]\d+)*"
_PARTS = r"(?:\s?\([0-9A-Za-z]{1,5}\))*"

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "usc",
        re.compile(
            rf"\b(\d+)\s*U\.?\s?S\.?\s?C(?:ode|\.)?\s*(?:§+|sec(?:tion|\.)?|s\.?)?\s*({_NUMBER})({_PARTS})", re.I
        ),
    ),
    ("publ", re.compile(r"\b(?:Pub(?:lic)?\.?\s*L(?:aw|\.)?|P\.?L\.?)\s*(?:No\.?\s*)?(\d+)[-–](\d+)\b", re.I)),
    (
        "bill",
        re.compile(
            r"(?<![\w'’])(H\.?\s?B|S\.?\s?B|A\.?\s?B|L\.?\s?B|H\.?\s?R|H\.?\s?F|S\.?\s?F|C|S|PL)\.?[\s-]?(\d{1,5})\b"
        ),
    ),
    ("com", re.compile(r"\bCOM\s?\((\d{4})\)\s?(\d+)", re.I)),
    (
        "eu",
        re.compile(r"\b(?:Regulation|Directive)\s*(?:\((?:EU|EC|EEC)\)\s*)?(?:No\.?\s*)?(\d{4}/\d{1,4})\b", re.I),
    ),
    ("report", re.compile(r"[\[(]((?:19|20)\d\d)[\])]\s*(\d*)\s*([A-Z][A-Za-z.]{1,8}(?:\s?[A-Z][a-z]+)?)\s*(\d+)")),
    ("article", re.compile(rf"\b(?:articles?|arts?\.?|artículo|artikel)\s*({_NUMBER})({_PARTS})", re.I)),
    (
        "section",
        re.compile(rf"(?:(?<![\w'’])(?:sections?|secs?\.?|ss?\.?|paragraph|para\.?)|§+)\s*({_NUMBER})({_PARTS})", re.I),
    ),
)


@dataclass(frozen=True)
class Citation:
    """A citation as read: its form, its key without punctuation, the subdivisions, and the words as typed."""

    form: str
    key: str
    parts: str
    typed: str

    @property
    def number(self) -> str:
        """The provision's own number: "2252a" of 18 U.S.C. § 2252A(b)(2)."""
        return self.key.split()[-1]


def read_citations(text: str) -> list[Citation]:
    """Return the citations of a text in the order of the text; an overlapping one of a later form is left out."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Citation]] = []
    for form, pattern in _FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append((match.start(), _citation(form, match)))
    return [citation for _, citation in sorted(found, key=lambda item: item[0])]


def _citation(form: str, match: re.Match[str]) -> Citation:
    groups = [re.sub(r"[\s.]", "", group or "").replace("–", "-").casefold() for group in match.groups()]
    if form in {"usc", "article", "section"}:
        # A full stop inside a number is part of it ("163.1"); one after it ends the sentence.
        numbers = [(group or "").rstrip(".").replace("–", "-").casefold() for group in match.groups()[:-1]]
        return Citation(form, " ".join(numbers), groups[-1], match[0].strip())
    return Citation(form, " ".join(group for group in groups if group), "", match[0].strip())


class CitedProvisions:
    """The documents of a corpus by the citations in their names, and by the numbers of their sections."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._named: dict[tuple[str, str], set[str]] = {}
        self._numbered: dict[str, set[str]] = {}
        for document in documents:
            for citation in read_citations(" ; ".join(document.names)):
                self._named.setdefault((citation.form, citation.key), set()).add(document.id)
                self._numbered.setdefault(citation.number, set()).add(document.id)
            for section in document.sections:
                for citation in read_citations(section.pinpoint):
                    self._numbered.setdefault(citation.number, set()).add(document.id)

    def documents(self, citation: Citation) -> set[str]:
        """Return the documents that a citation names; a bare section or article may be that of several."""
        exact = self._named.get((citation.form, citation.key), set())
        if exact or citation.form not in {"section", "article"}:
            return exact
        return self._numbered.get(citation.number, set())
