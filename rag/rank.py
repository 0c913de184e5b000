"""Rank the sentences of the corpus for a question, with weights learned by `python -m eval.train`.

The ranker is a logistic regression over the features of `rag/features.py` (pointwise learning to rank); its weights
are in `ranker.json`, one number for each feature, so that anyone can read what counts.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.model import Document
from rag.features import NAMES, Asked, FeatureTable, Matrix
from rag.index import Index
from rag.lexical import tokens
from rag.model import ScoredPassage, ScoredSentence, Understood
from rag.retrieve import Scope

WEIGHTS = Path(__file__).parent / "ranker.json"
Encode = Callable[[str], Matrix]

_OUT = -1e6
"""The score of a sentence that may not be used."""


@dataclass(frozen=True)
class Ranking:
    """Every sentence's features and score for one question; rows follow `index.sentences`."""

    understood: Understood
    features: Matrix
    scores: Matrix

    @cached_property
    def order(self) -> list[int]:
        """Rows from the best score down, without those that may not be used."""
        rows = np.argsort(-self.scores, kind="stable")[:400]
        return [int(row) for row in rows if self.scores[row] > _OUT / 2]

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
        self._weights = np.array([learned["weights"][name] for name in NAMES], dtype=np.float32)
        self._bias = float(learned["bias"])

    def rank(self, understood: Understood, scope: Scope, within: bool = False, encode: Encode | None = None) -> Ranking:
        """Score every sentence for what was understood.

        With `within`, only documents that the question names, or else those of its jurisdictions, are used, if there
        are any: one subject of a comparison must not be answered with another. `encode` stands in for the index's
        encoder where vectors are known already.
        """
        encode = encode or self.index.encoder.encode
        last = (encode(understood.last), understood.last) if understood.last else None
        features = self.table.compute(Asked(understood.question, encode(understood.question), understood, last))
        scores = features @ self._weights + self._bias
        usable = np.array([scope.admits(document) for document in self.table.documents])
        if within:
            own = np.array([_is_subject(document, understood) for document in self.table.documents])
            usable = usable & own if (usable & own).any() else usable
        return Ranking(understood, features, np.where(usable[self.table.document_of], scores, _OUT))

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


def _is_subject(document: Document, understood: Understood) -> bool:
    if understood.documents:
        return document.id in understood.documents
    return bool({document.jurisdiction, document.country} & set(understood.jurisdictions))
