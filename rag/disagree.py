"""Find sentences of different documents that give different figures for the same thing.

Neither is left out: both are said, each with the day on which its document was last confirmed. Decisions are left
aside: two of them are two things, however alike they are told.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from rag.lexical import tokens
from rag.model import ScoredSentence

_WORDS = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)  # noqa: SIM905
}
_FIGURE = re.compile(
    r"\b(\d[\d,.]*|" + "|".join(_WORDS) + r")[ -]((?:million|billion|thousand) )?(?:[\w-]+ )?"
    r"(per cent|percent|states|countries|jurisdictions|images|videos|reports|people|women|children|victims|webpages"
    r"|signatories|ratifications|convictions|arrests|years?|months?|hours?|euros?|dollars?|pounds?|yuan|won)\b",
    re.IGNORECASE,
)
_PROVISION = re.compile(r"(?:§+|\b(?:sections?|articles?|arts?\.|s\.|regulations?)) ?(\d[\w.-]*)", re.IGNORECASE)
ALIKE = 0.6
"""Share of common words, figures aside, of the longer sentence from which two sentences speak of the same thing."""


def disagreeing(found: Sequence[ScoredSentence]) -> frozenset[int]:
    """Return the places of sentences that another one, of another document of the same jurisdiction, contradicts."""
    places: set[int] = set()
    for (one, first), (other, second) in combinations(enumerate(found), 2):
        if _disagree(first, second):
            places |= {one, other}
    return frozenset(places)


def _disagree(first: ScoredSentence, second: ScoredSentence) -> bool:
    one, other = first.document, second.document
    if one.id == other.id or one.jurisdiction != other.jurisdiction or "case" in (one.kind, other.kind):
        return False
    left, right = first.sentence.text, second.sentence.text
    if set(_PROVISION.findall(left)) != set(_PROVISION.findall(right)) or _years(left) != _years(right):
        return False  # of two provisions, or of two years, each has its own figure
    words, others = _words(left), _words(right)
    if len(words & others) < ALIKE * max(len(words), len(others)):
        return False
    figures, other_figures = _figures(left), _figures(right)
    return any(not values & other_figures.get(unit, values) for unit, values in figures.items())


def _figures(text: str) -> dict[str, set[str]]:
    """Return the figures of a text by their unit, words as digits: "two years" and "2 years" are one."""
    found: dict[str, set[str]] = {}
    for value, size, unit in _FIGURE.findall(text):
        number = _WORDS.get(value.casefold(), value.rstrip(".,"))
        found.setdefault(unit.casefold().replace("per cent", "percent").rstrip("s"), set()).add(
            f"{number} {size}".strip()
        )
    return found


def _words(text: str) -> set[str]:
    return {word for word in tokens(text) if not word[0].isdigit()}


def _years(text: str) -> set[str]:
    return set(re.findall(r"\b(?:19|20)\d\d\b", text))
