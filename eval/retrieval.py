"""Retrieval alone, over any file of sections: the same models and the same fusion, an index of its own.

Each section is one text, as `Passage.context` gives it. Vectors are kept in the data folder by the hash of file and
model, since encoding 12,000 sections takes a minute or more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from eval.data import DataSet, RetrievalItem, SectionItem
from eval.errors import DataSetError
from eval.metrics import RETRIEVAL, Score
from eval.metrics.ranking import MEASURES, rankings
from eval.statistics import Estimate, estimate
from rag.embeddings import Encoder, Vectors
from rag.lexical import LexicalIndex
from rag.passages import Passage
from rag.retrieve import DENSE_WEIGHT, Scores, fuse

DEPTH = 100
"""How many sections are ranked for a query; one that comes later counts as not found."""


@dataclass(frozen=True)
class SectionIndex:
    """Sections, ready to be searched; rows of the vectors follow `names`."""

    names: tuple[str, ...]
    vectors: Vectors
    lexical: LexicalIndex
    encoder: Encoder

    def search(self, query: str, k: int = DEPTH, dense_weight: float = DENSE_WEIGHT) -> list[str]:
        """Return the ids of the k best sections, best first."""
        dense: Scores = self.vectors @ self.encoder.encode(query)
        fused = fuse(dense, self.lexical.scores(query), dense_weight)
        return [self.names[row] for row in np.argsort(-fused, kind="stable")[:k]]


def open_sections(
    data: DataSet[SectionItem],
    encoder: Encoder,
    model: str,
    cache: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> SectionIndex:
    """Index the sections; `progress` is told how many of how many have their vector. `model` names the encoder's."""
    passages = [_passage(section) for section in data.items]
    contexts = [passage.context for passage in passages]
    key = sha256(f"{data.digest} {model}".encode()).hexdigest()[:16]
    file = cache / f"sections-{key}.npy"
    vectors = _cached(file, len(contexts))
    if vectors is None:
        vectors = encoder.encode_all(contexts, lambda done: progress(done, len(contexts)))
        cache.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new.npy")
        np.save(new, vectors)
        new.replace(file)
    lexical = LexicalIndex.build([passage.weighted for passage in passages])
    return SectionIndex(tuple(passage.id for passage in passages), vectors, lexical, encoder)


def evaluate(
    index: SectionIndex, queries: Sequence[RetrievalItem], advance: Callable[[], None] = lambda: None
) -> Mapping[str, Estimate]:
    """Return hit@1, hit@5, hit@10 and MRR over the queries, with their intervals.

    Raises:
        DataSetError: a query's section is not in the index.
    """
    unknown = sorted({query.id for query in queries} - set(index.names))
    if unknown:
        raise DataSetError(f"{len(unknown)} sections of the queries are missing: {', '.join(unknown[:10])}.")
    ranked: dict[str, list[str]] = {}
    for number, query in enumerate(queries):
        ranked[str(number)] = index.search(query.query)
        advance()
    relevant = {str(number): [query.id] for number, query in enumerate(queries)}
    values = rankings(list(MEASURES.values()), relevant, ranked)
    scores: dict[str, list[Score | None]] = {
        name: [(values[measure][query], 1.0) for query in relevant] for name, measure in MEASURES.items()
    }
    return {metric.name: estimate(metric, scores[metric.name]) for metric in RETRIEVAL}


def _passage(section: SectionItem) -> Passage:
    return Passage(
        id=section.id,
        document=section.id,
        title=section.title,
        pinpoint=section.section,
        heading=section.section,
        text=section.text,
    )


def _cached(file: Path, rows: int) -> Vectors | None:
    """Return the vectors kept in a file, or None if there are none, or damaged ones."""
    try:
        vectors: Vectors = np.load(file)
    except (OSError, ValueError, EOFError):
        return None
    return vectors if vectors.ndim == 2 and len(vectors) == rows else None
