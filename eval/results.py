"""Results on disk: `results.jsonl`, one item a line as soon as it is finished, and `run.json`, what the run was.

A folder needs nothing else to be compared or reported: each line holds the item, the answer and its scores.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.errors import RunError
from eval.metrics import ANSWERS, REFUSALS, Metric, Score
from eval.statistics import Estimate, estimate

RunKind = Literal["answers", "refusals"]
METRICS: dict[str, tuple[Metric, ...]] = {"answers": ANSWERS, "refusals": REFUSALS}


class Result(BaseModel):
    """One item: what was asked, what came back, and how it scored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    item: dict[str, Any]
    answer: dict[str, Any] | None
    error: str | None = None
    ms: float
    attempts: int = 1
    scores: dict[str, Score] = {}
    """By metric; a metric that says nothing about the item is left out."""
    slices: dict[str, str] = {}
    """The item's value of each dimension by which figures are sliced."""


class RunInfo(BaseModel):
    """What a run was made of, when, and what came out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: RunKind
    system: str
    identity: str
    """Hash of the system's settings and code, or its address."""
    split: str | None
    data: str
    data_digest: str
    corpus: str
    """Version of the corpus: a hash of its documents."""
    malformed: int = 0
    """Lines of the data set that could not be read."""
    versions: dict[str, str]
    started: str
    finished: str | None = None
    items: int
    errors: int = 0
    figures: dict[str, tuple[float | None, float | None, float | None, int]] = {}
    """By metric: value, ends of the 95 % interval, items."""

    @property
    def key(self) -> tuple[str, ...]:
        """Two runs with the same key ask the same of the same."""
        return (self.kind, self.system, self.identity, self.data_digest, self.corpus)


@dataclass(frozen=True)
class Run:
    """A run as read from its folder, or just made."""

    info: RunInfo
    results: tuple[Result, ...]

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics of its kind of data set."""
        return METRICS[self.info.kind]

    def estimates(self, metrics: Sequence[Metric] | None = None) -> dict[str, Estimate]:
        """Return the figure of each metric over all items."""
        return estimates_of(self.results, metrics or self.metrics)

    def sliced(self, dimension: str, metrics: Sequence[Metric] | None = None) -> dict[str, dict[str, Estimate]]:
        """Return the figures for each value of a dimension (`type`, `jurisdiction`, …), values in order of name."""
        groups: dict[str, list[Result]] = {}
        for result in self.results:
            if dimension in result.slices:
                groups.setdefault(result.slices[dimension], []).append(result)
        return {value: estimates_of(groups[value], metrics or self.metrics) for value in sorted(groups)}

    @property
    def dimensions(self) -> list[str]:
        """What the figures can be sliced by."""
        return list(dict.fromkeys(name for result in self.results for name in result.slices))


def estimates_of(results: Iterable[Result], metrics: Sequence[Metric]) -> dict[str, Estimate]:
    """Return the figure of each metric over some results."""
    chosen = list(results)
    return {metric.name: estimate(metric, [result.scores.get(metric.name) for result in chosen]) for metric in metrics}


def read_run(folder: Path) -> Run:
    """Read a finished or interrupted run.

    Raises:
        RunError: the folder holds none, or a damaged one.
    """
    return Run(read_info(folder), tuple(read_results(folder / "results.jsonl")))


def read_info(folder: Path) -> RunInfo:
    """Read `run.json`.

    Raises:
        RunError: it is missing or damaged.
    """
    path = folder / "run.json"
    try:
        return RunInfo.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError:
        raise RunError(f"No run in {folder}.", "Name a folder that 'pincite eval answers' wrote.") from None
    except ValidationError as error:
        raise RunError(f"{path} can't be read: {error.errors()[0]['msg']}.", "Run the evaluation again.") from None


def read_results(path: Path) -> list[Result]:
    """Read `results.jsonl`; a last line cut off by an interruption is left out, and so is a file that is not there.

    Raises:
        RunError: any other line is damaged.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    results = []
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            results.append(Result.model_validate_json(line))
        except ValidationError as error:
            if number == len(lines):  # no line end after it: the writer was stopped half-way
                break
            raise RunError(f"{path}:{number}: {error.errors()[0]['msg']}.", "Run the evaluation again.") from None
    return results


def write_info(folder: Path, info: RunInfo) -> None:
    """Write `run.json` in one step."""
    _replace(folder / "run.json", info.model_dump_json(indent=1) + "\n")


def write_results(folder: Path, results: Iterable[Result]) -> None:
    """Write `results.jsonl` anew in one step."""
    _replace(folder / "results.jsonl", "".join(line_of(result) for result in results))


def line_of(result: Result) -> str:
    """Return a result as one line of JSON."""
    return json.dumps(result.model_dump(mode="json"), ensure_ascii=False) + "\n"


def _replace(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
