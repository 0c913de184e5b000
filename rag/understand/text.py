"""Words with their places, and phrases of them, as the readers of this folder compare them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# A word: letters and digits, with inner apostrophes, hyphens and full stops ("Coco's", "14-2", "U.S.", "2257A").
_WORD = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*\.?", re.UNICODE)


@dataclass(frozen=True)
class Word:
    """A word of a text: as compared, as written, and where."""

    key: str
    written: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return a word or phrase as it is compared: no case, accents, full stops, apostrophes or possessive s."""
    plain = text
    if not text.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    plain = plain.casefold().replace("’", "'")
    return re.sub(r"'s\b|[.']", "", plain)


def words(text: str) -> list[Word]:
    """Return the words of a text in order."""
    return [Word(fold(match[0]), match[0], match.start(), match.end()) for match in _WORD.finditer(text)]


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Return the folded words of texts; each spelling is folded once, which makes a large corpus quick."""
    written = {match for text in texts for match in _WORD.findall(text)}
    return frozenset(key for key in map(fold, written) if key.isalpha())


def phrase(text: str) -> tuple[str, ...]:
    """Return a name as the tuple of its folded words."""
    return tuple(word.key for word in words(text) if word.key)
