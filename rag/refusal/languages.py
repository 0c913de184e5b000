"""The twelve languages besides English: telling them apart, their fixed lines, and decisions from their concepts."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from rag.refusal.policy import SUPPORTED
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
_UNSPACED = {"ar", "hi", "ko", "ja", "zh"}
"""Languages whose stems are looked for anywhere: no spaces between words, or particles written onto them."""
_CATEGORY = (
    ("evade", "evasion"),
    ("groom", "grooming"),
    ("find", "access"),
    ("content", "content"),
    ("make", "technique"),
)
"""Which concept decides on the category of a refusal, the most telling first."""
CLOSE = 1.0
"""Words by which a second language may lag behind and still be tried."""
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
_IMAGE = re.compile(
    "image|imagen|imagem|immagin|bild|foto|gambar|video|изображ|картин|снимк|صور|तस्वीर|사진|영상|이미지|画像|動画|写真|图|视频|照片"
)
_FICTION = re.compile("novel|cerpen|소설|小说|小説|رواي|उपन्यास|роман|romanz|roteir|cuento|drehbuch")
"""In a lawful question these words open the facts that it is about."""
_PART = re.compile(r"[.?!;؛。？！；؟।\n]+")


@dataclass(frozen=True)
class Language:
    """One language: its name, fixed lines, function words and concepts."""

    code: str
    name: str
    lines: dict[str, str]
    words: frozenset[str]
    concepts: dict[str, re.Pattern[str]]

    def has(self, concept: str, text: str) -> bool:
        """Tell whether a text in normal form names the concept."""
        return bool(self.concepts[concept].search(text))

    def judge(self, text: str) -> tuple[str, str, str]:
        """Return (outcome, category, the clause that decided) for a text in normal form.

        A clause that asks for something and names no law is a request; a person affected comes before it.
        """
        if self.has("crisis", text):
            return "support", "crisis", text
        parts = [part.strip() for part in _PART.split(text) if part.strip()]
        lawful = self.has("law", text)
        if not lawful and (category := self._affected(text)):
            return "support", category, text
        if self.has("rules", text) and not lawful:
            return "refuse", "injection", text
        for part in parts if lawful else [text]:
            if self._requests(part, whole=text, lawful=lawful):
                return "refuse", self._category(part), part
        return "answer", "", ""

    def _affected(self, text: str) -> str:
        """Return the support category of a person who speaks of themselves or of somebody close, or nothing."""
        return next((name for name in SUPPORTED[1:] if self.has(_CONCEPT_OF[name], text)), "")

    def _requests(self, part: str, whole: str, lawful: bool) -> bool:
        if lawful:
            # A mixed question: one part names the law, this one names the subject and asks for something.
            return self._names_and_asks(part) and not self.has("law", part) and not _FICTION.search(part)
        return self._names_and_asks(whole)

    def _names_and_asks(self, text: str) -> bool:
        """Tell whether a text names the subject and asks for something, or asks how to win over a child."""
        asks = any(self.has(concept, text) for concept, _ in _CATEGORY)
        if self.has("evade", text) and self.has("make", text) and (self.has("child", text) or _IMAGE.search(text)):
            return True
        return (self.has("subject", text) and asks) or (self.has("child", text) and self.has("groom", text))

    def _category(self, part: str) -> str:
        return next((category for concept, category in _CATEGORY if self.has(concept, part)), "technique")


_CONCEPT_OF = {name: "own" if name == "own-thoughts" else name for name in SUPPORTED}


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """Read `languages.yaml`, once."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((Path(__file__).parent / "languages.yaml").read_text(encoding="utf-8"), Loader=loader)
    return {code: _language(code, entry) for code, entry in data.items()}


def _language(code: str, entry: dict[str, Any]) -> Language:
    start = "" if code in _UNSPACED else r"\b"
    return Language(
        code=code,
        name=entry["name"],
        lines=entry["lines"],
        words=frozenset(fold_words(entry["words"])),
        concepts={name: re.compile(f"{start}(?:{fold(stems)})") for name, stems in entry["concepts"].items()},
    )


def fold(text: str) -> str:
    """Bring a pattern of the YAML file to normal form, leaving its signs."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def fold_words(text: str) -> list[str]:
    """Return the words of a list in normal form."""
    return fold(text).casefold().split()


def language_of(text: str) -> str:
    """Return the code of a text's language, from its script and its commonest words; English in doubt.

    Args:
        text: in normal form (`rag.refusal.normalise`).
    """
    return likely_languages(text)[0]


@lru_cache(maxsize=32)
def likely_languages(text: str) -> tuple[str, ...]:
    """Return the codes of the one or two languages that a text may be in, the likelier first."""
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
            return (code,)
    if "¿" in text or "¡" in text:
        return ("es",)
    return _latin_languages(re.findall(r"[a-z]+", text))


@lru_cache(maxsize=8192)
def _script_of(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((code for script, code in _SCRIPTS if name.startswith(script)), "")


def _latin_languages(words: list[str]) -> tuple[str, ...]:
    """Compare the share of words that each language knows; a near second of the Romance languages is kept."""
    if not words:
        return ("en",)
    english = sum(1.0 if word in _ENGLISH else 0.6 * _common(word) for word in words)
    scores = {"en": english}
    for language in languages().values():
        known = sum(1.0 for word in words if word in language.words)
        if not known and english >= 0.5 * len(words):
            continue
        named = sum(0.8 for word in words if word not in language.words and not _common(word) and _stem(language, word))
        scores[language.code] = known + named
    ordered = sorted(scores, key=lambda code: -scores[code])
    close = [code for code in ordered[1:2] if code != "en" and scores[code] >= scores[ordered[0]] - CLOSE]
    return (ordered[0], *close) if ordered[0] != "en" else ("en",)


def _common(word: str) -> bool:
    known = costs()
    return word in known and known[word] < _common_cost()


@lru_cache(maxsize=1)
def _common_cost() -> float:
    return sorted(costs().values())[min(_COMMON, len(costs()) - 1)]


def _stem(language: Language, word: str) -> bool:
    return any(pattern.match(word) for pattern in language.concepts.values())
