"""Words as legal text has them, and BM25 against an independent calculation."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lexical import K1, B, LexicalIndex, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 U.S.C. § 2252A(b)(2)", ["18", "u", "c", "2252a(b)(2)", "2252a"]),
        ("s. 66E of the Sexual Offences Act", ["66e", "sexual", "offenc", "act"]),
        ("Art. 14-2", ["art", "14-2"]),
        ("Pub. L. 119-12", ["pub", "l", "119-12"]),
        ("What is the law?", ["law"]),
        ("possession, possessing", ["possess", "possess"]),
        ("성착취물 제작", ["성착취물", "제작"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text())
def test_any_text_has_tokens_or_none(text: str) -> None:
    assert all(token and not token.isspace() for token in tokens(text))


def test_scores_agree_with_the_formula() -> None:
    texts = ["court sentence prison", "court image", "law on image and sentence image"]
    words = [tokens(text) for text in texts]
    mean = sum(map(len, words)) / len(words)

    def bm25(query: list[str], document: list[str]) -> float:
        score = 0.0
        for word in query:
            holds = sum(word in other for other in words)
            idf = math.log(1 + (len(words) - holds + 0.5) / (holds + 0.5))
            count = document.count(word)
            score += idf * count / (count + K1 * (1 - B + B * len(document) / mean))
        return score

    query = "image sentence"
    expected = [bm25(tokens(query), document) for document in words]
    np.testing.assert_allclose(LexicalIndex.build(texts).scores(query), expected, rtol=1e-5)


def test_unknown_words_score_zero() -> None:
    assert LexicalIndex.build(["court", "law"]).scores("zebra ???").tolist() == [0, 0]


def test_saved_and_loaded_it_scores_the_same(tmp_path: Path) -> None:
    index = LexicalIndex.build(["court sentence", "law image"])
    index.save(tmp_path)
    assert LexicalIndex.load(tmp_path).scores("image").tolist() == index.scores("image").tolist()
