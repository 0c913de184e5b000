"""How sure it is that the corpus answers a question at all: the ground of abstaining.

A perceptron with one small hidden layer over some forty signs, trained by `python -m eval.train` on questions with and
without an answer; its weights are in `confidence.json`. Signs work together (a count is asked for, and no sentence has
one), which a linear model can't express: it declined a tenth fewer of the unanswerable at the same false abstentions.
"""

import json
import math
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.jurisdictions import gazetteer
from rag.gaps import GAPS, gaps
from rag.lexical import tokens
from rag.rank import OUT, Ranker, Ranking

WEIGHTS = Path(__file__).parent / "confidence.json"

_SCORES = ("best", "mean_of_three", "spread", "similarity_best", "similarity_chosen", "similarity_first", "length")
_PLACES = ("place_absent", "place_other", "place_unsaid", "named", "conduct_missing")
_WORDS = ("coverage_first", "coverage_chosen", "coverage_document", "rarest_missing", "unknown_words")
_PRESENCE = (
    "present_first", "present_chosen", "present_document", "present_anywhere", "rarest_absent_chosen",
    "rarest_absent_document", "rarest_absent_anywhere", "absent_words", "detail_chosen", "detail_document",
    "detail_absent",
)  # fmt: skip
SIGNS: tuple[str, ...] = (*_SCORES, *_PLACES, *_WORDS, *_PRESENCE, *GAPS)

_TOP = 6
_ABSENT = 0.35
"""Below this presence a word counts as not there."""

Signs = NDArray[np.float64]


class Confidence:
    """The probability that the corpus holds an answer."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        self._hidden_bias = np.array(learned["hidden_bias"])
        untrained = [0.0] * len(self._hidden_bias)  # a new sign counts nothing until it is trained
        self._hidden = np.array([learned["hidden"].get(name, untrained) for name in SIGNS])
        self._output = np.array(learned["output"])
        self._bias = float(learned["bias"])
        self.threshold = float(learned["threshold"])

    def __call__(self, ranking: Ranking) -> float:
        """Return the probability, 0 to 1; 0 where nothing may be used at all."""
        if not ranking.order:
            return 0.0
        hidden = np.maximum(signs(self._ranker, ranking) @ self._hidden + self._hidden_bias, 0)
        return 1 / (1 + math.exp(-float(hidden @ self._output) - self._bias))


def signs(ranker: Ranker, ranking: Ranking) -> Signs:
    """Return the signs of one ranking, in the order of `SIGNS`. Rows that may not be used count nowhere."""
    top = ranking.order[:_TOP]
    document = ranker.table.documents[int(ranker.table.document_of[top[0]])]
    usable = ranking.scores > OUT / 2
    own = [int(row) for row in ranker.table.rows_of(document.id) if usable[row]]
    names = [name for row in top for name in ranker.document(row).names]
    found = {
        **_of_scores(ranking, top),
        **_of_places(ranker, ranking, top),
        **_of_words(ranker, ranking, top, own),
        **_of_presence(ranking, top, own, usable, frozenset(tokens(" ".join(document.names)))),
        **gaps(
            ranking.understood.question, [ranker.text(row) for row in top], [ranker.text(row) for row in own], names
        ),
    }
    return np.array([float(found[name]) for name in SIGNS])


def _of_scores(ranking: Ranking, top: list[int]) -> dict[str, float]:
    similarity = ranking.feature("similarity_raw")
    return {
        "best": ranking.scores[top[0]],
        "mean_of_three": ranking.scores[top[:3]].mean(),
        "spread": ranking.scores[top].std(),
        "similarity_best": similarity[ranking.scores > OUT / 2].max(),
        "similarity_chosen": similarity[top].max(),
        "similarity_first": similarity[top[0]],
        "length": len(ranking.presence.words) / 10,
    }


def _of_places(ranker: Ranker, ranking: Ranking, top: list[int]) -> dict[str, float]:
    first = top[0]
    places = ranking.understood.jurisdictions
    here = ranking.feature("same_jurisdiction")[first] + ranking.feature("related_jurisdiction")[first] > 0
    return {
        "place_absent": bool(places) and not any(code in ranker.table.jurisdictions for code in places),
        "place_other": bool(places) and not here,
        "place_unsaid": sum(not _told_of(ranker, code, top) for code in places),
        "named": bool(ranking.understood.documents),
        "conduct_missing": ranking.feature("conduct_missing")[first],
    }


def _told_of(ranker: Ranker, code: str, top: list[int]) -> bool:
    """Whether one of the best sentences is of a place's law, or names the place."""
    if code not in gazetteer():
        return True
    entry = gazetteer()[code]
    names = "|".join(re.escape(name) for name in (entry.name, *entry.names, *entry.demonyms))
    named = re.compile(rf"\b(?:{names})(?!\w)")
    for row in top:
        document = ranker.document(row)
        if code in (document.jurisdiction, document.country) or named.search(ranker.text(row)):
            return True
    return False


def _of_words(ranker: Ranker, ranking: Ranking, top: list[int], own: list[int]) -> dict[str, float]:
    """Return how much of the question stands there in the very words, weighted by rarity."""
    idf = ranker.table.idf
    asked = [word for word in dict.fromkeys(tokens(ranking.understood.question)) if len(word) > 2]
    rarest = max(idf.values())
    weight = {word: idf.get(word, rarest) for word in asked}
    total = sum(weight.values()) or 1.0

    def share(words: frozenset[str]) -> float:
        return sum(weight[word] for word in asked if word in words) / total

    written = frozenset().union(*(ranker.words[row] for row in own), tokens(" ".join(ranker.document(top[0]).names)))
    return {
        "coverage_first": share(ranker.words[top[0]]),
        "coverage_chosen": share(frozenset().union(*(ranker.words[row] for row in top))),
        "coverage_document": share(written),
        "rarest_missing": max((weight[word] for word in asked if word not in written), default=0.0) / rarest,
        "unknown_words": sum(word not in idf for word in asked) / max(len(asked), 1),
    }


def _of_presence(
    ranking: Ranking, top: list[int], own: list[int], usable: NDArray[np.bool_], names: frozenset[str]
) -> dict[str, float]:
    """Return how much of the question is there in the same or like words, and how much of what is asked of its subject.

    The detail is what the question says beyond the document's own names and beyond what most of its sentences speak of.
    """
    presence = ranking.presence
    if not presence.words:
        return dict.fromkeys(_PRESENCE, 0.0)
    there, rarity = presence.in_sentence, presence.rarity
    total, rarest = float(rarity.sum()), float(np.log(1 + len(there)))
    chosen, document = there[top].max(axis=0), there[own].max(axis=0)
    anywhere = there[usable].max(axis=0)
    named = np.array([bool(names & set(tokens(word))) for word in presence.words])
    detail = rarity * ~named * (1 - there[own].mean(axis=0))
    of_detail = there @ detail / max(float(detail.sum()), 1e-6)
    return {
        "present_first": there[top[0]] @ rarity / total,
        "present_chosen": chosen @ rarity / total,
        "present_document": document @ rarity / total,
        "present_anywhere": (there[usable] @ rarity).max() / total,
        "rarest_absent_chosen": ((1 - chosen) * rarity).max() / rarest,
        "rarest_absent_document": ((1 - document) * rarity).max() / rarest,
        "rarest_absent_anywhere": ((1 - anywhere) * rarity).max() / rarest,
        "absent_words": (document < _ABSENT).mean(),
        "detail_chosen": of_detail[top].max(),
        "detail_document": of_detail[own].max(),
        "detail_absent": ((1 - document) * detail).max() / rarest,
    }
