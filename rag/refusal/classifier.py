"""How like a text is to known requests, lawful questions and cries for help: small heads that `rag.refusal.train` fits.

English: the sentence embedding, the concepts of each clause (single, in pairs in order, the first two), its first
words, single words and pairs of words. Other languages: the embedding of the gloss (`gloss`), its words and pairs of
words, the concepts of the text and their pairs within a sentence, which all languages share, and words or letter pairs
of the language. Both go through one hidden layer of a few units. A third head tells the category of what is declined or
needed, by concepts alone, through one linear layer. The weights stand in readable files; no second model is loaded.
`scoring` takes the weighted mean of what these heads and the request reader (`adapter`) say.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.refusal.concepts import UNSPACED, Hit, english, finder, words_of
from rag.refusal.text import Text

EMBEDDING_SCALE = 3.0
CONCEPT_SCALE = 0.6
WORD_SCALE = 0.7
"""Scales of the features, chosen by cross-validation over template families."""
REACH = 10
"""Over how many named places a pair of concepts is counted."""
PREFIX = 7
"""Letters of a word of another language that count, which stands in for its stem."""
WEIGHTS = Path(__file__).parent / "weights.json"
WEIGHTS_OTHER = Path(__file__).parent / "weights_other.json"
WEIGHTS_CATEGORY = Path(__file__).parent / "weights_category.json"

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Scores:
    """Probabilities (0 to 1) of the classes: outcomes, or categories."""

    by_class: dict[str, float]

    @property
    def refuse(self) -> float:
        """Probability that the text asks for what is declined."""
        return self.by_class.get("refuse", 0.0)

    @property
    def support(self) -> float:
        """Probability that a person in need speaks."""
        return self.by_class.get("support", 0.0)

    def best(self, names: Iterable[str]) -> str:
        """Return the most probable of these classes."""
        return max(names, key=lambda name: self.by_class.get(name, 0.0))


@dataclass(frozen=True)
class Head:
    """Several small networks side by side: units are their hidden ones, or directly the classes where there are none."""

    classes: tuple[str, ...]
    terms: dict[str, NDArray[np.float32]]
    """For each feature its weights, shape (units,)."""
    embedding: NDArray[np.float32]
    """Weights of the embedding, shape (units, dimension); dimension is 0 where it is not used."""
    bias: NDArray[np.float32]
    out: NDArray[np.float32]
    """Weights from hidden units to classes, shape (networks, classes, units of one), or empty without hidden units."""
    out_bias: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        """The length of the embedding that the head was trained on."""
        return int(self.embedding.shape[1])

    def scores(self, features: dict[str, float], vector: Vector | None = None) -> Scores:
        """Return the class probabilities of features, the mean of the networks'."""
        units = self.bias.copy()
        for name, value in features.items():
            if (weights := self.terms.get(name)) is not None:
                units += value * weights
        if vector is not None and self.dimension:
            units += self.embedding @ (EMBEDDING_SCALE * vector)
        if not self.out.size:
            return self._named(softmax(units))
        hidden = np.maximum(units, 0.0).reshape(len(self.out), -1)
        logits = np.einsum("nch,nh->nc", self.out, hidden) + self.out_bias
        shares: NDArray[Any] = np.mean([softmax(row) for row in logits], axis=0)
        return self._named(shares)

    def _named(self, shares: NDArray[Any]) -> Scores:
        return Scores(dict(zip(self.classes, shares.tolist(), strict=True)))


def softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Return probabilities of logits, shape (classes,)."""
    powers: NDArray[Any] = np.exp(logits - logits.max())
    shares: NDArray[Any] = powers / powers.sum()
    return shares


def english_features(text: str) -> dict[str, float]:
    """Return the features of an English text in normal form; a feature that is not there is not named."""
    named: dict[str, float] = {}
    for clause in Text(text).requests:
        named.update(dict.fromkeys(_in_order(english().hits(clause)), CONCEPT_SCALE))
        first = words_of(clause)[:3]
        named.update({f"{size}: {' '.join(first[:size])}": CONCEPT_SCALE for size in range(1, len(first) + 1)})
    words = [word for word in words_of(text) if not word[0].isdigit()]
    named.update(dict.fromkeys(words, WORD_SCALE))
    named.update(dict.fromkeys((f"{left} {right}" for left, right in pairwise(words)), WORD_SCALE))
    return named


def _in_order(hits: list[Hit]) -> Iterable[str]:
    """Yield the concepts of a clause, the pairs of them in order, and what it begins with."""
    places: dict[int, list[str]] = {}
    for hit in hits:
        places.setdefault(hit.place, []).append(hit.concept)
    groups = list(places.values())
    for place, group in enumerate(groups):
        yield from (f"<{concept}>" for concept in group)
        for later in groups[place + 1 : place + 1 + REACH]:
            yield from (f"<{left}> <{right}>" for left in group for right in later if left != right)
    if groups:
        yield from (f"^ <{concept}>" for concept in groups[0])
    if len(groups) > 1:
        yield from (f"^ <{left}> <{right}>" for left in groups[0] for right in groups[1])


def other_features(text: str, language: str, gloss: str) -> dict[str, float]:
    """Return the features of a text in normal form in another language: shared ones, its own words, those of its gloss."""
    named = _shared(text, language)
    named.update(dict.fromkeys((f"{language} {piece}" for piece in _pieces(text, language)), CONCEPT_SCALE))
    words = [word for word in words_of(gloss) if not word[0].isdigit()]
    named.update(dict.fromkeys((f"en {word}" for word in words), WORD_SCALE))
    named.update(dict.fromkeys((f"en {left} {right}" for left, right in pairwise(words)), WORD_SCALE))
    return named


def shared_features(text: str, language: str) -> dict[str, float]:
    """Return the features of a text that all languages share: concepts and their pairs."""
    return {name: value for name, value in _shared(text, language).items() if name.startswith("<")}


def _shared(text: str, language: str) -> dict[str, float]:
    find = finder(language).hits
    named: dict[str, float] = {f"<{hit.concept}>": CONCEPT_SCALE for hit in find(text)}
    parts = Text(text).sentences
    for part in parts:
        concepts = sorted({hit.concept for hit in find(part)})
        named.update({f"<{left}> + <{right}>": CONCEPT_SCALE for left, right in combinations(concepts, 2)})
    if any(mark in text for mark in "?？؟"):
        named["?"] = CONCEPT_SCALE
    named["sentences" if len(parts) > 1 else "sentence"] = CONCEPT_SCALE
    return named


def _pieces(text: str, language: str) -> list[str]:
    if language in UNSPACED - {"ar", "id"}:
        letters = "".join(text.split())
        return [letters[place : place + 2] for place in range(len(letters) - 1)]
    return [word[:PREFIX] for word in words_of(text)]


@lru_cache(maxsize=1)
def classifier() -> Head:
    """Read the weights for English, once."""
    return _read(WEIGHTS)


@lru_cache(maxsize=1)
def other_classifier() -> Head:
    """Read the weights for the other languages, once, when the first such text comes."""
    return _read(WEIGHTS_OTHER)


@lru_cache(maxsize=1)
def categories() -> Head:
    """Read the weights of the categories, once, when a text is first declined or helped."""
    return _read(WEIGHTS_CATEGORY)


def _read(path: Path) -> Head:
    data = json.loads(path.read_text(encoding="utf-8"))
    names = list(data["terms"])
    table = np.array([data["terms"][name] for name in names], dtype=np.float32).reshape(len(names), -1) / data["scale"]
    return Head(
        classes=tuple(data["classes"]),
        terms=dict(zip(names, table, strict=True)),
        embedding=np.array(data["embedding"], dtype=np.float32).reshape(len(data["bias"]), -1) / data["scale"],
        bias=np.array(data["bias"], dtype=np.float32),
        out=np.array(data["out"], dtype=np.float32),
        out_bias=np.array(data["out_bias"], dtype=np.float32),
    )
