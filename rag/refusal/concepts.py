"""The concepts that a text names, in the order in which it names them: the words that the policy is written in.

`concepts.yaml` lists the English words of each concept, `lexicons/` those of the other languages.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import yaml

_TOKEN = re.compile(r"[^\W_\u0900-\u097f]+(?:['./-][^\W_]+)*\.?|[\u0900-\u0963\u0966-\u097f]+|§|\?")
_AGE = re.compile(r"(?:[1-9]|1[0-7])(?:-?(?:yo|y/o|yr|yrs|f|m|year-olds?|years-old))?")
_BEFORE_AGE = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "be",
        "she's",
        "he's",
        "i'm",
        "im",
        "only",
        "just",
        "aged",
        "age",
        "of",
        "about",
        "like",
        "looks",
        "under",
        "turned",
    ]
)
_AFTER_AGE = frozenset(["per", "percent", "years", "in", "million"])
_AGED = "@age"
EVERYDAY = "everyday"
"""The concept of phrases that only sound like the subject; where it is named no other is."""
_SHORT = 4
"""Latin letters up to which a word of a language that is searched for parts of words must stand alone."""
UNSPACED = frozenset(("ar", "id", "ko", "ja", "zh"))
"""Languages whose words are looked for inside others: no spaces between words, or particles written onto them."""
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Hit:
    """A concept at a place: the number of its first word, or of its first character."""

    place: int
    concept: str


class Finder(Protocol):
    """Finds concepts in the texts of one language."""

    def hits(self, text: str) -> list[Hit]:
        """Return the concepts of a text in normal form, in order; a word may name several."""
        ...


class Lexicon:
    """Finds concepts word by word, in languages that put spaces between words."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        """Take for each concept its entries: `word`, `stem*`, `two_words`, `@age`."""
        self._first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._aged: list[str] = []
        for concept, entries in concepts.items():
            for entry in dict.fromkeys(entries):
                if entry == _AGED:
                    self._aged.append(concept)
                    continue
                first, *rest = entry.split("_")
                self._first.setdefault(first, []).append((tuple(rest), concept))
        self._lengths = sorted({len(key) - 1 for key in self._first if key.endswith("*")})

    def hits(self, text: str) -> list[Hit]:
        """Return the concepts of a text in normal form, in order; a word may name several."""
        words = words_of(text)
        found: list[Hit] = []
        for place, word in enumerate(words):
            named = dict.fromkeys(
                concept
                for key in self._keys(word)
                for rest, concept in self._first[key]
                if _follows(words, place + 1, rest)
            )
            if self._aged and _is_age(words, place):
                named.update(dict.fromkeys(self._aged))
            found += [Hit(place, concept) for concept in ((EVERYDAY,) if EVERYDAY in named else named)]
        return found

    def _keys(self, word: str) -> list[str]:
        keys = [word] if word in self._first else []
        return keys + [key for size in self._lengths if size <= len(word) and (key := word[:size] + "*") in self._first]


class Parts:
    """Finds concepts as parts of words, in languages that put no spaces between words or write particles onto them."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        """Take for each concept its entries: `part`, or `two_parts` with or without a space between them."""
        self._patterns = {
            concept: re.compile("|".join(_part(entry) for entry in entries)) for concept, entries in concepts.items()
        }

    def hits(self, text: str) -> list[Hit]:
        """Return the concepts of a text in normal form, in order; a word may name several."""
        found = [
            Hit(match.start(), name) for name, pattern in self._patterns.items() for match in pattern.finditer(text)
        ]
        return sorted(found, key=lambda hit: hit.place)


def _part(entry: str) -> str:
    written = re.escape(entry).replace("_", " ?")
    if not entry.isascii():
        return written
    return rf"(?<![a-z]){written}" + (r"(?![a-z])" if len(entry) <= _SHORT else "")


def words_of(text: str) -> list[str]:
    """Return the words of a text in normal form, and its question marks."""
    return [word.rstrip(".") if len(word) > 2 and "." not in word[:-1] else word for word in _TOKEN.findall(text)]


def _follows(words: list[str], place: int, rest: tuple[str, ...]) -> bool:
    if place + len(rest) > len(words):
        return False
    return all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for word, part in zip(words[place:], rest, strict=False)
    )


def _is_age(words: list[str], place: int) -> bool:
    """Tell whether a number is the age of a child: `14yo`, or a number after a word such as `she's`."""
    word = words[place]
    if not word[0].isdigit() or not _AGE.fullmatch(word):
        return False
    if not word.isdigit():
        return True
    after = words[place + 1] if place + 1 < len(words) else ""
    return bool(place and words[place - 1] in _BEFORE_AGE and after not in _AFTER_AGE)


def fold(text: str) -> str:
    """Bring words of a YAML file to normal form: lower case, no accents, one form of each Arabic letter."""
    from rag.refusal.normalise import without_accents

    return without_accents(unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=1)
def english() -> Lexicon:
    """Read `concepts.yaml`, once."""
    return Lexicon(english_words())


def english_words() -> dict[str, list[str]]:
    """Return the English words of each concept, as they are listed."""
    return {name: words.split() for name, words in read_yaml(FOLDER / "concepts.yaml").items()}


@lru_cache(maxsize=12)
def finder(language: str) -> Finder:
    """Return the finder of a language; the words of another one than English are read when it is first seen.

    Raises:
        FileNotFoundError: there are no words for this language.
    """
    if language == "en":
        return english()
    concepts = {
        name: fold(words).split() for name, words in read_yaml(FOLDER / "lexicons" / f"{language}.yaml").items()
    }
    return Parts(concepts) if language in UNSPACED else Lexicon(concepts)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file of this folder, with the C parser where there is one."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))
