"""Undo what hides words from rules, before anything is judged.

The normal form is lower case, without accents on Latin and Cyrillic letters, with plain quotes and single spaces. It
is for judging and searching only; nothing of it is shown in place of what a person wrote.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rag.refusal import decode
from rag.refusal.words import costs, segment

LEET = "digits for letters"
LEET_WORDS = 2
"""Words with digits in them, unknown in English, that make a text be read with letters for digits throughout."""
SMALL_WORDS = frozenset(("a", "ai", "i", "as", "at", "is", "it", "so", "to"))
"""What digits alone may spell in a text that is written in leetspeak; others are numbers."""
DEPTH = 3
"""Encodings within encodings that are undone."""

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u064b-\u0652\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": " - ", "…": "..."}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ß": "ss", "ı": "i", "ø": "o", "ł": "l", "đ": "d"}
)
_TOKEN = re.compile(r"[\w\U0001F100-\U0001F1FF\u2460-\u24FF]+")
_BETWEEN = re.compile(r"(?<=[^\s\d])[^\w\s'\"().,:;?!/&§%@$+|€-]+(?=[^\s\d])")
_PUNCTUATED = re.compile(r"(?<!\w)(?:[a-z0-9@$][.\-_*~|/+]){3,}[a-z0-9@$](?!\w)")
_SIGN = r"[\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963]"
_ONE = rf"(?:[^\W_]{_SIGN}*|{_SIGN}+)"
"""One letter with the vowel signs that Indian scripts write around it, or such signs set apart as well."""
_SPACED = re.compile(rf"(?<!\S)(?:(?:{_ONE}|[@$!])[.,?!]* +){{5,}}(?:{_ONE}|[@$!])[.,?!]*(?!\S)")
_LEET = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s", "!": "il"}
_LEET |= {"|": "li", "+": "t", "€": "e"}
_PLAIN_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
_LEET_TOKEN = re.compile(r"[a-z0-9@$!|+€]*[0-9@$!|+€][a-z0-9@$!|+€]*")
_LIKE_LATIN = (
    "LATIN",
    "CYRILLIC",
    "GREEK",
    "ARMENIAN",
    "CHEROKEE",
    "COPTIC",
    "LISU",
    "MATHEMATICAL",
    "DESERET",
    "MODIFIER",
)
"""Scripts whose letters pass for Latin ones; a kana or a Chinese stroke beside Latin letters is no disguise."""
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th|[a-z]{1,2})?|[a-z]{1,2}\d+|\$\d+|\d+[+!]?")
"""Numbers, ordinals, section numbers (2252a, 66e, s15) and ages (14f, 16yo): never leetspeak on their own."""


@dataclass(frozen=True)
class Variant:
    """A reading of the text to be judged, in normal form, and how it was come by."""

    text: str
    how: str


@dataclass(frozen=True)
class Normalised:
    """The readings of a text. All are judged; the first is what the text says to a person."""

    variants: tuple[Variant, ...]
    steps: tuple[str, ...]
    """What was undone, in order; empty for a text without a disguise."""

    @property
    def text(self) -> str:
        """The normal form of the text."""
        return self.variants[0].text

    @property
    def disguised(self) -> bool:
        """Whether letters or encodings were undone, so that the text's own vector says little."""
        return bool(self.steps)


@lru_cache(maxsize=2)  # a question is read once for each step of a decision; no more texts are kept
def normalise(text: str) -> Normalised:
    """Return the readings of a text. Never fails; a text that hides nothing has one reading and no steps."""
    steps: list[str] = []
    readings: list[Variant] = []
    _read(text, "as written", DEPTH, steps, readings)
    return Normalised(tuple(dict.fromkeys(readings)), tuple(dict.fromkeys(steps)))


def _read(text: str, how: str, depth: int, steps: list[str], readings: list[Variant]) -> None:
    plain = _step("URL or HTML escapes", decode.unescape, text, steps)
    hidden = list(decode.embedded(plain)) if depth else []
    for run, decoded, encoding in hidden:
        steps.append(encoding)
        plain = plain.replace(run, f" {decoded} ")
    form = normal_form(plain, steps)
    readings.append(Variant(form, how))
    if (_looks_leet(form) or LEET in steps) and (letters := _letters_for_digits(form)) != form:
        steps.append(LEET)
        readings.append(Variant(letters, LEET))
    for _, decoded, encoding in hidden:
        _read(decoded, encoding, depth - 1, steps, readings)
    for turned, turning in decode.turned(form):
        steps.append(turning)
        readings.append(Variant(turned, turning))


