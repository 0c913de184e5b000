"""What a reader sees of an answer, and when two pieces of text say the same letters.

Matching folds what never changes a fact: case, white space, the shapes of quotation marks and dashes, Markdown
emphasis and citation markers.
"""

import re
from functools import lru_cache

MARKER = re.compile(r"\s*(?:\[\^[\w-]+\]|\[\d{1,3}\])")
"""A citation: `[3]` of an answer or `[^s1]` of a digest, with the space before it."""

TABLE_LINE = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*$", re.MULTILINE)
_BLOCK_MARKUP = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)", re.MULTILINE)
_EMPHASIS = re.compile(r"\*{1,3}|`|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)")
_WORD = re.compile(r"\S*\w\S*")
_TYPOGRAPHY = str.maketrans(
    {**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("‐‑‒–—―−", "-"), "\u00a0": " "}
)


def plain(text: str) -> str:
    """Return Markdown without citation markers, emphasis, headings, bullets and table rules."""
    return _EMPHASIS.sub("", _BLOCK_MARKUP.sub("", _TABLE_RULE.sub("", MARKER.sub("", text))))


def fold(text: str) -> str:
    """Return the letters that count: plain text, lower case, one kind of quote and dash, single spaces."""
    return " ".join(plain(text).translate(_TYPOGRAPHY).casefold().split())


def found(pattern: str, folded: str) -> bool:
    """Whether a nugget's pattern occurs in text that is already folded; `re:` marks a regular expression."""
    if pattern.startswith("re:"):
        return bool(expression(pattern).search(folded))
    return fold(pattern) in folded


@lru_cache(maxsize=4096)
def expression(pattern: str) -> re.Pattern[str]:
    """Compile a `re:` pattern.

    Raises:
        re.error: it is no regular expression.
    """
    return re.compile(pattern.removeprefix("re:").translate(_TYPOGRAPHY), re.IGNORECASE)


def words(text: str) -> int:
    """Count the words that a reader reads: markers, table markup and lone signs are none."""
    return len(_WORD.findall(plain(text).replace("|", " ")))


def without_tables(text: str) -> str:
    """Return the text with the lines of Markdown tables left out."""
    return TABLE_LINE.sub("", text)


def table_rows(text: str) -> list[list[str]]:
    """Return the cells of the body rows of every Markdown table in the text, markers and all."""
    rows: list[list[str]] = []
    header = True
    for line in text.splitlines():
        if not TABLE_LINE.match(line):
            header = True
        elif _TABLE_RULE.match(line):
            header = False
        elif not header:
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])])
    return rows
