"""Train the ranker and the confidence of abstaining: `python -m eval.train`.

The ranker is a logistic regression, the confidence a small perceptron (scikit-learn). Both learn from the questions of
the splits `train` and `dev`, the confidence also from `near`, near misses and their answerable twins, which count less
for being harder than what people ask. All are on the same half of the corpus; the test questions are never read. A
sentence is a positive example if it carries a vital nugget of the question and stands in one of its documents;
negatives are the best-placed other sentences. What the confidence sees of a question comes from a ranker that has not
been trained on the question's documents. The figures of a five-fold cross-validation, split by document, are printed;
the weights over all questions are written to `rag/`.
"""

import json
import sys
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from eval.data import DATASETS, AnswerItem, read_answers
from eval.text import fold, found
from rag.assistant import Assistant
from rag.confidence import SIGNS, signs
from rag.confidence import WEIGHTS as CONFIDENCE_WEIGHTS
from rag.features import NAMES, Matrix
from rag.model import Question
from rag.rank import OUT, Ranker, Ranking
from rag.rank import WEIGHTS as RANKER_WEIGHTS
from rag.retrieve import Scope
from rag.select import MAX_SENTENCES

Numbers = NDArray[Any]

FOLDS = 5
RANKER_STRENGTH = 0.01
"""Inverse regularisation of the ranker; chosen by cross-validation among 0.003, 0.01, 0.03 and 0.1."""
HIDDEN = 16
PENALTY = 2.0
"""Units and L2 penalty of the confidence; chosen by cross-validation among 8, 16 and 32, and 1 to 10."""
NEGATIVES = 150
POSITIVES = 6
ELSEWHERE = 2.0
"""What a sentence of another jurisdiction than those asked about loses beyond what the questions teach, in log-odds.

It moves no figure by its interval, and keeps the law of another country from standing first where its words fit best.
"""
NEAR = 0.4
"""What a question of `near` counts for the confidence; between 0.2 and 1 cross-validation shows no difference."""
FALSE_ABSTENTIONS = 0.02
"""The share of answerable questions that may be declined; sets the threshold.

Where one question in ten has no answer, as in `dev`, this gives more right outcomes in cross-validation than 0.01 or
0.03 do.
"""


@dataclass(frozen=True)
class Asked:
    """One question and how the sentences stand to it: as a whole, and to each thing that it compares."""

    item: AnswerItem
    rankings: tuple[Ranking, ...]
    """That of the whole question first."""
    carries: "NDArray[np.bool_]"
    """Which sentences carry a vital nugget."""
    near: bool = False
    """Whether it is of the split `near`."""

    @property
    def fold(self) -> int:
        """The fold of cross-validation: questions on one document share it."""
        named = self.item.documents[0] if self.item.documents else self.item.id
        return zlib.crc32(named.encode()) % FOLDS

    @property
    def answerable(self) -> bool:
        """Whether the corpus answers it."""
        return self.item.outcome == "answered"

    def examples(self) -> "list[tuple[Matrix, NDArray[np.bool_]]]":
        """Return the features and the good sentences of each subject of the question, or of the whole."""
        pairs = [
            (one.features, self.carries & (one.scores > OUT / 2)) for one in self.rankings[1:] or self.rankings[:1]
        ]
        return [(features, good) for features, good in pairs if good.any()]


