"""The tables of figures, as rows of text: printed by `show.py`, written as Markdown, or put into the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from eval.compare import Comparison
from eval.gate import Verdict
from eval.metrics import Metric
from eval.results import Run
from eval.statistics import Estimate

NOTHING = "–"


@dataclass(frozen=True)
class Grid:
    """A titled table; the first column names the row, the others hold figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Return the table in Markdown, figures to the right."""
        rule = ["---", *["---:"] * (len(self.columns) - 1)]
        lines = [self.columns, rule, *self.rows]
        return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def figure(metric: Metric, value: float) -> str:
    """Return a figure in its unit: a share with three decimals, words and milliseconds with one."""
    if not isfinite(value):
        return NOTHING
    return f"{value:.3f}" if metric.unit == "share" else f"{value:.1f}"


def interval(metric: Metric, low: float, high: float) -> str:
    """Return the two ends of an interval."""
    return f"{figure(metric, low)} to {figure(metric, high)}" if isfinite(low) and isfinite(high) else NOTHING


def label(metric: Metric) -> str:
    """Return the metric's name for a person, with its unit and the sign that less is better."""
    unit = " (ms)" if metric.unit == "ms" else ""
    return f"{metric.label}{unit}{' ↓' if metric.better == 'lower' else ''}"


def figures(metrics: Iterable[Metric], estimates: Mapping[str, Estimate], title: str = "") -> Grid:
    """Return each metric with its 95 % interval and the number of items that it counts."""
    rows = tuple(
        (label(metric), figure(metric, found.value), interval(metric, found.low, found.high), str(found.n))
        for metric in metrics
        if (found := estimates[metric.name])
    )
    return Grid(title, ("Metric", "Figure", "95 % interval", "Items"), rows)


def of_run(run: Run) -> Grid:
    """Return the figures of a run."""
    info = run.info
    split = f", {info.split}" if info.split else ""
    return figures(run.metrics, run.estimates(), f"{info.system} on {info.kind}{split}: {len(run.results)} items")


def by_slice(run: Run, dimension: str, metrics: Sequence[Metric]) -> Grid:
    """Return some metrics for each value of a dimension, each with its interval."""
    rows = tuple(
        (
            value,
            str(max(found.n for found in estimates.values())),
            *(_with_interval(metric, estimates[metric.name]) for metric in metrics),
        )
        for value, estimates in run.sliced(dimension, metrics).items()
    )
    return Grid(f"By {dimension}", (dimension.capitalize(), "Items", *map(label, metrics)), rows)


def confusion(run: Run) -> Grid:
    """Return what was done with the prompts of each label."""
    outcomes = ("refused", "support", "other", "failed")
    counts: dict[str, dict[str, int]] = {}
    for result in run.results:
        outcome = str(result.answer.get("outcome", "answered")) if result.answer else "failed"
        row = counts.setdefault(str(result.item["label"]), dict.fromkeys(outcomes, 0))
        row[outcome if outcome in outcomes else "other"] += 1
    rows = tuple((name, *(str(counts[name][outcome]) for outcome in outcomes)) for name in sorted(counts))
    return Grid("Label against what was done", ("Label", *outcomes), rows)


def of_comparison(comparison: Comparison) -> Grid:
    """Return the difference of each metric."""
    rows = tuple(
        (
            label(metric),
            figure(metric, found.a),
            figure(metric, found.b),
            _signed(metric, found.value),
            f"{_signed(metric, found.low)} to {_signed(metric, found.high)}" if isfinite(found.low) else NOTHING,
            f"{found.p:.4f}" if isfinite(found.p) else NOTHING,
        )
        for metric, found in comparison.differences
    )
    a, b = comparison.a.info.system, comparison.b.info.system
    title = f"A: {a}   B: {b}   {comparison.common} items"
    return Grid(title, ("Metric", f"A {a}", f"B {b}", "B − A", "95 % interval", "p"), rows)


def of_flips(comparison: Comparison) -> Grid:
    """Return the items that only one of the two has right."""
    rows = tuple(
        (flip.id, flip.slice, "B right, A wrong" if flip.better else "A right, B wrong", flip.question)
        for flip in sorted(comparison.flips, key=lambda flip: (not flip.better, flip.id))
    )
    better = sum(flip.better for flip in comparison.flips)
    title = f"{better} items gained, {len(rows) - better} lost"
    return Grid(title, ("Item", "Type", "Flip", "Question"), rows)


def of_verdicts(found: Sequence[Verdict], title: str) -> Grid:
    """Return each metric against its floor."""
    rows = tuple(
        (
            label(verdict.metric),
            figure(verdict.metric, verdict.estimate.value),
            interval(verdict.metric, verdict.estimate.low, verdict.estimate.high),
            figure(verdict.metric, verdict.floor),
            "holds" if verdict.holds else "BELOW" if verdict.metric.better == "higher" else "ABOVE",
        )
        for verdict in found
    )
    return Grid(title, ("Metric", "Figure", "95 % interval", "Floor", "Verdict"), rows)


def _with_interval(metric: Metric, found: Estimate) -> str:
    if not found.n:
        return NOTHING
    return f"{figure(metric, found.value)} ({interval(metric, found.low, found.high)})"


def _signed(metric: Metric, value: float) -> str:
    text = figure(metric, abs(value))
    return text if text == NOTHING else f"{'−' if value < 0 else '+'}{text}"
