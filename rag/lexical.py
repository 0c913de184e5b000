"""BM25 over words (bm25s; Robertson and Zaragoza 2009), with the tokens that legal text needs."""

import re
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

K1 = 1.2
B = 0.9

# "2252A(b)(2)" gives "2252a" and "2252a(b)(2)"; "66E", "14-2" and "119-12" stay whole; an apostrophe ends a word.
_TOKEN = re.compile(r"\d+[a-z]*(?:[-./:]\d+[a-z]*)*(?:\([0-9a-z]{1,4}\))*|[^\W\d_]+", re.IGNORECASE)
_BRACKETS = re.compile(r"\(.*")
_STOPWORDS = frozenset(
    # split() keeps the list readable
    """a an and are as at be been but by can could did do does for from had has have how i if in into is it its me my of
    on or our shall should so such than that the their them then there these they this those to us was we were what when
    where which who whom whose why will with would you your about tell please s""".split()  # noqa: SIM905
)
_STEMMER = Stemmer.Stemmer("english")


def tokens(text: str) -> list[str]:
    """Return the stemmed words and the section numbers of a text, without stop words."""
    words = []
    for match in _TOKEN.finditer(text.casefold()):
        word = match[0]
        if word[0].isdigit():
            words.append(word)
            plain = _BRACKETS.sub("", word)
            if plain != word:
                words.append(plain)
        elif word not in _STOPWORDS:
            words.append(word)
    return list(_STEMMER.stemWords(words))


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case, unstemmed, without stop words and numbers."""
    found = (match[0] for match in _TOKEN.finditer(text.casefold()))
    return [word for word in found if not word[0].isdigit() and word not in _STOPWORDS]


class LexicalIndex:
    """BM25 scores of one list of texts, addressed by their position."""

    def __init__(self, model: bm25s.BM25) -> None:
        self._model = model
        self._vocabulary: dict[str, int] = model.vocab_dict

    @classmethod
    def build(cls, texts: list[str]) -> "LexicalIndex":
        """Index the texts."""
        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        model.index([tokens(text) or [""] for text in texts], show_progress=False)
        return cls(model)

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return the score of every text for the words of `text`; zero where none occurs."""
        known = [word for word in tokens(text) if word in self._vocabulary]
        if not known:
            return np.zeros(self._model.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        self._model.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what `save` wrote."""
        return cls(bm25s.BM25.load(folder))
