"""Train the ranker and the confidence of abstaining on the development questions: `python -m eval.train`.

Both are logistic regressions (scikit-learn). A sentence is a positive example if it carries a vital nugget of the
question and stands in one of its documents; negatives are the best-placed other sentences. The figures of a five-fold
cross-validation, split by document, are printed; the weights over all development questions are written to `rag/`.
The test questions are never read.
"""

import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from eval.data import DATASETS, AnswerItem, read_answers
from eval.text import fold, found
from rag.assistant import Assistant
from rag.confidence import SIGNS, signs
from rag.confidence import WEIGHTS as CONFIDENCE_WEIGHTS
from rag.features import NAMES, Matrix
from rag.model import Question, Understood
from rag.rank import WEIGHTS as RANKER_WEIGHTS
from rag.rank import Ranker, Ranking
from rag.retrieve import Scope
from rag.select import MAX_SENTENCES
from rag.understand import Reader

Numbers = NDArray[Any]

FOLDS = 5
RANKER_STRENGTH = 0.01
"""Inverse regularisation of the ranker; chosen by cross-validation among 0.01, 0.03 and 0.1."""
CONFIDENCE_STRENGTH = 0.3
NEGATIVES = 150
POSITIVES = 6
FALSE_ABSTENTIONS = 0.02
"""The share of answerable questions that may be declined; sets the threshold."""


@dataclass(frozen=True)
class Example:
    """One question, or one subject of a comparison: the features of all sentences and which carry a nugget."""

    item: AnswerItem
    understood: Understood
    features: Matrix
    carries: "np.ndarray[tuple[int], np.dtype[np.bool_]]"


@dataclass(frozen=True)
class Linear:
    """Weights of a logistic regression, in the units of the features themselves."""

    weights: Numbers
    bias: float

    def write(self, path: Path, names: tuple[str, ...], **more: float) -> None:
        """Write the weights by name, rounded so that the same data gives the same file."""
        values = {name: round(float(weight), 4) for name, weight in zip(names, self.weights, strict=True)}
        content = {"weights": values, "bias": round(self.bias, 4), **{key: round(x, 4) for key, x in more.items()}}
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def fit(rows: Numbers, labels: Numbers, weights: Numbers | None, strength: float) -> Linear:
    """Fit a logistic regression on standardised features and return it in their own units."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=3000).fit((rows - mean) / spread, labels, sample_weight=weights)
    own = model.coef_[0] / spread
    return Linear(own, float(model.intercept_[0] - own @ mean))


def examples(ranker: Ranker, reader: Reader, items: list[AnswerItem]) -> list[Example]:
    """Return the examples of the answerable questions."""
    texts = [fold(sentence.text) for _, sentence in ranker.index.sentences]
    documents = np.array([ranker.table.documents[row].id for row in ranker.table.document_of])
    found_examples = []
    for item in items:
        understood = reader.read(Question(question=item.question, history=item.history, as_of=item.as_of))
        rows = np.flatnonzero(np.isin(documents, item.documents))
        carries = np.zeros(len(texts), dtype=bool)
        patterns = [pattern for nugget in item.nuggets if nugget.vital for pattern in nugget.any]
        carries[[row for row in rows if any(found(pattern, texts[row]) for pattern in patterns)]] = True
        for part in reader.apart(understood) or [understood]:
            ranking = ranker.rank(part, Scope(), within=part is not understood)
            usable = carries & (ranking.scores > -1e5)
            if usable.any():
                found_examples.append(Example(item, part, ranking.features, usable))
    return found_examples


def train_ranker(chosen: list[Example]) -> Linear:
    """Fit the ranker: each question weighs the same, whatever its number of good sentences."""
    rows, labels, weights = [], [], []
    for example in chosen:
        start = _starting_score(example.features)
        positive = [row for row in np.argsort(-start) if example.carries[row]][:POSITIVES]
        negative = [row for row in np.argsort(-start)[: 2 * NEGATIVES] if not example.carries[row]][:NEGATIVES]
        rows.append(example.features[[*positive, *negative]])
        labels += [1] * len(positive) + [0] * len(negative)
        weights += [1 / len(positive)] * len(positive) + [3 / len(negative)] * len(negative)
    return fit(np.concatenate(rows), np.array(labels), np.array(weights), RANKER_STRENGTH)


def first_hits(chosen: list[Example], ranker: Linear, depth: int = MAX_SENTENCES) -> float:
    """Return the share of examples with a good sentence among the first `depth`."""
    hits = [bool(example.carries[np.argsort(-(example.features @ ranker.weights))[:depth]].any()) for example in chosen]
    return float(np.mean(hits))


def train_confidence(ranker: Ranker, reader: Reader, items: list[AnswerItem]) -> tuple[Linear, float, str]:
    """Fit the confidence; return it with its threshold and what cross-validation says of it."""
    rankings: list[Ranking] = [
        ranker.rank(reader.read(Question(question=item.question, history=item.history)), Scope()) for item in items
    ]
    rows = np.stack([signs(ranker, ranking) for ranking in rankings])
    labels = np.array([item.outcome == "answered" for item in items])
    model = fit(rows, labels, None, CONFIDENCE_STRENGTH)
    spread = rows.std(axis=0) + 1e-6
    probability = cross_val_predict(
        LogisticRegression(C=CONFIDENCE_STRENGTH, max_iter=3000),
        (rows - rows.mean(axis=0)) / spread,
        labels,
        cv=StratifiedKFold(10, shuffle=True, random_state=0),
        method="predict_proba",
    )[:, 1]
    threshold = float(np.quantile(probability[labels], FALSE_ABSTENTIONS))
    recall = float((probability[~labels] < threshold).mean())
    return model, threshold, f"abstains on {recall:.3f} of the unanswerable, on {FALSE_ABSTENTIONS} of the others"


def main() -> None:
    """Train both models and write their weights."""
    assistant = Assistant.open()
    ranker, reader = assistant.ranker, assistant.reader
    items = [item for item in read_answers(DATASETS / "answers" / "dev.jsonl").items if item.outcome != "support"]
    answered = [item for item in items if item.outcome == "answered"]
    chosen = examples(ranker, reader, answered)
    fold_of = [zlib.crc32(example.item.documents[0].encode()) % FOLDS for example in chosen]
    hits = []
    for number in range(FOLDS):
        learned = train_ranker([one for one, own in zip(chosen, fold_of, strict=True) if own != number])
        hits.append(first_hits([one for one, own in zip(chosen, fold_of, strict=True) if own == number], learned))
    _say(f"ranker, {FOLDS}-fold: a good sentence among the first {MAX_SENTENCES} for {np.mean(hits):.3f} of examples")
    train_ranker(chosen).write(RANKER_WEIGHTS, NAMES)
    model, threshold, summary = train_confidence(Ranker(assistant.index), reader, items)
    _say(f"confidence, 10-fold: {summary}")
    model.write(CONFIDENCE_WEIGHTS, SIGNS, threshold=threshold)


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