@dataclass(frozen=True)
class Linear:
    """Weights of a logistic regression, in the units of the features themselves."""

    weights: Numbers
    bias: float

    def scores(self, rows: Numbers) -> Numbers:
        """Return the log-odds of rows."""
        found: Numbers = rows @ self.weights + self.bias
        return found

    def write(self, path: Path, names: tuple[str, ...]) -> None:
        """Write the weights by name, rounded so that the same data gives the same file."""
        values = {name: round(float(weight), 4) for name, weight in zip(names, self.weights, strict=True)}
        path.write_text(json.dumps({"weights": values, "bias": round(self.bias, 4)}, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Perceptron:
    """A hidden layer of rectified units, in the units of the signs themselves, and one output."""

    hidden: Numbers
    hidden_bias: Numbers
    output: Numbers
    bias: float

    @classmethod
    def fit(cls, rows: Numbers, labels: Numbers, weights: Numbers) -> "Perceptron":
        """Fit on standardised signs; the same rows and weights give the same network."""
        mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        network = MLPClassifier((HIDDEN,), alpha=PENALTY, max_iter=600, random_state=0)
        network.fit((rows - mean) / spread, labels, sample_weight=weights)
        hidden = network.coefs_[0] / spread[:, np.newaxis]
        return cls(
            hidden, network.intercepts_[0] - mean @ hidden, network.coefs_[1][:, 0], float(network.intercepts_[1][0])
        )

    def probabilities(self, rows: Numbers) -> Numbers:
        """Return the probability that each row's question has an answer."""
        found: Numbers = np.maximum(rows @ self.hidden + self.hidden_bias, 0) @ self.output + self.bias
        return 1 / (1 + np.exp(-found))

    def write(self, path: Path, threshold: float) -> None:
        """Write the weights, one row a sign, rounded so that the same data gives the same file."""
        lines = [
            f"  {json.dumps(name)}: {json.dumps([round(float(x), 4) for x in row])}"
            for name, row in zip(SIGNS, self.hidden, strict=True)
        ]
        path.write_text(
            '{\n "hidden": {\n'
            + ",\n".join(lines)
            + "\n },\n"
            + f' "hidden_bias": {json.dumps([round(float(x), 4) for x in self.hidden_bias])},\n'
            + f' "output": {json.dumps([round(float(x), 4) for x in self.output])},\n'
            + f' "bias": {round(self.bias, 4)},\n "threshold": {round(threshold, 4)}\n}}\n',
            encoding="utf-8",
        )


def fit(rows: Numbers, labels: Numbers, weights: Numbers | None, strength: float) -> Linear:
    """Fit a logistic regression on standardised features and return it in their own units."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=5000).fit((rows - mean) / spread, labels, sample_weight=weights)
    own = model.coef_[0] / spread
    return Linear(own, float(model.intercept_[0] - own @ mean))


def ask(assistant: Assistant, items: list[AnswerItem], near: bool = False) -> list[Asked]:
    """Rank the sentences for every question, of the split `near` or of another."""
    ranker, reader = assistant.ranker, assistant.reader
    texts = [fold(sentence.text) for _, sentence in ranker.index.sentences]
    documents = np.array([ranker.table.documents[row].id for row in ranker.table.document_of])
    asked = []
    for item in items:
        question = Question(question=item.question, history=item.history, as_of=item.as_of)
        understood, scope = reader.read(question), Scope.of(question)
        parts = [ranker.rank(part, scope, within=True) for part in reader.apart(understood)]
        patterns = [pattern for nugget in item.nuggets if nugget.vital for pattern in nugget.any]
        carries = np.zeros(len(texts), dtype=bool)
        rows = np.flatnonzero(np.isin(documents, item.documents))
        carries[[row for row in rows if any(found(pattern, texts[row]) for pattern in patterns)]] = True
        asked.append(Asked(item, (ranker.rank(understood, scope), *parts), carries, near))
    return asked


def train_ranker(chosen: list[Asked]) -> Linear:
    """Fit the ranker: each question weighs the same, whatever its number of good sentences."""
    rows, labels, weights = [], [], []
    for features, carries in (pair for one in chosen for pair in one.examples()):
        order = np.argsort(-_starting_score(features))
        positive = [row for row in order if carries[row]][:POSITIVES]
        negative = [row for row in order[: 2 * NEGATIVES] if not carries[row]][:NEGATIVES]
        rows.append(features[[*positive, *negative]])
        labels += [1] * len(positive) + [0] * len(negative)
        weights += [1 / len(positive)] * len(positive) + [3 / len(negative)] * len(negative)
    learned = fit(np.concatenate(rows), np.array(labels), np.array(weights), RANKER_STRENGTH)
    learned.weights[NAMES.index("other_jurisdiction")] -= ELSEWHERE
    return learned


def first_hits(chosen: list[Asked], ranker: Linear, depth: int = MAX_SENTENCES) -> list[bool]:
    """Return for each example whether a good sentence is among the first `depth`."""
    pairs = (pair for one in chosen for pair in one.examples())
    return [bool(carries[np.argsort(-ranker.scores(features))[:depth]].any()) for features, carries in pairs]


def signs_of(one: Asked, ranker: Ranker, learned: Linear) -> Numbers:
    """Return the signs of each ranking of a question, scored with other weights; shape (rankings, signs)."""
    scored = [
        replace(ranking, scores=np.where(ranking.scores > OUT / 2, learned.scores(ranking.features), OUT))
        for ranking in one.rankings
    ]
    return np.stack([signs(ranker, ranking) for ranking in scored if ranking.order])


def train_confidence(asked: list[Asked], seen: list[Numbers]) -> tuple["Perceptron", float, str]:
    """Fit the confidence on each question's whole; return it, its threshold and what cross-validation says of it.

    Threshold and figures are those of `train` and `dev`.
    """
    labels = np.array([one.answerable for one in asked])
    folds = np.array([one.fold for one in asked])
    usual = ~np.array([one.near for one in asked])
    weights = np.where(usual, 1.0, NEAR)
    whole = np.stack([rows[0] for rows in seen])
    scores = np.zeros(len(asked))
    for number in range(FOLDS):
        kept = folds != number
        learned = Perceptron.fit(whole[kept], labels[kept], weights[kept])
        for place in np.flatnonzero(folds == number):
            scores[place] = learned.probabilities(seen[place]).max()
    limit = float(np.quantile(scores[labels & usual], FALSE_ABSTENTIONS))
    summary = (
        f"abstains on {(scores[~labels & usual] < limit).mean():.3f} of the unanswerable"
        f" ({(scores[~labels & ~usual] < limit).mean():.3f} of near), on {FALSE_ABSTENTIONS} of others"
    )
    return Perceptron.fit(whole, labels, weights), limit, summary


def main() -> None:
    """Train both models and write their weights."""
    assistant = Assistant.open()
    asked = [one for split in ("train", "dev", "near") for one in ask(assistant, _items(split), split == "near")]
    answered = [one for one in asked if one.answerable and not one.near]
    hits: list[bool] = []
    seen: list[Numbers] = [np.zeros(0)] * len(asked)
    for number in range(FOLDS):
        learned = train_ranker([one for one in answered if one.fold != number])
        hits += first_hits([one for one in answered if one.fold == number], learned)
        for place, one in enumerate(asked):
            if one.fold == number:
                seen[place] = signs_of(one, assistant.ranker, learned)
    _say(f"ranker, {FOLDS}-fold: a good sentence among the first {MAX_SENTENCES} for {np.mean(hits):.3f} of examples")
    train_ranker(answered).write(RANKER_WEIGHTS, NAMES)
    model, threshold, summary = train_confidence(asked, seen)
    _say(f"confidence, {FOLDS}-fold: {summary}")
    model.write(CONFIDENCE_WEIGHTS, threshold)


def _items(split: str) -> list[AnswerItem]:
    found = read_answers(DATASETS / "answers" / f"{split}.jsonl").items
    return [item for item in found if item.outcome != "support"]


def _starting_score(features: Matrix) -> Matrix:
    """Return the plain hybrid score that chooses the negatives, so that training does not depend on older weights."""
    column = {name: features[:, number] for number, name in enumerate(NAMES)}
    score: Matrix = (
        column["similarity"] + 3 * column["lexical"] + column["passage_dense"] + 2 * column["passage_lexical"]
    )
    return score


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
