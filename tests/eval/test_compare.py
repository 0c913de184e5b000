from collections.abc import Callable
from typing import Any

import pytest
from toys import FIRST, answered, question

from eval.compare import compare
from eval.data import RefusalItem
from eval.errors import RunError
from eval.grids import of_comparison, of_flips
from eval.results import Run
from eval.run import Job, run
from eval.systems import Ask

RIGHT = answered((FIRST["xa-act"], "xa-act"))
WRONG = answered((FIRST["xb-act"], "xb-act"))


class Fixed:
    """A system with one answer for each question."""

    def __init__(self, name: str, answers: list[Any]) -> None:
        self.name = self.identity = name
        self._answers = answers

    def ask(self, ask: Ask) -> Any:
        return self._answers[int(ask.question)]


def runs(job: Callable[..., Job], a: list[Any], b: list[Any]) -> tuple[Run, Run]:
    items = [question(id=f"q{number}", question=str(number)) for number in range(len(a))]
    return run(job(Fixed("a", a), items, "a")), run(job(Fixed("b", b), items, "b"))


def test_differences_and_flips(job: Callable[..., Job]) -> None:
    found = compare(*runs(job, [WRONG] * 8 + [RIGHT] * 2, [RIGHT] * 9 + [WRONG]))
    accuracy = {metric.name: difference for metric, difference in found.differences}["accuracy"]
    assert (accuracy.a, accuracy.b, accuracy.value) == pytest.approx((0.2, 0.9, 0.7))
    assert accuracy.p == pytest.approx(2 * (1 + 9) / 2**9)  # 9 pairs differ; 0 or 1 of them the other way, both sides
    assert [flip.id for flip in found.flips if flip.better] == [f"q{number}" for number in range(8)]
    assert [flip.id for flip in found.flips if not flip.better] == ["q9"]
    grid = of_comparison(found)
    assert grid.rows[0][:4] == ("Answer accuracy", "0.200", "0.900", "+0.700")
    assert of_flips(found).title == "8 items gained, 1 lost"
    assert grid.markdown().startswith("| Metric | A a | B b | B − A |")


def test_a_run_does_not_differ_from_itself(job: Callable[..., Job]) -> None:
    a, _ = runs(job, [RIGHT, WRONG], [RIGHT, WRONG])
    found = compare(a, a)
    assert not found.flips
    assert all(difference.value == 0 for _, difference in found.differences if difference.p == 1.0)


def test_only_common_items_are_compared(job: Callable[..., Job]) -> None:
    a, b = runs(job, [RIGHT, WRONG, WRONG], [RIGHT, RIGHT, RIGHT])
    found = compare(a, Run(b.info, b.results[:2]))
    assert found.common == 2
    with pytest.raises(RunError, match="no item in common"):
        compare(a, Run(b.info, ()))


def test_runs_of_two_kinds_are_not_compared(job: Callable[..., Job]) -> None:
    a, _ = runs(job, [RIGHT], [RIGHT])
    prompts = run(job(Fixed("c", [RIGHT]), [RefusalItem(text="0", label="answer", category="x")], "c"))
    with pytest.raises(RunError, match="two runs of the same data"):
        compare(a, prompts)
