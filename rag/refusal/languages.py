"""The twelve languages besides English: telling them apart, and their fixed lines."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rag.refusal.concepts import FOLDER, finder, fold, read_yaml
from rag.refusal.words import costs

_SCRIPTS = (
    ("HANGUL", "ko"),
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("CJK", "zh"),
    ("ARABIC", "ar"),
    ("DEVANAGARI", "hi"),
    ("CYRILLIC", "ru"),
)
_COMMON = 6_000
_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "is",
        "are",
        "was",
        "how",
        "do",
        "does",
        "can",
        "i",
        "my",
        "me",
        "for",
        "and",
        "on",
        "it",
        "what",
        "which",
        "where",
        "who",
        "that",
        "with",
        "by",
        "from",
        "if",
        "or",
        "be",
    ]
)
SURE = 0.55
"""Share of English words from which no other language of Latin letters is looked for, unless one knows more words."""


@dataclass(frozen=True)
class Language:
    """One language: its name, fixed lines and commonest words."""

    code: str
    name: str
    lines: dict[str, str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """Read `languages.yaml`, once."""
    return {code: _language(code, entry) for code, entry in read_yaml(FOLDER / "languages.yaml").items()}


def _language(code: str, entry: dict[str, Any]) -> Language:
    return Language(code, entry["name"], entry["lines"], frozenset(fold(entry["words"]).split()))


def language_of(text: str) -> str:
    """Return the code of a text's language, from its script and its commonest words; English in doubt.

    Args:
        text: in normal form (`rag.refusal.normalise`).
    """
    counts: dict[str, int] = {}
    latin = 0
    for char in text:
        if not char.isalpha():
            continue
        if char.isascii():
            latin += 1
        elif code := _script_of(char):
            counts[code] = counts.get(code, 0) + 1
    if counts:
        if counts.get("ja"):
            counts["ja"] += counts.pop("zh", 0)
        code, most = max(counts.items(), key=lambda item: item[1])
        if most * 3 >= latin:
            return code
    if "¿" in text or "¡" in text:
        return "es"
    return _latin_language(re.findall(r"\b[a-z]+\b", text))


@lru_cache(maxsize=8192)
def _script_of(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((code for script, code in _SCRIPTS if name.startswith(script)), "")


def _latin_language(words: list[str]) -> str:
    """Compare the share of words that each language knows; words of the policy's concepts count where English is unsure."""
    if not words:
        return "en"
    english = sum(1.0 if word in _ENGLISH else 0.6 * _common(word) for word in words)
    known = {language.code: _known(words, language) for language in languages().values() if language.words}
    if english >= SURE * len(words) and english >= max(known.values()):
        return "en"
    scores = {"en": english}
    for code, share in known.items():
        if share:
            rare = [word for word in words if word not in languages()[code].words and not _common(word)]
            scores[code] = share + 0.8 * len({hit.place for hit in finder(code).hits(" ".join(rare))})
    return max(scores, key=lambda code: scores[code])


def _known(words: list[str], language: Language) -> float:
    """Count the words that a language knows; single letters ("s 188", "r v Smith") tell nothing by themselves."""
    found = [word for word in words if word in language.words]
    return float(len(found)) if any(len(word) > 1 for word in found) else 0.0


def _common(word: str) -> bool:
    known = costs()
    return word in known and known[word] < _common_cost()


@lru_cache(maxsize=1)
def _common_cost() -> float:
    return sorted(costs().values())[min(_COMMON, len(costs()) - 1)]
