from collections.abc import Callable

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from test_run import Toy
from toys import question

from eval.data import Nugget
from eval.judge import Judge, JudgeError, judged_recall
from eval.run import Job, run

NUGGETS = [Nugget(text="a", any=("a",)), Nugget(text="b", any=("b",))]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [("1: yes\n2: no", [True, False]), ("1.: Yes.\n 2: `yes`", [True, True])],
)
def test_a_reply_is_read_line_by_line(reply: str, expected: list[bool]) -> None:
    assert Judge(FakeListChatModel(responses=[reply])).carried("q", "answer", NUGGETS) == expected


@pytest.mark.parametrize("reply", ["", "1: yes", "1: yes\n2: perhaps", "Both facts are there."])
def test_a_reply_that_leaves_a_fact_open_is_an_error(reply: str) -> None:
    with pytest.raises(JudgeError):
        Judge(FakeListChatModel(responses=[reply])).carried("q", "answer", NUGGETS)


def test_an_unread_reply_counts_as_zero(job: Callable[..., Job]) -> None:
    done = run(job(Toy(), [question(id="q0"), question(id="q1")]))
    found, unread = judged_recall(Judge(FakeListChatModel(responses=["1: yes", "?"])), done.results)
    assert (found.value, found.n, unread) == (0.5, 2, 1)


def test_a_judge_that_does_not_exist_says_so() -> None:
    with pytest.raises(JudgeError):
        Judge.open("no-such-provider:model")
