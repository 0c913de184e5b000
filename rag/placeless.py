"""A plain question whether something is legal that names no country: the law of some countries side by side.

No answer to it holds everywhere, and the sentences nearest to its few words are of any country. So the comparison of
the front matter speaks, for the countries on which the corpus holds most. A question with any word beyond the plainest
asks for more than fields hold, and gets sentences.
"""

import re
from collections import Counter
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.model import Document
from corpus.query.compare import Cell, Comparison, compare, countries
from rag.model import Table, Understood
from rag.understand.kinds import read_conduct, without_manner
from rag.verdict import ACTS

DEPENDS = (
    "It depends on the country and on what is done. No country was named, so this is the law of some; name one to get "
    "its own. What is not listed may exist all the same."
)
COLUMNS = ("Jurisdiction", "Act", "What the law says", "Status", "This text since", "Law", "As of")
MAX_ROWS = 12
_USUAL = {"minors": ("create", "possess", "share"), "adults": ("create", "share"), "": ("create", "share")}
"""The acts that are shown where none is named, by whom the law is to protect."""
_LEGALITY = re.compile(
    r"\b(?:is|are|was|would|could|can|does|do|am|will)\b.*"
    r"\b(?:illegal|legal|crimes?|criminal|offen[cs]es?|against the law|allowed|banned|punish\w*|prohibited|unlawful|"
    r"lawful|outlawed|forbidden|permitted)\b",
    re.IGNORECASE,
)
_ASKED = (
    r"illegal(?:ly)?|legal(?:ly)?|crimes?|criminal|offen[cs]es?|against|laws?|allowed|banned|punish\w*|prohibited|unlawful"
    r"|lawful|outlawed|forbidden|permitted"
)
_ABOUT = (
    r"ai|artificial|intelligence|synthetic|virtual|computer|generated?|deep|deep ?fak\w*|fak\w+|porn\w*|nudes?|naked"
    r"|sexual\w*|sexy|sex|intimate|explicit|images?|pictures?|pics?|photos?|videos?|content|material|abuse|csam|child\w*"
    r"|kids?|minors?|underage|teen\w*|girls?|boys?|wom[ae]n|m[ae]n|people|persons?|someone\w*|somebody\w*|adults?"
    r"|classmates?|friends?|celebrit\w*|consent|permission"
)
_HAVING = r"hav(?:e|ing)|keep\w*|own(?:s|ing)?"
_DONE = (
    rf"{_HAVING}|ma[kd]e|making|creat\w*|produc\w*|shar(?:e|es|ed|ing)|post\w*|send\w*|distribut\w*|possess\w*"
    r"|threat\w*|sell\w*|sold|tools?|apps?|nudif\w*|undress\w*|us(?:e|ing)"
)
_FILLERS = (
    r"a|an|the|is|are|was|be|it|its|they|this|that|these|those|to|of|for|with|without|by|on|in|at|if|and|or|but|just|even"
    r"|really|actually|still|now|i|you|u|he|she|we|my|your|their|his|her|them|one|some|any|can|could|would|does|do|am"
    r"|will|get|hey|hi|please|pls|tell|me|know|wonder\w*|want|whether|not|so|when|who|else|other|another|no|as|such|like"
)
_HAS = re.compile(rf"\b(?:{_HAVING})\b", re.IGNORECASE)
_WORDS = re.compile(rf"(?:{_ASKED}|{_ABOUT}|{_DONE}|{_FILLERS})(?:'s)?", re.IGNORECASE)


@dataclass(frozen=True)
class Placeless:
    """A table of what the law of some countries says, and the document that each row rests on."""

    table: Table
    documents: tuple[Document, ...]


class Anywhere:
    """Answers plain questions of legality without a place from the front matter of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        held = Counter(document.country for document in catalogue.documents.values())
        self._places = sorted(countries(catalogue), key=lambda code: (-held[code], code))

    def find(self, understood: Understood, as_of: str | None = None) -> Placeless | None:
        """Return what the laws of some countries say; None where a place, a law or more than legality is asked."""
        text = without_manner(understood.question)
        if understood.jurisdictions or understood.documents or understood.comparison or understood.dates:
            return None
        if not _LEGALITY.search(text) or not all(map(_WORDS.fullmatch, re.findall(r"[^\W\d_][\w']*", text))):
            return None
        asked = _questions(text, understood.protects)
        compared = compare(self._catalogue, self._places, asked, as_of)
        cells = [cell for code in self._chosen(compared) for cell in (compared.cell(code, key) for key in asked)]
        shown = [(cell, self._catalogue.documents[cell.document]) for cell in cells if cell.document][:MAX_ROWS]
        if not shown:
            return None
        rows = tuple(_row(cell, document) for cell, document in shown)
        return Placeless(Table(columns=COLUMNS, rows=rows), tuple(document for _, document in shown))

    def _chosen(self, compared: Comparison) -> list[str]:
        """Return the countries on which the corpus holds most, of those with an offence in force for any question."""
        keys = compared.questions
        found = [code for code in self._places if any(compared.cell(code, key).verdict == "offence" for key in keys)]
        return found[: MAX_ROWS // len(keys)]


def _questions(text: str, protects: tuple[str, ...]) -> tuple[str, ...]:
    """Return the questions of the comparison that a text asks, by what is done and whom it is done to."""
    group = protects[0] if len(protects) == 1 else ""
    named = tuple(dict.fromkeys(ACTS[act] for act in read_conduct(text) if act in ACTS))
    acts = named or (("possess",) if _HAS.search(text) else _USUAL[group])
    return tuple(f"{act}-{whom}" for whom in ((group,) if group else ("adults", "minors")) for act in acts)


def _row(cell: Cell, document: Document) -> tuple[str, ...]:
    return (
        cell.jurisdiction_name,
        cell.label,
        cell.value,
        cell.status,
        cell.since or "",
        cell.citation,
        document.as_of,
    )
