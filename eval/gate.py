"""The gate: accepted floors of each metric, and whether a run still holds them.

A floor is broken only where the interval of the figure lies beyond it: chance alone does not fail the gate. Refusals
have floors for English and for the other languages apart, as their targets are.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.errors import RunError
from eval.metrics import BY_NAME, Metric
from eval.results import Run, RunKind
from eval.statistics import Estimate

BASELINE = Path(__file__).parent / "baseline.json"


class Baseline(BaseModel):
    """The accepted floors (ceilings for metrics where less is better), by data set; latency depends on the machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answers: dict[str, float] = {}
    refusals: dict[str, dict[str, float]] = {}
    """By target: "English", "other languages"."""

    @classmethod
    def of(cls, runs: Mapping[RunKind, Run]) -> "Baseline":
        """Return floors that are the present figures."""
        answers = accepted(runs["answers"].estimates()) if "answers" in runs else {}
        targets = runs["refusals"].sliced("target") if "refusals" in runs else {}
        return cls(answers=answers, refusals={target: accepted(found) for target, found in targets.items()})

    @classmethod
    def read(cls, path: Path) -> "Baseline":
        """Read a baseline.

        Raises:
            RunError: it is missing, damaged, or names a metric that does not exist.
        """
        try:
            baseline = cls.model_validate_json(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise RunError(f"The baseline {path} can't be read: {error.strerror or error}.") from None
        except ValidationError as error:
            raise RunError(f"The baseline {path} can't be read: {error.errors()[0]['msg']}.") from None
        named = {*baseline.answers, *(name for floors in baseline.refusals.values() for name in floors)}
        unknown = sorted(named - BY_NAME.keys())
        if unknown:
            raise RunError(f"The baseline {path} names unknown metrics: {', '.join(unknown)}.")
        return baseline

    def write(self, path: Path) -> None:
        """Write the baseline."""
        path.write_text(json.dumps(self.model_dump(), indent=2) + "\n", encoding="utf-8")

    def judge(self, run: Run) -> "dict[str, list[Verdict]]":
        """Return the verdicts on a run: under the name of its data set, or under each of its targets."""
        if run.info.kind == "answers":
            return {"answers": verdicts(self.answers, run.estimates())}
        found = run.sliced("target")
        return {
            f"refusals, {target}": verdicts(floors, found.get(target, {})) for target, floors in self.refusals.items()
        }


@dataclass(frozen=True)
class Verdict:
    """One metric against its floor."""

    metric: Metric
    floor: float
    estimate: Estimate

    @property
    def holds(self) -> bool:
        """Whether the figure is no worse than the floor, or no further from it than its interval reaches."""
        if not self.estimate.n:
            return False
        if self.metric.better == "higher":
            return self.estimate.high >= self.floor
        return self.estimate.low <= self.floor


def verdicts(floors: Mapping[str, float], estimates: Mapping[str, Estimate]) -> list[Verdict]:
    """Return each floor with what was measured; a metric that was not measured does not hold."""
    nothing = Estimate(float("nan"), float("nan"), float("nan"), 0)
    return [Verdict(BY_NAME[name], floor, estimates.get(name, nothing)) for name, floor in floors.items()]


def accepted(estimates: Mapping[str, Estimate]) -> dict[str, float]:
    """Return floors that are the present figures."""
    return {
        name: round(found.value, 4)
        for name, found in estimates.items()
        if isfinite(found.value) and BY_NAME[name].unit != "ms"
    }
