"""The report's plots, as SVG to stand inside a page: one palette, readable by colour-blind people, system fonts."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from eval.metrics import Metric
from eval.statistics import Estimate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLUE = "#0072B2"  # Okabe and Ito's palette (2008)
ORANGE = "#D55E00"

_PROLOGUE = re.compile(r"\A.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)


def bars(metric: Metric, estimates: Mapping[str, Estimate]) -> str:
    """Return one horizontal bar for each slice, with its interval."""
    names = [name for name, found in estimates.items() if found.n][::-1]
    values = np.array([estimates[name].value for name in names])
    below = values - [estimates[name].low for name in names]
    above = [estimates[name].high for name in names] - values
    figure = _figure(height=0.6 + 0.28 * len(names))
    axes = figure.subplots()
    axes.barh(names, values, color=BLUE, height=0.6)
    axes.errorbar(values, names, xerr=[below.clip(0), above.clip(0)], fmt="none", ecolor=ORANGE, capsize=3, lw=1.5)
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlabel(metric.label)
    return _svg(figure, f"{metric.label} by slice")


def histogram(values: Sequence[float], label: str, marks: Mapping[str, float]) -> str:
    """Return the distribution of positive values on a logarithmic scale, with marked places."""
    figure = _figure(height=2.6)
    axes = figure.subplots()
    positive = np.array([max(value, 0.01) for value in values])
    low, high = positive.min(), positive.max()
    axes.hist(positive, bins=np.geomspace(low * 0.95, high * 1.05, 40).tolist(), color=BLUE)
    for name, place in marks.items():
        axes.axvline(place, color=ORANGE, lw=1.5)
        axes.text(place, 1.0, f" {name}", transform=axes.get_xaxis_transform(), va="bottom", color=ORANGE, size=9)
    axes.set_xscale("log")
    axes.set_xlabel(label)
    axes.set_ylabel("questions")
    return _svg(figure, f"Distribution of {label}")


def calibration(bins: Sequence[tuple[float, float, int]]) -> str:
    """Return a reliability diagram; `bins` are (mean confidence, share answerable, items)."""
    figure = _figure(height=3.4)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="gray", lw=1, linestyle="--")
    axes.plot([row[0] for row in bins], [row[1] for row in bins], color=BLUE, marker="o")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("confidence that the question can be answered")
    axes.set_ylabel("share that can be")
    return _svg(figure, "Calibration of abstention")


def _figure(height: float) -> "Figure":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, height), layout="constrained")
    figure.patch.set_alpha(0)
    return figure


def _svg(figure: "Figure", title: str) -> str:
    """Return the drawing without XML prologue and metadata: text stays text, and nothing names an outside address."""
    import matplotlib as mpl

    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.patch.set_alpha(0)
    drawn = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": title, "font.family": "sans-serif", "font.size": 10}):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    svg = _METADATA.sub("", _PROLOGUE.sub("", drawn.getvalue()))
    return svg.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
