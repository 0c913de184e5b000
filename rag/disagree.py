"""Find sentences of different documents that give different figures for the same thing.

Neither is left out: both are said, each with the day on which its document was last confirmed.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from rag.lexical import tokens
from rag.model import ScoredSentence

_COUNT = (
    r"(\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?: (?:million|billion|thousand))?"
)
_FIGURE = re.compile(
    rf"\b{_COUNT}[ -](?:[\w-]+ )?(per cent|percent|states|countries|jurisdictions|images|videos|reports|cases|people"
    r"|women|children|victims|webpages|signatories|ratifications|convictions|arrests|years?|months?|hours?|euros?|dollars?"
    r"|pounds?|yuan|won)\b",
    re.IGNORECASE,
)
_PROVISION = re.compile(r"(?:§+|\b(?:sections?|articles?|arts?\.|s\.|regulations?)) ?(\d[\w.-]*)", re.IGNORECASE)
ALIKE = 0.55
"""Share of common words, figures aside, from which two sentences speak of the same thing."""


def disagreeing(found: Sequence[ScoredSentence]) -> frozenset[int]:
    """Return the places of sentences that another one, of another document of the same jurisdiction, contradicts."""
    places: set[int] = set()
    for (one, first), (other, second) in combinations(enumerate(found), 2):
        if _disagree(first, second):
            places |= {one, other}
    return frozenset(places)


def _disagree(first: ScoredSentence, second: ScoredSentence) -> bool:
    if first.document.id == second.document.id or first.document.jurisdiction != second.document.jurisdiction:
        return False
    left, right = first.sentence.text, second.sentence.text
    if set(_PROVISION.findall(left)) != set(_PROVISION.findall(right)) or _years(left) != _years(right):
        return False  # of two provisions, or of two years, each has its own figure
    words, others = _words(left), _words(right)
    if len(words & others) < ALIKE * min(len(words), len(others)):
        return False
    figures, other_figures = _figures(left), _figures(right)
    return any(not values & other_figures.get(unit, values) for unit, values in figures.items())


def _figures(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for value, unit in _FIGURE.findall(text):
        found.setdefault(unit.casefold().rstrip("s"), set()).add(value.casefold())
    return found


def _words(text: str) -> set[str]:
    return {word for word in tokens(text) if not word[0].isdigit()}


def _years(text: str) -> set[str]:
    return set(re.findall(r"\b(?:19|20)\d\d\b", text))
