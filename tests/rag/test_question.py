"""What a question may be, and what it is told where it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import BadQuestionError
from rag.model import MAX_QUESTION, Question


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "the question is empty"),
        (" \n\t ", "the question is empty"),
        ("\x00\x07", "the question is empty"),
        ("a" * 100_000, f"100,000 characters; shorten it to {MAX_QUESTION:,}"),
        ({"question": "x", "as_of": "2025-13"}, "as_of"),
        ({"question": "x", "as_of": "yesterday"}, "as_of: expected YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"question": "x", "colour": "red"}, "colour"),
        ({"history": ["x"]}, "Field required"),
        ({"question": 7}, "string"),
    ],
)
def test_what_is_no_question(value: object, message: str) -> None:
    with pytest.raises(BadQuestionError, match=message):
        Question.parse(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  What  is\nthis? ", "What is this?"),
        ("law\x00 of\x1b[31m Korea", "law of [31m Korea"),
        ("ما هو القانون؟", "ما هو القانون؟"),
        ("deepfake 😀 law", "deepfake 😀 law"),
    ],
)
def test_what_is_read_of_it(typed: str, read: str) -> None:
    assert Question.parse(typed).question == read


@given(st.text(max_size=200))
def test_any_text_is_a_question_or_is_told_why_not(text: str) -> None:
    try:
        question = Question.parse(text).question
    except BadQuestionError as error:
        assert str(error)
    else:
        assert question == question.strip() and question
