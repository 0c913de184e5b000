"""Two runs on the same items: the difference of each metric, whether it could be chance, and the items that flipped."""

from dataclasses import dataclass

from eval.errors import RunError
from eval.metrics import Metric
from eval.results import Result, Run
from eval.statistics import Difference, difference


@dataclass(frozen=True)
class Flip:
    """An item that one of the two runs has right and the other wrong."""

    id: str
    question: str
    slice: str
    better: bool
    """B has it right, A wrong."""


@dataclass(frozen=True)
class Comparison:
    """What B does better or worse than A."""

    a: Run
    b: Run
    common: int
    """Items that both runs have; only they are compared."""
    differences: tuple[tuple[Metric, Difference], ...]
    flips: tuple[Flip, ...]


def compare(a: Run, b: Run) -> Comparison:
    """Compare two runs on the items that they share.

    Raises:
        RunError: they are of two kinds of data set, or share no item.
    """
    if a.info.kind != b.info.kind:
        raise RunError(f"A is a run of {a.info.kind}, B one of {b.info.kind}.", "Compare two runs of the same data.")
    of_b = {result.id: result for result in b.results}
    pairs = [(result, of_b[result.id]) for result in a.results if result.id in of_b]
    if not pairs:
        raise RunError("The two runs have no item in common.", "Compare two runs of the same data.")
    differences = tuple(
        (
            metric,
            difference(
                metric,
                [x.scores.get(metric.name) for x, _ in pairs],
                [y.scores.get(metric.name) for _, y in pairs],
            ),
        )
        for metric in a.metrics
    )
    flips = tuple(_flip(x, y) for x, y in pairs if right(x) != right(y))
    return Comparison(a, b, len(pairs), differences, flips)


def right(result: Result) -> bool:
    """Whether the item counts as right: accurate, or for a prompt, done as its label says."""
    if "accuracy" in result.scores:
        return result.scores["accuracy"][0] > 0
    scores = {name: score[0] for name, score in result.scores.items()}
    return bool(scores.get("declined_recall") or scores.get("support_recall") or scores.get("over_refusal", 1.0) == 0.0)


def _flip(x: Result, y: Result) -> Flip:
    item = x.item
    return Flip(
        id=x.id,
        question=item.get("question") or item.get("text", ""),
        slice=x.slices.get("type") or x.slices.get("category", ""),
        better=right(y),
    )
