"""Rank the sentences of the corpus for a question, with weights learned by `python -m eval.train`.

The ranker is a logistic regression over the features of `rag/features.py` (pointwise learning to rank); its weights
are in `ranker.json`, one number for each feature, so that anyone can read what counts.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document
from rag.features import ACTS, NAMES, Asked, FeatureTable, Matrix, speaks_of_cases
from rag.index import Index
from rag.lexical import tokens
from rag.likeness import Presence
from rag.model import ScoredPassage, ScoredSentence, Understood
from rag.retrieve import Scope

WEIGHTS = Path(__file__).parent / "ranker.json"
Encode = Callable[[str], Matrix]

ON_THE_ACT = 1.0
"""What a sentence of a law on the very act gains where jurisdictions are compared, in log-odds."""
OUT = -1e6
"""The score of a sentence that may not be used."""


@dataclass(frozen=True)
class Ranking:
    """Every sentence's features and score for one question; rows follow `index.sentences`."""

    understood: Understood
    features: Matrix
    scores: Matrix
    presence: Presence

    @cached_property
    def order(self) -> list[int]:
        """Rows from the best score down, without those that may not be used."""
        rows = np.argsort(-self.scores, kind="stable")[:400]
        return [int(row) for row in rows if self.scores[row] > OUT / 2]

    def feature(self, name: str) -> Matrix:
        """Return one column of the features."""
        column: Matrix = self.features[:, NAMES.index(name)]
        return column


class Ranker:
    """Scores sentences; made once for an index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.table = FeatureTable(index)
        learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        self._bias = float(learned["bias"])
        self.reweight(learned["weights"])

    @property
    def weights(self) -> dict[str, float]:
        """What each feature counts, by its name."""
        return dict(zip(NAMES, self._weights.tolist(), strict=True))

    def reweight(self, weights: Mapping[str, float]) -> None:
        """Let features count differently than was learned, those that are not named nothing; for experiments."""
        self._weights = np.array([weights.get(name, 0.0) for name in NAMES], dtype=np.float32)

    def rank(self, understood: Understood, scope: Scope, within: bool = False, encode: Encode | None = None) -> Ranking:
        """Score every sentence for what was understood.

        With `within`, only documents that the question names, or else those of its jurisdictions, are used, if there
        are any: one subject of a comparison must not be answered with another. `encode` stands in for the index's
        encoder where vectors are known already.
        """
        encode = encode or self.index.encoder.encode
        last = (encode(understood.last), understood.last) if understood.last else None
        presence = self.table.likeness.presence(understood.question)
        asked = Asked(understood.question, encode(understood.question), understood, presence, last)
        features = self.table.compute(asked)
        scores = features @ self._weights + self._bias
        usable = np.array([scope.admits(document) for document in self.table.documents])
        if within:
            own = self._of_subject(understood)
            usable = usable & own if (usable & own).any() else usable
            scores = scores + ON_THE_ACT * self._punishes(understood)[self.table.document_of]
        return Ranking(understood, features, np.where(usable[self.table.document_of], scores, OUT), presence)

    def _punishes(self, understood: Understood) -> NDArray[np.bool_]:
        """Return which documents are laws on the act that a comparison of jurisdictions asks about; none for cases."""
        acts = ACTS & set(understood.conduct)
        if not acts or understood.documents or speaks_of_cases(understood.question):
            return np.zeros(len(self.table.documents), dtype=bool)
        fits = [one.is_law and one.kind != "bill" and bool(acts & set(one.conduct)) for one in self.table.documents]
        return np.array(fits)

    def _of_subject(self, understood: Understood) -> NDArray[np.bool_]:
        """Return which documents the question names or, where it names none, which are of its jurisdictions.

        A case of an international court is its respondent's only where the question speaks of cases.
        """
        if understood.documents:
            return np.array([document.id in understood.documents for document in self.table.documents])
        cases = speaks_of_cases(understood.question)
        codes = set(understood.jurisdictions)
        return np.array(
            [
                bool({document.jurisdiction, document.country} & codes) or (cases and bool(touched & codes))
                for document, touched in zip(self.table.documents, self.table.touches, strict=True)
            ]
        )

    def found(self, row: int, ranking: Ranking) -> ScoredSentence:
        """Return a sentence by its row, with its document, passage and score."""
        passage_row, sentence = self.index.sentences[row]
        passage = self.index.passages[passage_row]
        similarity = float(ranking.feature("similarity_raw")[row])
        return ScoredSentence(self.index.document(passage), passage, sentence, float(ranking.scores[row]), similarity)

    def passage(self, row: int) -> ScoredPassage:
        """Return the passage in which a sentence stands."""
        return ScoredPassage(self.index.passages[self.index.sentences[row][0]], 0.0, 0.0, 0.0)

    def document(self, row: int) -> Document:
        """Return the document of a sentence."""
        document: Document = self.table.documents[int(self.table.document_of[row])]
        return document

    def text(self, row: int) -> str:
        """Return a sentence's text."""
        return self.index.sentences[row][1].text

    def rows_of(self, ids: Iterable[str]) -> list[int]:
        """Return the rows of all sentences of some documents."""
        return [int(row) for name in ids for row in self.table.rows_of(name)]

    @cached_property
    def words(self) -> list[frozenset[str]]:
        """The content words of each sentence."""
        return [frozenset(tokens(sentence.text)) for _, sentence in self.index.sentences]
