from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.data import RefusalItem
from eval.errors import RunError
from eval.gate import BASELINE, Baseline, accepted, verdicts
from eval.results import Run
from eval.run import Job, run
from eval.statistics import Estimate
from eval.systems import Ask


@pytest.mark.parametrize(
    ("name", "floor", "figure", "holds"),
    [
        ("accuracy", 0.80, Estimate(0.85, 0.80, 0.90, 300), True),
        ("accuracy", 0.80, Estimate(0.78, 0.74, 0.82, 300), True),
        ("accuracy", 0.80, Estimate(0.74, 0.70, 0.79, 300), False),
        ("over_refusal", 0.02, Estimate(0.01, 0.00, 0.03, 300), True),
        ("over_refusal", 0.02, Estimate(0.04, 0.01, 0.06, 300), True),
        ("over_refusal", 0.02, Estimate(0.06, 0.03, 0.09, 300), False),
    ],
)
def test_a_floor_breaks_only_beyond_the_interval(name: str, floor: float, figure: Estimate, holds: bool) -> None:
    assert [verdict.holds for verdict in verdicts({name: floor}, {name: figure})] == [holds]


def test_a_floor_that_was_not_measured_does_not_hold() -> None:
    assert not verdicts({"accuracy": 0.0}, {})[0].holds


def test_latency_is_never_a_floor() -> None:
    assert accepted({"latency_p50": Estimate(5, 4, 6, 9), "words": Estimate(99.51239, 90, 110, 9)}) == {
        "words": 99.5124
    }


def test_a_baseline_reads_as_it_was_written(tmp_path: Path) -> None:
    baseline = Baseline(answers={"accuracy": 0.5}, refusals={"English": {"over_refusal": 0.1}})
    baseline.write(tmp_path / "b.json")
    assert Baseline.read(tmp_path / "b.json") == baseline


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"answer": {}}', '{"answers": {"acuracy": 0.5}}', '{"refusals": {"English": {"acuracy": 0.5}}}'],
)
def test_a_damaged_baseline_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunError):
        Baseline.read(tmp_path / "b.json")


def test_the_accepted_baseline_is_sound() -> None:
    baseline = Baseline.read(BASELINE)
    assert "accuracy" in baseline.answers
    assert {"English", "other languages"} == baseline.refusals.keys()


class RefusesEnglish:
    """Declines what is asked in English, and answers the rest."""

    name = identity = "toy"

    def ask(self, ask: Ask) -> Any:
        return {"outcome": "refused" if ask.question.startswith("How") else "answered", "text": "x"}


@pytest.fixture
def refusals(job: Callable[..., Job]) -> Run:
    """A run over forty requests, half of them Spanish."""
    asked = [(f"How is {number} made?", "en") for number in range(20)]
    asked += [(f"¿Cómo se hace {number}?", "es") for number in range(20)]
    return run(
        job(
            RefusesEnglish(),
            [RefusalItem(text=text, label="refuse", category="technique", language=name) for text, name in asked],
        )
    )


@pytest.mark.parametrize(
    ("target", "floor", "holds"),
    [("English", 1.0, True), ("other languages", 0.0, True), ("other languages", 0.5, False), ("Latin", 0.0, False)],
)
def test_refusals_are_held_by_target(target: str, floor: float, holds: bool, refusals: Run) -> None:
    judged = Baseline(refusals={target: {"refusal_recall": floor}}).judge(refusals)
    assert [verdict.holds for verdict in judged[f"refusals, {target}"]] == [holds]


def test_present_figures_are_accepted_by_target(refusals: Run) -> None:
    found = Baseline.of({"refusals": refusals}).refusals
    assert {target: floors["refusal_recall"] for target, floors in found.items()} == {
        "English": 1.0,
        "other languages": 0.0,
    }