def normal_form(text: str, steps: list[str] | None = None) -> str:
    """Return the normal form of a text; what was undone is appended to `steps`."""
    steps = [] if steps is None else steps
    text = _step("invisible characters", _visible, text, steps)
    text = _step("compatibility characters", _compatible, text, steps)
    if not text.isascii():
        text = _step("look-alike letters", _without_lookalikes, text, steps)
        text = without_accents(text)
    text = text.casefold()
    text = _step("signs between letters", _without_signs, text, steps)
    text = _step("letters set apart", _joined, text, steps)
    text = _step(LEET, _without_leet, text, steps)
    return " ".join(text.split())


def _step(name: str, undo: Callable[[str], str], text: str, steps: list[str]) -> str:
    undone = undo(text)
    if undone != text:
        steps.append(name)
    return undone


def _visible(text: str) -> str:
    """Drop format characters (zero-width, directional, tags) and variation selectors."""
    if text.isascii():
        return text
    kept = "".join(char for char in text if unicodedata.category(char) != "Cf" and not "\ufe00" <= char <= "\ufe0f")
    return _MARKS.sub("", kept) if _stacked(kept) else kept


def _stacked(text: str) -> bool:
    """Tell whether marks sit where no language puts them: on a letter that has no composed form with them."""
    composed = unicodedata.normalize("NFC", text)
    return any("\u0300" <= char <= "\u036f" or "\u20d0" <= char <= "\u20ff" for char in composed)


def _compatible(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate({0x2026: "...", 0xA0: " "}))


