"""How near the words of a question are to the words of each sentence, so that "judge" also finds "justice".

Each word of the corpus has the vector of the embedding model; a word of the question is as present in a sentence as the
nearest word there is near to it (the soft alignment of BERTScore, Zhang et al. 2020, with single words' vectors).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.embeddings import Encoder, Vectors
from rag.lexical import plain_words

Matrix = NDArray[np.float32]

_NOISE = 0.4
"""Cosine at which two words are no nearer than any two words are."""


@dataclass(frozen=True)
class WordVectors:
    """The words of a corpus, and the unit vector of each; rows follow `words`."""

    words: tuple[str, ...]
    vectors: Vectors


@dataclass(frozen=True)
class Presence:
    """Words of a question, their rarity, and how present each is in each sentence (0 to 1)."""

    words: tuple[str, ...]
    rarity: Matrix
    """log(1 + sentences / sentences with the word); as if in none where the corpus lacks the word."""
    unknown: NDArray[np.bool_]
    """Which words the corpus does not have."""
    in_sentence: Matrix
    """Shape (sentences, words)."""


def words_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the distinct words of texts, in alphabetical order."""
    return tuple(sorted({word for text in texts for word in plain_words(text)}))


class Likeness:
    """Word vectors with the sentences in which each word stands."""

    def __init__(self, known: WordVectors, sentences: Sequence[str], encoder: Encoder) -> None:
        self._known = known
        self._encoder = encoder
        self._row = {word: row for row, word in enumerate(known.words)}
        standing: list[list[int]] = [[] for _ in known.words]
        for row, sentence in enumerate(sentences):
            for word in set(plain_words(sentence)):
                standing[self._row[word]].append(row)
        self._standing = [np.array(rows, dtype=np.intp) for rows in standing]
        self._count = len(sentences)
        found = np.array([max(len(rows), 1) for rows in standing], dtype=np.float32)
        self._rarity = np.log(1 + self._count / found)

    def presence(self, text: str) -> Presence:
        """Return how present the words of a text are in each sentence."""
        asked = tuple(dict.fromkeys(plain_words(text)))
        rows = [self._row.get(word) for word in asked]
        unknown = np.array([row is None for row in rows], dtype=bool)
        in_sentence = np.zeros((self._count, len(asked)), dtype=np.float32)
        if asked:
            near = np.clip((self._known.vectors @ self._vectors(asked, rows).T - _NOISE) / (1 - _NOISE), 0, 1)
            for column in range(len(asked)):
                words = np.flatnonzero(near[:, column])
                for word in words[np.argsort(near[words, column])]:  # the nearest word is written last, and stays
                    in_sentence[self._standing[word], column] = near[word, column]
        rarest = float(np.log(1 + self._count))
        rarity = np.array([rarest if row is None else self._rarity[row] for row in rows], dtype=np.float32)
        return Presence(asked, rarity, unknown, in_sentence)

    def _vectors(self, asked: tuple[str, ...], rows: list[int | None]) -> Vectors:
        new = [word for word, row in zip(asked, rows, strict=True) if row is None]
        fresh = dict(zip(new, self._encoder.encode_all(new), strict=True)) if new else {}
        return np.stack(
            [fresh[word] if row is None else self._known.vectors[row] for word, row in zip(asked, rows, strict=True)]
        )
