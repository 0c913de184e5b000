"""The features of sentences for a question: one column for each weight, each column what its name says."""

import json

import numpy as np
import pytest

from rag.assistant import Assistant
from rag.features import NAMES
from rag.model import Question
from rag.rank import WEIGHTS, Ranking
from rag.retrieve import Scope


def _ranking(assistant: Assistant, text: str, *history: str) -> Ranking:
    return assistant.ranker.rank(assistant.reader.read(Question(question=text, history=history)), Scope())


def test_each_weight_is_that_of_a_feature_and_each_feature_has_one() -> None:
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    assert sorted(weights) == sorted(NAMES)
    assert len(set(NAMES)) == len(NAMES)
    assert all(np.isfinite(value) for value in weights.values())


@pytest.mark.parametrize(
    ("text", "history"),
    [
        ("What is the penalty under § 184b StGB?", ()),
        ("zzz", ()),
        ("and in Japan?", ("What is the law in Korea?",)),
        ("?", ()),
    ],
)
def test_one_finite_row_a_sentence(assistant: Assistant, text: str, history: tuple[str, ...]) -> None:
    ranking = _ranking(assistant, text, *history)
    assert ranking.features.shape == (len(assistant.index.sentences), len(NAMES))
    assert np.isfinite(ranking.features).all()


@pytest.mark.parametrize(
    ("text", "feature", "document", "value"),
    [
        ("the law of Japan", "same_jurisdiction", "jp-penal-code-art-175", 1),
        ("the law of Japan", "other_jurisdiction", "jp-penal-code-art-175", 0),
        ("the law of Japan", "other_jurisdiction", "mx-ley-olimpia", 1),
        ("the law of Texas", "related_jurisdiction", "us-18-usc-2256", 1),
        ("the law of Texas", "same_jurisdiction", "us-tx-penal-code-43-26", 1),
        ("the law of Denmark", "related_jurisdiction", "eu-dsa", 1),
        ("any law", "other_jurisdiction", "mx-ley-olimpia", 0),
        ("the DEFIANCE Act", "named", "us-defiance-act", 1),
        ("the DEFIANCE Act", "unnamed", "us-honor-act", 1),
        ("the DEFIANCE Act", "unnamed", "us-defiance-act", 0),
        ("deepfakes of adults", "protects_other", "us-18-usc-2256", 1),
        ("images of children", "protects", "us-18-usc-2256", 1),
        ("where can I get help", "resource", "de-hateaid", 1),
        ("where can I get help", "resource", "us-18-usc-2256", 0),
        ("what did the court decide", "case_words", "us-osborne-v-ohio", 1),
        ("what is a duck", "case_words", "us-osborne-v-ohio", 0),
        ("which law", "law_words_law", "us-18-usc-2256", 1),
    ],
)
def test_columns_of_a_document(assistant: Assistant, text: str, feature: str, document: str, value: float) -> None:
    column = _ranking(assistant, text).feature(feature)
    assert set(column[assistant.ranker.rows_of([document])].tolist()) == {value}


def test_a_cited_provision_marks_its_section(assistant: Assistant) -> None:
    column = _ranking(assistant, "What does 18 U.S.C. § 2252A(b)(2) say?").feature("cited_section")
    marked = {assistant.ranker.document(int(row)).id for row in np.flatnonzero(column)}
    assert "us-18-usc-2252a" in marked
    assert not _ranking(assistant, "What does the law say?").feature("cited_section").any()


def test_a_year_marks_the_sentences_that_hold_it(assistant: Assistant) -> None:
    column = _ranking(assistant, "What happened in 2023?").feature("year_in_text")
    rows = np.flatnonzero(column)
    assert len(rows)
    assert all("2023" in assistant.ranker.text(int(row)) for row in rows)


def test_a_wall_keeps_others_out(assistant: Assistant) -> None:
    understood = assistant.reader.read(Question(question="deepfake law"))
    order = assistant.ranker.rank(understood, Scope(("JP",))).order
    assert order
    assert {assistant.ranker.document(row).country for row in order} == {"JP"}
