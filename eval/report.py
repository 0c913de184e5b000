"""One HTML page about a run, which opens from disk with no network: figures, slices, calibration, latency, failures."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from corpus.catalogue import Catalogue
from eval import plots
from eval.answer import Answer
from eval.compare import right
from eval.data import AnswerItem
from eval.errors import RunError
from eval.grids import Grid, by_slice, confusion, figure, of_run
from eval.metrics import BY_NAME, Metric
from eval.metrics.nuggets import missing
from eval.results import Result, Run
from eval.text import fold, found
from rag.passages import passages_of

WORST = 30
BINS = 10

_SLICED = {
    "answers": ("accuracy", "vital_nugget_recall", "hit@5", "abstention_recall"),
    "refusals": ("declined_recall", "over_declined", "support_recall", "support_refused"),
}


@dataclass(frozen=True)
class Panel:
    """A plot and the table of what it shows."""

    title: str
    plot: Markup
    table: Grid
    note: str = ""


@dataclass(frozen=True)
class WorstItem:
    """An item that went wrong: what was asked, what was answered, and the passages that should have been found."""

    id: str
    question: str
    history: tuple[str, ...]
    labels: tuple[str, ...]
    expected: str
    outcome: str
    text: str
    missing: tuple[str, ...]
    sources: tuple[str, ...]
    passages: tuple[tuple[str, str], ...]
    """(where, text) of passages that carry a nugget."""


def write_report(run: Run, catalogue: Catalogue, path: Path) -> None:
    """Write the page.

    Raises:
        RunError: the run has no result, or the page can't be written.
    """
    if not run.results:
        raise RunError("The run has no result yet.", "Let it finish first.")
    folder = Path(__file__).parent / "templates"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    page = environment.get_template("report.html").render(
        run=run.info,
        figures=of_run(run),
        panels=list(_panels(run)),
        worst=worst_items(run, catalogue) if run.info.kind == "answers" else [],
        wrong=[result for result in run.results if not right(result)][:200] if run.info.kind == "refusals" else [],
        other_corpus=catalogue.version != run.info.corpus,
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise RunError(f"The report can't be written to {path}: {error.strerror or error}.") from None


def worst_items(run: Run, catalogue: Catalogue) -> list[WorstItem]:
    """Return the wrong items, those with the fewest vital nuggets and the wrong documents first."""
    wrong = [result for result in run.results if not right(result)]

    def badness(result: Result) -> tuple[float, ...]:
        return tuple(result.scores.get(name, (0.0, 1.0))[0] for name in ("vital_nugget_recall", "hit@5", "ndcg@10"))

    return [_worst(result, catalogue) for result in sorted(wrong, key=badness)[:WORST]]


def _panels(run: Run) -> Iterator[Panel]:
    metrics = [BY_NAME[name] for name in _SLICED[run.info.kind]]
    for dimension in run.dimensions:
        shown = [metric for metric in metrics if _is_measured(run, dimension, metric)]
        if shown:
            estimates = {value: found[shown[0].name] for value, found in run.sliced(dimension, shown[:1]).items()}
            yield Panel(
                f"{shown[0].label} by {dimension}",
                Markup(plots.bars(shown[0], estimates)),
                by_slice(run, dimension, shown),
                "The line on each bar is the 95 % interval.",
            )
    if run.info.kind == "answers":
        yield _calibration(run)
    else:
        yield Panel("Confusion", Markup(""), confusion(run))
    if latency := _latency(run):
        yield latency


def _is_measured(run: Run, dimension: str, metric: Metric) -> bool:
    return any(found[metric.name].n for found in run.sliced(dimension, [metric]).values())


def _calibration(run: Run) -> Panel:
    """Put the system's confidence against the share of questions that can be answered (Guo et al. 2017, ten bins)."""
    pairs = [
        (float(result.answer["confidence"]), result.item["type"] != "unanswerable")
        for result in run.results
        if result.answer and isinstance(result.answer.get("confidence"), int | float)
    ]
    title, columns = "Calibration of abstention", ("Confidence", "Mean", "Answerable", "Items")
    if not pairs:
        return Panel(title, Markup(""), Grid(title, columns, ()), "The system gives no confidence with its answers.")
    rows, points = [], []
    places = np.clip([int(confidence * BINS) for confidence, _ in pairs], 0, BINS - 1)
    for place in range(BINS):
        held = [pair for pair, at in zip(pairs, places, strict=True) if at == place]
        if held:
            mean, share = (float(np.mean([pair[column] for pair in held])) for column in (0, 1))
            points.append((mean, share, len(held)))
            span = f"{place / BINS:.1f} to {(place + 1) / BINS:.1f}"
            rows.append((span, f"{mean:.3f}", f"{share:.3f}", str(len(held))))
    error = sum(abs(mean - share) * count for mean, share, count in points) / len(pairs)
    note = f"Expected calibration error {error:.3f}. The dashed line is perfect calibration."
    return Panel(title, Markup(plots.calibration(points)), Grid(title, columns, tuple(rows)), note)


def _latency(run: Run) -> Panel | None:
    times = [result.ms for result in run.results if result.answer]
    if not times:
        return None
    levels = {f"p{level}": float(np.percentile(times, level)) for level in (50, 75, 90, 95, 99, 100)}
    metric = BY_NAME["latency_p50"]
    table = Grid("Latency", ("Percentile", "ms"), tuple((name, figure(metric, at)) for name, at in levels.items()))
    marks = {name: levels[name] for name in ("p50", "p95")}
    return Panel("Latency", Markup(plots.histogram(times, "milliseconds", marks)), table)


def _worst(result: Result, catalogue: Catalogue) -> WorstItem:
    item = AnswerItem.model_validate(result.item)
    answer = Answer.parse(result.answer) if result.answer else None
    return WorstItem(
        id=item.id,
        question=item.question,
        history=item.history,
        labels=tuple(result.slices.values()),
        expected=item.outcome,
        outcome=answer.outcome if answer else f"failed: {result.error}",
        text=answer.text if answer else "",
        missing=tuple(nugget.text for nugget in missing(item, answer)),
        sources=tuple(_source(source) for source in result.answer.get("sources", ())) if result.answer else (),
        passages=tuple(_should_be_found(item, answer, catalogue)),
    )


def _source(source: dict[str, Any]) -> str:
    return " · ".join(str(part) for part in (source.get("document"), source.get("pinpoint")) if part)


def _should_be_found(item: AnswerItem, answer: Answer | None, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the first passage that carries each missing nugget."""
    known = [catalogue.documents[name] for name in item.documents if name in catalogue.documents]
    passages = [passage for document in known for passage in passages_of(document)]
    for nugget in missing(item, answer):
        for passage in passages:
            text = fold(passage.text)
            if any(found(pattern, text) for pattern in nugget.any):
                yield f"{passage.document} · {passage.heading}", passage.text
                break
