"""A plain question whether something is legal, or what it is punished with, that names no country: the law of some.

No answer to it holds everywhere, and the sentences nearest to its few words are of any country. So the comparison of
the front matter speaks, for the countries on which the corpus holds most. A question with any word beyond the plainest
asks for more than fields hold, and gets sentences.
"""

import re
from collections import Counter
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.model import Document
from corpus.query.compare import Cell, compare, countries
from rag.model import Table, Understood
from rag.understand.kinds import read_conduct, without_manner
from rag.verdict import ACTS

DEPENDS = (
    "It depends on the country and on what is done. No country was named, so here are laws in force of some that "
    "punish it with imprisonment; name one to get its own. Laws of states and provinces, bills and disputed law are "
    "left out; what is not listed may be punished all the same."
)
COLUMNS = ("Jurisdiction", "Act", "What the law says", "Status", "This text since", "Law", "As of")
MAX_ROWS = 12
MAX_PLACES = 6
_USUAL = {"minors": ("create", "possess", "share"), "adults": ("create", "share"), "": ("create", "share")}
"""The acts that are shown where none is named, by whom the law is to protect."""
_LEGALITY = re.compile(
    r"\b(?:illegal(?:ly)?|legal(?:ly)?|crimes?|criminal\w*|offen[cs]es?|laws? against|against the law|allowed|banned"
    r"|punish\w*|prohibited|unlawful|lawful|outlawed|forbidden|permitted|jail|prison|penalt(?:y|ies)|sentences?)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\bdeep ?fak\w*|\bfak\w+ (?:nudes?|porn\w*|sex\w*)|\bcsam\b|\bchild (?:porn\w*|sexual abuse)"
    r"|\b(?:ai|artificial|synthetic|virtual|generated|fake)\b.*\b(?:porn\w*|nudes?|naked|sex\w*|intimate|explicit|abuse)\b",
    re.IGNORECASE,
)
_BY_THE_YOUNG = re.compile(
    r"\b(?:can|could|are|for|do|does|if|will) (?:an? |the )?(?:kids?|child|children|minors?|teen\w*|girls?|boys?)\b",
    re.IGNORECASE,
)
"""Who asks so may ask about children who do it, not about those to whom it is done."""
_WITHOUT_CONSENT = re.compile(
    r"\bwithout (?:(?:my|your|his|her|their|any|the) )?(?:consent|permission|asking|knowing)\b|\bnon-?consensual\b",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(r"\bhow (?:many years|much time|long)\b", re.IGNORECASE)
_ABOUT = (
    r"ai|artificial|intelligence|synthetic|virtual|computer|deep|deepfak\w*|fak\w+|porn\w*|nudes?|naked|sexual\w*|sexy|sex"
    r"|intimate|explicit|images?|pictures?|pics?|photos?|videos?|content|material|abuse|csam|child\w*|kids?|minors?|underage"
    r"|teen\w*|girls?|boys?|wom[ae]n|m[ae]n|people|persons?|someone\w*|somebody\w*|adults?|classmates?|friends?|celeb\w*"
    r"|ex|wife|husband|girlfriend|boyfriend|teachers?|boss|cowork\w*|colleagues?|roommate|sister|brother"
)
_HAVING = r"hav(?:e|ing)|keep\w*|own(?:s|ing)?"
_DONE = (
    rf"{_HAVING}|ma[kd]e|making|creat\w*|generat\w*|produc\w*|shar(?:e|es|ed|ing)|post\w*|send\w*|distribut\w*|possess\w*"
    r"|threat\w*|us(?:e|ing)"
)
_FILLERS = (
    r"a|an|the|is|isn't|are|aren't|was|be|being|it|its|they|this|that|these|those|to|of|for|by|on|in|at|if|and|or|but|just|even"
    r"|really|actually|still|now|i|you|u|he|she|we|my|your|their|his|her|them|one|some|any|can|could|would|does|do|am|will"
    r"|get|go|hey|hi|yo|please|pls|tell|me|know|wonder\w*|want|whether|so|else|another|as|such|like|against|laws?|there|about"
    r"|what|whats|what's|maximum|max|term|time"
)
_HAS = re.compile(rf"\b(?:{_HAVING})\b", re.IGNORECASE)
_WORDS = re.compile(rf"(?:{_LEGALITY.pattern}|{_ABOUT}|{_DONE}|{_FILLERS})(?:'s)?", re.IGNORECASE)


@dataclass(frozen=True)
class PlacelessTable:
    """A table of what the law of some countries says, and the document that each row rests on."""

    table: Table
    documents: tuple[Document, ...]


class PlacelessLaw:
    """Answers plain questions of legality without a place from the front matter of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        held = Counter(document.country for document in catalogue.documents.values())
        self._places = sorted(countries(catalogue), key=lambda code: (-held[code], code))

    def find(self, understood: Understood) -> PlacelessTable | None:
        """Return what the laws of some countries say; None where a place, a law or more than legality is asked."""
        if understood.jurisdictions or understood.documents or understood.comparison or understood.dates:
            return None
        text = _plain(understood.question)
        if not text:
            return None
        asked = _questions(text, understood.protects)
        compared = compare(self._catalogue, self._places, asked)
        offences = [[cell for key in asked if _is_offence(cell := compared.cell(code, key))] for code in self._places]
        places = min(MAX_PLACES, MAX_ROWS // len(asked))
        shown = [cell for cells in list(filter(None, offences))[:places] for cell in cells]
        documents = tuple(self._catalogue.documents[str(cell.document)] for cell in shown)
        if not shown:
            return None
        rows = tuple(_row(cell, document) for cell, document in zip(shown, documents, strict=True))
        return PlacelessTable(Table(columns=COLUMNS, rows=rows), documents)


def _plain(question: str) -> str:
    """Return a question that asks for legality alone, without the words on how images came about; else nothing."""
    text = _HOW_LONG.sub(" ", _WITHOUT_CONSENT.sub(" ", without_manner(question.replace("\u2019", "'"))))
    words = re.findall(r"[^\W\d_][\w']*", text)
    plain = all(map(_WORDS.fullmatch, words)) and not _BY_THE_YOUNG.search(text)
    return text if plain and _LEGALITY.search(text) and _SUBJECT.search(text) else ""


def _is_offence(cell: Cell) -> bool:
    """Whether a law in force of the country itself, not only of a part of it, certainly punishes the act.

    Of adults the law must name AI-made material: one that covers it was often made for recordings.
    """
    leading = cell.findings[0] if cell.findings else None
    named = cell.question.endswith("-minors") or (leading is not None and leading.synthetic == "explicit")
    return bool(leading and leading.certain and named and cell.verdict == "offence")


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
