"""Find the laws, cases and services that a question calls by name: titles, short titles, acronyms, nicknames, parties."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from corpus.jurisdictions import gazetteer
from corpus.model import Document
from rag.understand.places import read_places
from rag.understand.text import Word, phrase, words

_VERSUS = re.compile(r"\s+v(?:s|ersus)?\.?\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
# One-sided parties that name no case by themselves.
_COMMON_PARTIES = frozenset(
    [
        "united",
        "states",
        "state",
        "people",
        "commonwealth",
        "crown",
        "prosecutor",
        "doe",
        "r",
        "v",
        "x",
        "john",
        "jane",
        "r.",
        "queen",
        "king",
        "attorney",
        "general",
        "minister",
        "police",
        "free",
        "speech",
        "coalition",
        "new",
        "york",
        "ohio",
        "georgia",
        "california",
        "finland",
        "sweden",
        "russia",
        "unnamed",
        "anonymous",
    ]
)
_LEAD = frozenset({"the", "a", "an"})
# Names made of everyday words; they count only as written in capitals.
_EVERYDAY = frozenset({("take", "it", "down"), ("stop", "it", "now"), ("report", "remove")})
_SHOUTED = re.compile(r"([A-Z]{3,}|[A-Z]{2,}(?: [A-Z]+)+) Act(?: of \d{4})?")
_ENDINGS = ("case", "ruling", "judgment", "decision", "conviction", "acquittal", "trial", "affair")
_SYNONYMS = Path(__file__).parent / "synonyms.yaml"


@dataclass(frozen=True)
class Named:
    """A name found in a question, the documents that it may mean, and where it stands."""

    documents: frozenset[str]
    start: int
    end: int
    is_case: bool


class NameIndex:
    """Every name of every document, as phrases of folded words."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._cases: set[tuple[str, ...]] = set()
        self._shouted: set[tuple[str, ...]] = set()
        surnames: dict[str, set[str]] = defaultdict(set)
        for document in documents:
            for name in document.names:
                for variant in {name, _BRACKETS.sub("", name)}:
                    self._add(variant, document)
            for party in _parties(document):
                surnames[party].add(document.id)
        for party, ids in surnames.items():
            if (party,) not in self._phrases:
                self._phrases[(party,)] = ids
                self._cases.add((party,))
        for nickname, full_names in synonyms().items():
            for full_name in full_names:
                self._phrases[phrase(nickname)] |= self._phrases.get(phrase(full_name), set())
        self._longest: dict[str, int] = {}
        for key in self._phrases:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def find(self, text: str) -> list[Named]:
        """Return the names in a text, the longest first where they overlap, in the order of the text."""
        tokens = words(text)
        found: list[Named] = []
        place = 0
        while place < len(tokens):
            for length in range(min(self._longest.get(tokens[place].key, 0), len(tokens) - place), 0, -1):
                span = tokens[place : place + length]
                ids = self._lookup(span)
                if ids:
                    key = tuple(word.key for word in span)
                    found.append(Named(frozenset(ids), span[0].start, span[-1].end, key in self._cases))
                    place += length - 1
                    break
            place += 1
        return found

    def expanded(self, text: str) -> str:
        """Return a text with the full name after each nickname whose words do not give it away: "TIDA (TAKE IT DOWN Act)"."""
        said = set(phrase(text))
        keys = {tuple(word.key for word in words(text[name.start : name.end])) for name in self.find(text)}
        full = [
            names[0]
            for nickname, names in synonyms().items()
            if phrase(nickname) in keys and not set(phrase(nickname)) & set(phrase(names[0])) - {"act"}
        ]
        added = [name for name in full if not set(phrase(name)) <= said]
        return f"{text} ({', '.join(added)})" if added else text

    def _lookup(self, span: list[Word]) -> set[str]:
        key = tuple(word.key for word in span)
        ids = self._phrases.get(key, set())
        capital = all(word.written[:1].isupper() for word in span)
        if len(span) == 1 and key[0].isalpha() and not capital and key in self._cases:
            return set()  # a surname in lower case may be any word
        if key in _EVERYDAY and not capital:
            return set()
        if key in self._shouted and not all(word.written.isupper() for word in span):
            return set()
        return ids

    def _add(self, name: str, document: Document) -> None:
        key = phrase(name)
        while key and key[0] in _LEAD:
            key = key[1:]
        if not key or (len(key) == 1 and len(key[0]) < 3):
            return
        self._phrases[key].add(document.id)
        without_apostrophe = phrase(re.sub(r"['’]s\b", "s", name))
        if without_apostrophe != phrase(name):
            self._phrases[without_apostrophe].add(document.id)
        shouted = _SHOUTED.fullmatch(name)
        if shouted:
            self._phrases[phrase(shouted[1])].add(document.id)
            self._shouted.add(phrase(shouted[1]))
        if document.kind == "case":
            if key[0] in _towns() and key[-1] in _ENDINGS:
                for ending in _ENDINGS:
                    self._phrases[(key[0], ending)].add(document.id)
            self._cases.add(key)
            sides = _VERSUS.split(_BRACKETS.sub("", name))
            if len(sides) == 2:
                short = (*phrase(sides[0])[-2:], "v", *phrase(sides[1])[:3])
                self._phrases[short].add(document.id)
                self._cases.add(short)


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """Return the acronyms and nicknames of `synonyms.yaml` with the names of the corpus that they stand for."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load(_SYNONYMS.read_text(encoding="utf-8"), Loader=loader)
    return {name: (full,) if isinstance(full, str) else tuple(full) for name, full in entries.items()}


@lru_cache(maxsize=1)
def _towns() -> frozenset[str]:
    """Return the places of one word: "the Busan case" is known by its town, "the Texas case" is one of many."""
    return frozenset(key[0] for entry in gazetteer().values() for key in map(phrase, entry.places) if len(key) == 1)


def _parties(document: Document) -> set[str]:
    """Return the words that alone stand for a case: the last name of a party that is no public body."""
    if document.kind != "case":
        return set()
    parties = set()
    for name in document.names:
        sides = _VERSUS.split(_BRACKETS.sub("", name))
        if len(sides) != 2:
            continue
        for side in sides:
            key = [word for word in phrase(re.split(r"[,;]", side)[0]) if word.isalpha()]
            if key and len(key[-1]) > 3 and not set(key) & _COMMON_PARTIES and not read_places(side, None):
                parties.add(key[-1])
    return parties