def without_accents(text: str) -> str:
    """Take accents and Arabic vowel signs off and unify quotes and dashes."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_PLAIN)))
    return unicodedata.normalize("NFC", bare)


def _without_lookalikes(text: str) -> str:
    """Replace letters that stand in for Latin ones, in words that mix scripts or in a text that is Latin otherwise."""
    latin = sum(char.isascii() and char.isalpha() for char in text)
    other = sum(not char.isascii() and char.isalpha() for char in text)
    foreign_words = latin < other

    def plain(match: re.Match[str]) -> str:
        token = match[0]
        if token.isascii() or not any(_stands_in(char) for char in token):
            return token
        mixed = any(char.isascii() and char.isalpha() for char in token)
        if not mixed and foreign_words:
            return token
        replaced = "".join(_lookalike(char) for char in token)
        # A word of another script beside Latin text stays: not all of its letters have a Latin double.
        return replaced if mixed or replaced.isascii() else token

    return _TOKEN.sub(plain, text)


@lru_cache(maxsize=4096)
def _stands_in(char: str) -> bool:
    """Tell whether a character is no plain Latin letter but may be read as one (accented Latin letters don't count)."""
    if char.isascii() or unicodedata.normalize("NFD", char)[0].isascii():
        return False
    if unicodedata.category(char) == "So":
        return True
    return char.isalpha() and unicodedata.name(char, "").startswith(_LIKE_LATIN)


@lru_cache(maxsize=4096)
def _lookalike(char: str) -> str:
    """Return the ASCII character that this one looks like, or the character (Unicode TR 39, then transliteration)."""
    if not _stands_in(char):
        return char
    # Imported here: the tables take 80 ms to read and plain questions never need them.
    from anyascii import anyascii
    from confusable_homoglyphs.confusables import confusables_data

    doubles = [entry["c"] for entry in confusables_data.get(char, []) if entry["c"].isascii()]
    if doubles:
        return str(doubles[0])
    name = unicodedata.name(char, "")
    named_latin = any(word in name for word in ("LATIN", "SQUARED", "CIRCLED", "REGIONAL INDICATOR", "PARENTHESIZED"))
    return anyascii(char) if named_latin else char


def _without_signs(text: str) -> str:
    """Drop emoji and other symbols that stand inside a word; vowel signs of Indian scripts, also not letters, stay."""

    def drop(match: re.Match[str]) -> str:
        return "".join(char for char in match[0] if unicodedata.category(char)[0] == "M" or not _is_sign(char))

    return _BETWEEN.sub(drop, text)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "SC" or char in "*~^_"


def _joined(text: str) -> str:
    """Put words together again whose letters were set apart by signs or spaces."""
    text = _PUNCTUATED.sub(lambda match: re.sub(r"[.\-_*~|/+]", "", match[0]), text)
    return _SPACED.sub(_words_of, text)


def _words_of(match: re.Match[str]) -> str:
    """Read letters set apart by single spaces: wider gaps are the words' own, else the words are guessed."""
    if re.search(r"\S  +\S", match[0]):
        return " ".join(part.replace(" ", "") for part in re.split(r"  +", match[0]))
    letters = _without_leet(match[0].replace(" ", ""))
    if not letters.isascii():
        return letters
    return " ".join(" ".join(segment(part)) for part in re.split(r"(?<=[.,?!])", letters) if part)


def _without_leet(text: str) -> str:
    """Read digits and signs as letters within words that become known words by it."""
    decoded = 0

    def strict(match: re.Match[str]) -> str:
        nonlocal decoded
        word = "" if _NUMBERED.fullmatch(match[0]) else _unleet(match[0])
        decoded += word not in ("", match[0])
        return word or match[0]

    mended = _LEET_TOKENS.sub(strict, text)
    if decoded < LEET_WORDS:
        return mended
    mended = _LEET_TOKENS.sub(_loosely, mended)
    return _HALF_READ.sub(lambda match: match[0].translate(_PLAIN_LEET), mended)


def _loosely(match: re.Match[str]) -> str:
    """Read a token of a text that is written in leetspeak; digits alone are a number, if they spell no small word."""
    word, digits = _unleet(match[0]), match[0].rstrip("!|+")
    if digits.isdigit():
        age = _AGE_BEFORE.search(match.string, 0, match.start()) or _AGE_AFTER.match(match.string, match.end())
        if age or word.rstrip("!|+") not in SMALL_WORDS:
            return match[0]
    return word or match[0]


_LEET_TOKENS = re.compile(r"(?<![\w§.@$-])" + _LEET_TOKEN.pattern + r"(?![\w])")
_HALF_READ = re.compile(
    rf"(?<![\w@$])(?!(?:{_NUMBERED.pattern}|[a-z]+\d+)(?![\w@$]))[a-z0-9]*(?:[a-z][0-9]|[0-9][a-z])[a-z0-9]*(?![\w@$])"
    r"|\b0[a-z]+\b|(?<=[a-z]')[57](?!\w)"
)
"""Words that mix letters with digits and are no numbers, such as begin with 0, and the ends of "it's" and "don't"."""
_AGE_AFTER = re.compile(r"[- ]?(?:y[e3][a4]r|yr|yo\b|y/o)")
_AGE_BEFORE = re.compile(r"\b[a4]g[e3]d? $")
"""An age stands beside these."""


def _looks_leet(text: str) -> bool:
    mixed = [
        token for token in _LEET_TOKENS.findall(text) if re.search("[a-z]", token) and not _NUMBERED.fullmatch(token)
    ]
    return len(mixed) >= LEET_WORDS


def _letters_for_digits(text: str) -> str:
    """Read every digit as the letter that it looks like, which serves words and languages that `words.txt` does not hold."""
    return re.sub(r"\S+", lambda match: match[0].translate(_PLAIN_LEET), text)


def _unleet(token: str) -> str:
    """Return the known word that a token spells, trailing signs kept, or nothing."""
    ending = token[len(token.rstrip("!|+")) :]
    core = token.removesuffix(ending)
    for stem, rest in ((token, ""), (core, ending)):
        if not stem or sum(char in _LEET for char in stem) > 8:
            continue
        for letters in product(*(_LEET.get(char, char) for char in stem)):
            word = "".join(letters)
            if word in costs() or (word.endswith("s") and word[:-1] in costs()):
                return word + rest
    return ""
