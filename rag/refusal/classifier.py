"""A small head on the question's sentence embedding: how like it is to known requests, lawful questions and cries for help.

Multinomial logistic regression over the embedding, plain indicators (which building blocks of the policy the text contains)
and single words and pairs of words. `rag/refusal/train.py` writes the weights to `weights.json`; no second model is loaded.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.refusal.policy import REFUSED, SUPPORTED, Policy, policy

INDICATORS = (
    "law", "asks_law", "how", "way", "make", "tool", "tell", "mine", "csam", "fake", "these", "sexual", "child", "person", "actor", "picture",
    "fact", "lawful_form", "yes_no", "asks", "near", "distress", "definition", "subject",
)  # fmt: skip
"""Building blocks of the policy whose presence is a feature."""
ANSWER = "answer"
EMBEDDING_SCALE = 3.0
TERM_SCALE = 0.7
"""Scales of the features against the one L2 penalty, chosen by cross-validation over template families."""

_WORD = re.compile(r"[a-z']+")

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Scores:
    """Probabilities (0 to 1) of the classes: the categories of the policy and `answer`."""

    by_class: dict[str, float]

    @property
    def refuse(self) -> float:
        """Probability that the text asks for what is declined."""
        return sum(self.by_class.get(name, 0.0) for name in REFUSED)

    @property
    def support(self) -> float:
        """Probability that a person in need speaks."""
        return sum(self.by_class.get(name, 0.0) for name in SUPPORTED)

    def best(self, names: tuple[str, ...]) -> str:
        """Return the most probable of these classes."""
        return max(names, key=lambda name: self.by_class.get(name, 0.0))


@dataclass(frozen=True)
class Classifier:
    """Weights of the embedding and indicators, shape (classes, dimension + indicators), of terms, and a bias for each class."""

    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    terms: dict[str, NDArray[np.float32]]
    """For each word or pair of words, its weight for every class."""

    @property
    def dimension(self) -> int:
        """The length of the embedding that the head was trained on."""
        return int(self.weights.shape[1]) - len(INDICATORS)

    def scores(self, text: str, vector: Vector) -> Scores:
        """Return the class probabilities of a text in normal form and its unit vector."""
        logits = self.weights @ features(text, vector) + self.bias
        for term in terms_of(text):
            if term in self.terms:
                logits = logits + TERM_SCALE * self.terms[term]
        powers = np.exp(logits - logits.max())
        return Scores(dict(zip(self.classes, (powers / powers.sum()).tolist(), strict=True)))


def terms_of(text: str) -> set[str]:
    """Return the words and the pairs of neighbouring words of a text in normal form."""
    words = _WORD.findall(text)
    return {*words, *(f"{left} {right}" for left, right in pairwise(words))}


def features(text: str, vector: Vector, rules: Policy | None = None) -> Vector:
    """Return the feature vector, shape (dimension + indicators,): the embedding, then 0 or 1 for each indicator."""
    blocks = (rules or policy()).blocks
    flags = [1.0 if blocks[name].search(text) else 0.0 for name in INDICATORS]
    return np.concatenate([EMBEDDING_SCALE * vector, np.array(flags, dtype=np.float32)])


@lru_cache(maxsize=1)
def classifier() -> Classifier:
    """Read the weights that stand beside this module, once."""
    data = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return Classifier(
        classes=tuple(data["classes"]),
        weights=np.array(data["weights"], dtype=np.float32),
        bias=np.array(data["bias"], dtype=np.float32),
        terms={term: np.array(row, dtype=np.float32) for term, row in data["terms"].items()},
    )
