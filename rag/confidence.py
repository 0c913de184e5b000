"""How sure it is that the corpus answers a question at all: the ground of abstaining.

A logistic regression over a few signs, trained by `python -m eval.train` on questions with and without an answer; its
weights are in `confidence.json`.
"""

import json
import math
from pathlib import Path

import numpy as np

from rag.lexical import tokens
from rag.rank import Ranker, Ranking
from rag.understand.text import words

WEIGHTS = Path(__file__).parent / "confidence.json"

SIGNS: tuple[str, ...] = (
    "best", "mean_of_three", "spread", "similarity_best", "similarity_chosen", "similarity_first", "coverage_first",
    "coverage_chosen", "coverage_document", "coverage_context", "unknown_words", "place_absent", "place_other", "named",
    "length", "asks_detail", "names_missing", "rarest_missing", "carries_kind", "conduct_missing",
)  # fmt: skip

_DETAIL = frozenset({"penalty", "number", "date"})
_KIND = {"penalty": ("term", "money", "imprisonment"), "number": ("number", "money"), "date": ("date",)}
_TOP = 6


class Confidence:
    """The probability that the corpus holds an answer."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        self._weights = np.array([learned["weights"][name] for name in SIGNS])
        self._bias = float(learned["bias"])
        self.threshold = float(learned["threshold"])

    def __call__(self, ranking: Ranking) -> float:
        """Return the probability, 0 to 1; 0 where nothing may be used at all."""
        if not ranking.order:
            return 0.0
        return 1 / (1 + math.exp(-float(signs(self._ranker, ranking) @ self._weights) - self._bias))


def signs(ranker: Ranker, ranking: Ranking) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the signs of one ranking, in the order of `SIGNS`."""
    table, understood = ranker.table, ranking.understood
    top = ranking.order[:_TOP]
    first = top[0]
    similarity, coverage = ranking.feature("similarity_raw"), ranking.feature("coverage")
    asked = [word for word in dict.fromkeys(tokens(understood.question)) if len(word) > 2]
    rarest = max(table.idf.values())
    weight = {word: table.idf.get(word, rarest) for word in asked}
    total = sum(weight.values()) or 1.0
    document = table.document_words(int(table.document_of[first]))
    chosen = frozenset().union(*(ranker.words[row] for row in top))
    missing = [weight[word] for word in asked if word not in document]
    written = table.document_text(int(table.document_of[first]))
    names = [word for word in words(understood.question)[1:] if word.written[:1].isupper() and len(word.key) > 2]
    lost = sum(word.key not in written and word.written.casefold() not in written for word in names)
    places = understood.jurisdictions
    here = ranking.feature("same_jurisdiction")[first] + ranking.feature("related_jurisdiction")[first] > 0
    facts = _KIND.get(understood.intent, ())
    values = {
        "best": ranking.scores[first],
        "mean_of_three": ranking.scores[top[:3]].mean(),
        "spread": ranking.scores[top].std(),
        "similarity_best": similarity.max(),
        "similarity_chosen": similarity[top].max(),
        "similarity_first": similarity[first],
        "coverage_first": coverage[first],
        "coverage_chosen": sum(weight[word] for word in asked if word in chosen) / total,
        "coverage_document": sum(weight[word] for word in asked if word in document) / total,
        "coverage_context": ranking.feature("coverage_context")[top].max(),
        "unknown_words": sum(word not in table.idf for word in asked) / max(len(asked), 1),
        "place_absent": bool(places) and not any(code in table.jurisdictions for code in places),
        "place_other": bool(places) and not here,
        "named": bool(understood.documents),
        "length": len(asked) / 10,
        "asks_detail": understood.intent in _DETAIL,
        "names_missing": lost / max(len(names), 1),
        "rarest_missing": max(missing, default=0.0) / rarest,
        "carries_kind": not facts or any(table.traits.facts[name][row] for name in facts for row in top[:3]),
        "conduct_missing": ranking.feature("conduct_missing")[first],
    }
    return np.array([float(values[name]) for name in SIGNS])
