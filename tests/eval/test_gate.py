from pathlib import Path

import pytest

from eval.errors import RunError
from eval.gate import BASELINE, Baseline, accepted, verdicts
from eval.statistics import Estimate


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
    baseline = Baseline(answers={"accuracy": 0.5}, refusals={"over_refusal": 0.1})
    baseline.write(tmp_path / "b.json")
    assert Baseline.read(tmp_path / "b.json") == baseline


@pytest.mark.parametrize("text", ["", "[]", '{"answer": {}}', '{"answers": {"acuracy": 0.5}}'])
def test_a_damaged_baseline_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunError):
        Baseline.read(tmp_path / "b.json")


def test_the_accepted_baseline_is_sound() -> None:
    assert "accuracy" in Baseline.read(BASELINE).answers
