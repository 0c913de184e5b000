"""A plain "Yes.", "No." or "It depends." before the evidence, where the typed front matter carries it.

Only one kind of question gets it: whether one act (creating, possessing, sharing, …) is an offence in one jurisdiction,
for images of minors or of adults. The front matter then says whether a law in force punishes the act, and whether it
reaches AI-made material. Where it says less, or another law is cited first, there is no such word: the silence of a
corpus is never a "no".
"""

import re

from corpus.catalogue import Catalogue
from corpus.model import Document
from corpus.query.compare import Cell, compare
from rag.model import Understood
from rag.understand.kinds import asks_yes_or_no, read_conduct, without_manner

ACTS = {
    "produce": "create",
    "possess": "possess",
    "distribute": "share",
    "threaten": "threaten",
    "request": "request",
    "provide-tools": "provide-tools",
}
"""The questions of the comparison by the conduct of the front matter."""
_OTHER_ACTS = frozenset({"access", "advertise", "solicit", "train-model"})
"""Acts that the comparison has no question for: of a model that is possessed, the law on images says nothing."""
_FORBIDDEN = re.compile(
    r"\b(?:offen[cs]e|crime|criminal\w*|illegal|punish\w*|banned|prohibited|against the law|unlawful|forbidden"
    r"|outlawed)\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"\b(?:legal|lawful|allowed|permitted)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|n't|without|no longer|only if|unless|still)\b|n't\b", re.IGNORECASE)
_LIMITS = re.compile(r"\b(?:not|no|only|unless|except|acquitted|reversed|overturned|proposed|would)\b", re.IGNORECASE)
_ARTIFICIAL = re.compile(
    r"\b(?:AI|deep ?fakes?|synthetic|artificial\w*|generated|virtual|drawn|fake|fictional)\b", re.I
)
_REACHED = 2
"""The law that carries the word must be among so many documents cited first."""


def names_legality(text: str) -> bool:
    """Whether a text names what is forbidden or allowed by law."""
    return bool(_FORBIDDEN.search(text) or _ALLOWED.search(text))


def verdict(
    catalogue: Catalogue, understood: Understood, cited: list[Document], first: str, as_of: str | None = None
) -> str:
    """Return "Yes.", "No.", "It depends.", or nothing where the front matter carries none of them.

    Args:
        catalogue: the corpus.
        understood: the question.
        cited: the documents of the answer, that of the best sentence first.
        first: the answer's first sentence; one that limits or denies is left to speak for itself.
        as_of: the day whose law is asked for.
    """
    text = without_manner(understood.question)
    conduct = read_conduct(text)
    acts = [act for act in conduct if act in ACTS]
    plain = asks_yes_or_no(text) and not understood.comparison and not _NOT.search(text)
    if (
        not plain
        or _OTHER_ACTS & set(conduct)
        or len(acts) != 1
        or len(understood.jurisdictions) != 1
        or len(understood.protects) != 1
    ):
        return ""
    forbidden, allowed = bool(_FORBIDDEN.search(text)), bool(_ALLOWED.search(text))
    if forbidden == allowed:
        return ""
    question = f"{ACTS[acts[0]]}-{understood.protects[0]}"
    day = as_of or (understood.dates[0] if len(understood.dates) == 1 else None)
    cell = compare(catalogue, understood.jurisdictions, [question], day).cell(understood.jurisdictions[0], question)
    if cell.document not in [document.id for document in cited[:_REACHED]]:
        return ""
    if _LIMITS.search(first):
        return ""
    return _in_words(cell, forbidden, bool(_ARTIFICIAL.search(text)))


def _in_words(cell: Cell, forbidden: bool, artificial: bool) -> str:
    if cell.verdict == "offence" and cell.findings[0].certain:
        return "Yes." if forbidden else "No."
    if cell.verdict == "subdivisions" or (artificial and cell.verdict in {"disputed", "excluded", "not-addressed"}):
        return "It depends."
    return ""
