"""Undo encodings that hide a request: URL and HTML escapes, base64, hexadecimal, reversed and rotated letters."""

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote_plus

from rag.refusal.words import known_share

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}(?![A-Za-z0-9+/_=-])")
_HEX = re.compile(r"(?<![A-Za-z0-9])(?:[0-9A-Fa-f]{2}[ :]?){12,}(?![A-Za-z0-9])")
_WORD = re.compile(r"[a-z]+")
READABLE = 0.6
"""The least share of letters in known words that makes a decoded text a text."""
GIBBERISH = 0.5
"""Above this share a text is read as it stands."""


def unescape(text: str) -> str:
    """Return the text with URL escapes (at least two) and HTML character references resolved."""
    if len(_ESCAPE.findall(text)) >= 2:
        text = unquote_plus(text) if " " not in text.strip() else unquote_plus(text.replace("+", "%2B"))
    return html.unescape(text) if "&" in text else text


def embedded(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (the run, its decoded text, the encoding) for every run that decodes to readable text."""
    for match in _BASE64.finditer(text):
        if decoded := _from_base64(match[0]):
            yield match[0], decoded, "base64"
    for match in _HEX.finditer(text):
        if decoded := _readable(_unhex(match[0])):
            yield match[0], decoded, "hexadecimal"


def turned(text: str) -> Iterator[tuple[str, str]]:
    """Yield (text, how) for each part of a lower-case text that is readable only backwards or rotated by 13 letters."""
    parts = [part for part in re.split(r'[:"\n]', text) if len(part.strip()) >= 8]
    if len(parts) != 1:
        parts.append(text)
    for part in parts:
        if known_share(_WORD.findall(part)) > GIBBERISH:
            continue
        readings = (
            (part[::-1], "reversed text"),
            (" ".join(word[::-1] for word in part.split()), "reversed words"),
            (codecs.encode(part, "rot13"), "letters rotated by 13"),
        )
        for reading, how in readings:
            if known_share(_WORD.findall(reading)) >= READABLE:
                yield reading.strip(), how


def _from_base64(run: str) -> str:
    """Return the text of a base64 run, or nothing where it is a word, an address or binary."""
    padded = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return _readable(base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True))
    except (binascii.Error, ValueError):
        return ""


def _unhex(run: str) -> bytes:
    try:
        return bytes.fromhex(run.replace(":", " "))
    except ValueError:
        return b""


def _readable(raw: bytes) -> str:
    """Return the bytes as text if they are text in any script: printable, mostly letters and spaces."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    letters = sum(char.isalpha() or char.isspace() or unicodedata.category(char)[0] == "M" for char in text)
    return text if text.isprintable() and len(text) >= 6 and letters >= 0.8 * len(text) else ""
