"""A text of another language word by word in English, so that it can be judged by what was learned from English.

`glosses/<language>.txt` has one line for each English word: `photo = foto fotos fotografia*`. `word*` is every word that
begins so, `_` joins the words of a phrase, and words after `-` are dropped. Phrases win over words, whole words over
beginnings, the longest over the others. Word order stays that of the language: a gloss is for a classifier, not for a
reader.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rag.refusal.concepts import FOLDER, fold

DROPPED = "-"
"""The gloss of words that say nothing."""
_TOKEN = re.compile(r"[^\W_\u0900-\u097f]+(?:[-'][^\W_\u0900-\u097f]+)*|[\u0900-\u0963\u0966-\u097f]+|[?？؟]")
_LATIN = re.compile(r"[a-z0-9-]+")
_LATIN_BEFORE = re.compile(r"([a-z]+)([^\W_a-z0-9].*)")
"""A Latin name with a particle of another script written onto it."""
UNSPACED = frozenset(("ja", "zh"))
"""Languages that write no spaces between words."""
"""Languages without spaces: the longest entry at each place is a word."""
_SUFFIXED = frozenset(("ko",))
"""Languages that write particles onto words: an entry is every word that begins so."""
_PREFIXES = {"ar": ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك", "س")}
"""Articles, conjunctions and prepositions that are written onto the next word."""


class Glossary:
    """The words of one language with their English ones."""

    def __init__(self, language: str, lines: Iterable[str]) -> None:
        """Read the lines of a glossary; where an entry stands twice, the first counts."""
        self.language = language
        self._phrases: dict[str, list[tuple[list[str], str]]] = {}
        self._words: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            english, _, entries = line.partition(" = ")
            for entry in entries.split():
                self._add(entry, english)
        self._longest = max(map(len, self._words), default=1)

    def _add(self, entry: str, english: str) -> None:
        if self.language in UNSPACED:
            self._words.setdefault(entry.replace("_", "").rstrip("*"), english)
        elif "_" in entry:
            parts = entry.split("_")
            self._phrases.setdefault(parts[0].rstrip("*"), []).append((parts, english))
        elif entry.endswith("*"):
            self._stems.setdefault(entry[:-1], english)
        else:
            self._words.setdefault(entry, english)

    def gloss(self, text: str) -> str:
        """Return a text in normal form in English words; what has no gloss stays if it is in Latin letters."""
        words = (_kept(piece) if english is None else english for piece, english in self._pieces(text))
        return " ".join(word for word in words if word)

    def _pieces(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Yield each piece of a text with its gloss: empty for one that is dropped, None for one that is unknown."""
        found = self._unspaced(text) if self.language in UNSPACED else self._spaced(text)
        for piece, english in found:
            yield piece, "" if english == DROPPED else english

    def _spaced(self, text: str) -> Iterator[tuple[str, str | None]]:
        words = _TOKEN.findall(text)
        place = 0
        while place < len(words):
            size, english = self._phrase(words, place) or (1, self._word(words[place]))
            yield " ".join(words[place : place + size]), english
            place += size

    def _unspaced(self, text: str) -> Iterator[tuple[str, str | None]]:
        place = 0
        while place < len(text):
            if latin := _LATIN.match(text, place):
                yield latin.group(), self._words.get(latin.group(), latin.group())
                place = latin.end()
                continue
            sizes = range(min(self._longest, len(text) - place), 0, -1)
            size = next((size for size in sizes if text[place : place + size] in self._words), 1)
            piece = text[place : place + size]
            if piece in "?？" or piece.isalnum():
                yield piece, "?" if piece in "?？" else self._words.get(piece)
            place += size

    def _phrase(self, words: list[str], place: int) -> tuple[int, str] | None:
        """Return the size and gloss of the phrase that begins at a place, if there is one."""
        first = words[place]
        fitting = [
            (len(parts), english)
            for size in range(len(first), 0, -1)
            for parts, english in self._phrases.get(first[:size], ())
            if len(parts) <= len(words) - place and all(map(self._is, parts, words[place:]))
        ]
        return max(fitting, key=lambda phrase: phrase[0]) if fitting else None

    def _is(self, part: str, word: str) -> bool:
        if part.endswith("*"):
            return word.startswith(part[:-1])
        return word.startswith(part) if self.language in _SUFFIXED else word == part

    def _word(self, word: str) -> str | None:
        if word in "?？؟":
            return "?"
        if english := self._words.get(word) or self._beginning(word):
            return english
        for prefix in _PREFIXES.get(self.language, ()):
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) > 1 and (english := self._words.get(rest) or self._beginning(rest)):
                return english
        if "'" in word:
            elided, rest = word.split("'", 1)
            return _joined(
                [self._words.get(f"{elided}'", DROPPED), (self._word(rest) or _kept(rest)) if rest else DROPPED]
            )
        if "-" in word:
            return _joined([self._word(part) or _kept(part) for part in word.split("-") if part])
        if written_on := _LATIN_BEFORE.fullmatch(word):
            return _joined([written_on[1], self._word(written_on[2]) or ""])
        return None

    def _beginning(self, word: str) -> str | None:
        for size in range(len(word), 0, -1):
            if english := self._stems.get(word[:size]):
                return english
            if self.language in _SUFFIXED and size > 1 and (english := self._words.get(word[:size])):
                return english
        return None


def _joined(parts: list[str]) -> str:
    return " ".join(part for part in parts if part and part != DROPPED) or DROPPED


def _kept(piece: str) -> str:
    return piece if piece.isascii() else ""


@lru_cache(maxsize=12)
def glossary(language: str) -> Glossary:
    """Read the glossary of a language, when it is first needed.

    Raises:
        FileNotFoundError: there is none for this language.
    """
    text = (FOLDER / "glosses" / f"{language}.txt").read_text(encoding="utf-8")
    return Glossary(language, fold(text).replace("’", "'").splitlines())
