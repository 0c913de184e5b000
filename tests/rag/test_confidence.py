"""How sure an answer is: higher for what the corpus answers than for what it does not."""

import json

import numpy as np
import pytest

from rag.assistant import Assistant
from rag.confidence import SIGNS, WEIGHTS, signs
from rag.model import Question
from rag.rank import Ranking
from rag.retrieve import Scope

ANSWERED = [
    "What sentence did the South Korean man in Busan get for his AI images?",
    "What must platforms do within 48 hours under the TAKE IT DOWN Act?",
    "Which paragraph of 18 U.S.C. § 2256 covers images indistinguishable from a real minor?",
    "Since when is creating an intimate deepfake of an adult an offence in England and Wales?",
    "What did the Supreme Court decide in Ashcroft v. Free Speech Coalition?",
    "What is the maximum prison term under § 184b of the German criminal code?",
]
OFF_SUBJECT = [
    "What is the weather in Paris tomorrow?",
    "How do I bake sourdough bread?",
    "Who won the football world cup in 1998?",
    "best recipe for feijoada brazilian style",
    "What is the speed limit on German motorways?",
    "asdf qwer zxcv",
]


def _ranking(assistant: Assistant, text: str) -> Ranking:
    return assistant.ranker.rank(assistant.reader.read(Question(question=text)), Scope())


def _sure(assistant: Assistant, text: str) -> float:
    return assistant.confidence(_ranking(assistant, text))


def test_each_weight_is_that_of_a_sign_and_each_sign_has_one() -> None:
    learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert sorted(learned["hidden"]) == sorted(SIGNS)
    assert 0 < learned["threshold"] < 1


@pytest.mark.parametrize("text", ANSWERED)
def test_what_the_corpus_answers_is_above_the_threshold(assistant: Assistant, text: str) -> None:
    assert assistant.confidence.threshold <= _sure(assistant, text) <= 1


@pytest.mark.parametrize("text", OFF_SUBJECT)
def test_what_is_off_the_subject_is_below_it(assistant: Assistant, text: str) -> None:
    assert 0 <= _sure(assistant, text) < assistant.confidence.threshold


@pytest.mark.parametrize(("answered", "off"), list(zip(ANSWERED, OFF_SUBJECT, strict=True)))
def test_an_answered_question_is_surer_by_far(assistant: Assistant, answered: str, off: str) -> None:
    assert _sure(assistant, answered) > _sure(assistant, off) + 0.3


@pytest.mark.parametrize("text", [*ANSWERED, *OFF_SUBJECT, "?", "1"])
def test_signs_are_finite_numbers_in_the_order_of_their_names(assistant: Assistant, text: str) -> None:
    found = signs(assistant.ranker, _ranking(assistant, text))
    assert found.shape == (len(SIGNS),)
    assert np.isfinite(found).all()


def test_nothing_to_use_is_no_confidence(assistant: Assistant) -> None:
    understood = assistant.reader.read(Question(question=ANSWERED[0]))
    assert assistant.confidence(assistant.ranker.rank(understood, Scope(as_of="1700"))) == 0.0


def test_the_answer_carries_it(assistant: Assistant) -> None:
    answer = assistant.invoke(ANSWERED[0])
    assert answer.confidence is not None and answer.confidence >= assistant.confidence.threshold


def test_every_sign_is_trained() -> None:
    """A new sign counts nothing until it is trained; none is left so."""
    assert set(json.loads(WEIGHTS.read_text(encoding="utf-8"))["hidden"]) == set(SIGNS)
