"""Trace what an answer says back to the digests: passages word for word, table cells to text or front matter."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from corpus.catalogue import Catalogue
from corpus.jurisdictions import gazetteer
from corpus.model import Document
from eval.text import fold

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
# Words that join the facts of a cell and state none themselves.
_CONNECTING = frozenset(
    _TOKEN.findall(
        "a an and or of to in on for by with the at least most up from until since no none not stated given is are as "
        "maximum minimum max min term prison imprisonment fine year years month months day days yes"
    )
)
_QUANTITY = re.compile(r"(\d+(?:[.,]\d+)*)[ -](years?|months?|days?|weeks?|hours?)\b")
_PARTS = re.compile(r"\s*(?:;|<br\s*/?>|\n|·)\s*")
_MISSING = frozenset({"", "-", "none", "not stated", "n/a"})


class Digests:
    """The documents of a catalogue, folded for matching; each is folded once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._text = lru_cache(maxsize=None)(self._folded)
        self._tokens = lru_cache(maxsize=None)(lambda document: frozenset(_TOKEN.findall(self._text(document))))

    def text(self, document: str) -> str:
        """Return a document's front matter (as written and as a reader sees it) and body, folded; "" if unknown."""
        return self._text(document)

    def contains(self, document: str, passage: str) -> bool:
        """Whether the passage stands in the document, word for word; so that no system can quote itself."""
        return bool(passage) and fold(passage) in self._text(document)

    def cell_is_traced(self, cell: str, documents: Iterable[str]) -> bool:
        """Whether each part of a table cell comes from one of the documents.

        A part is traced if it occurs as it stands, or if all its words do and each number does with its unit.
        """
        known = [document for document in documents if self._text(document)]
        parts = [part for part in _PARTS.split(fold(cell)) if part not in _MISSING]
        return all(any(self._part_is_traced(part, document) for document in known) for part in parts)

    def _part_is_traced(self, part: str, document: str) -> bool:
        text = self._text(document)
        if part in text:
            return True
        if any(f"{number} {unit.rstrip('s')}" not in text for number, unit in _QUANTITY.findall(part)):
            return False
        return set(_TOKEN.findall(part)) - _CONNECTING <= self._tokens(document)

    def _folded(self, name: str) -> str:
        document = self.catalogue.documents.get(name)
        return fold("\n".join((document.text, *rendered(document)))) if document else ""


def rendered(document: Document) -> Iterator[str]:
    """Yield the front matter's values as a reader sees them: names for codes, terms with units, dates in words."""
    for code in {document.jurisdiction, document.country} & gazetteer().keys():
        entry = gazetteer()[code]
        yield from (entry.name, *entry.names, *entry.demonyms)
    values = (document.kind, document.status, document.protects, document.synthetic, document.outcome or "")
    for value in (*values, *document.conduct, *document.dates):
        yield value.replace("-", " ")
    for when in (document.as_of, *document.dates.values()):
        yield from (when, _in_words(when))
    for penalty in document.penalties:
        for years in (penalty.prison_years_min, penalty.prison_years_max):
            if years is not None:
                yield from _terms(years * 12)
        if penalty.life:
            yield "life imprisonment"
        yield " ".join(act.replace("-", " ") for act in penalty.conduct)
    if document.sentence and document.sentence.prison_months is not None:
        yield from _terms(document.sentence.prison_months)
        yield "suspended" if document.sentence.suspended else "not suspended"


def _terms(months: float) -> Iterator[str]:
    """Yield the usual ways to write a term: "30 months", "2 years 6 months", "2.5 years"."""
    whole = round(months)
    years, rest = divmod(whole, 12)
    yield f"{whole} months"
    yield f"{months / 12:g} years"
    if years and rest:
        in_years, in_months = _counted(years, "year"), _counted(rest, "month")
        yield from (f"{in_years} {in_months}", f"{in_years} and {in_months}", f"{in_years}, {in_months}")
    elif whole:
        yield _counted(years, "year") if years else _counted(rest, "month")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _in_words(when: str) -> str:
    """Return "6 February 2026" for 2026-02-06 and "February 2026" for 2026-02."""
    year, month, day = ([int(part) for part in when.split("-")] + [0, 0])[:3]
    if not month:
        return when
    name = date(year, month, 1).strftime("%B")
    return f"{day} {name} {year}" if day else f"{name} {year}"
