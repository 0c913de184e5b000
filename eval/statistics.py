"""Figures with their uncertainty: bootstrap intervals, and the paired randomisation test of a difference.

Items are what is resampled, so that ratios (F1) and percentiles get intervals as means do.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from eval.metrics import Metric, Score

RESAMPLES = 2000
CONFIDENCE = 0.95
SEED = 20260101

Rows = NDArray[np.float64]
"""Scores as an array of shape (items, 2): numerators and denominators; a metric's silence is (0, 0)."""

_Statistic = Callable[..., Any]


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval, over `n` items; all NaN where n is 0."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Difference:
    """How much B's figure exceeds A's on the same items, its 95 % interval and the two-sided p-value."""

    a: float
    b: float
    value: float
    low: float
    high: float
    p: float
    n: int


def estimate(metric: Metric, scores: Sequence[Score | None]) -> Estimate:
    """Return the figure of a metric and its bootstrap interval (Efron's BCa; percentile where BCa is undefined).

    All items alike say little about the next one: a share of exactly 0 or 1 gets the exact binomial interval (Clopper
    and Pearson 1934) instead of one of no width.
    """
    rows = _rows([score for score in scores if score is not None])
    n = len(rows)
    if not n:
        return Estimate(np.nan, np.nan, np.nan, 0)
    value = float(_aggregate(metric, rows))
    low, high = _interval(metric, rows, value)
    return Estimate(value, low, high, n)


def difference(metric: Metric, a: Sequence[Score | None], b: Sequence[Score | None]) -> Difference:
    """Compare two systems on the same items, given in the same order.

    The test swaps the two systems' scores item by item at random (Fisher's randomisation test; Smucker et al. 2007,
    doi:10.1145/1321440.1321528); the interval is a percentile bootstrap over items.
    """
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x is not None or y is not None]
    first = _rows([x or (0.0, 0.0) for x, _ in pairs])
    second = _rows([y or (0.0, 0.0) for _, y in pairs])
    n = len(pairs)
    if not n or not first[:, 1].any() or not second[:, 1].any():
        return Difference(_figure(metric, first), _figure(metric, second), np.nan, np.nan, np.nan, np.nan, n)
    pool = np.concatenate([first, second])
    places = np.arange(n)

    def gap(left: Any, right: Any, axis: int = -1) -> Any:
        return _aggregate(metric, pool[right], axis) - _aggregate(metric, pool[left], axis)

    value = float(gap(places, places + n))
    if np.array_equal(first, second):
        return Difference(_figure(metric, first), _figure(metric, second), value, 0.0, 0.0, 1.0, n)
    test = stats.permutation_test(
        (places, places + n),
        gap,
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(SEED),
    )
    low, high = _bootstrap((places,), lambda chosen, axis=-1: gap(chosen, chosen + n, axis), "percentile")
    return Difference(_figure(metric, first), _figure(metric, second), value, low, high, float(test.pvalue), n)


def _rows(scores: Sequence[Score]) -> Rows:
    return np.array(scores, dtype=np.float64).reshape(-1, 2)


def _figure(metric: Metric, rows: Rows) -> float:
    return float(_aggregate(metric, rows)) if len(rows) and rows[:, 1].any() else np.nan


def _aggregate(metric: Metric, rows: Rows, axis: int = -1) -> Any:
    """Return the figure, or an array of figures, of rows of shape (..., 2) whose items lie along `axis` of (...)."""
    numerators, denominators = np.moveaxis(rows[..., 0], axis, -1), np.moveaxis(rows[..., 1], axis, -1)
    if metric.percentile is not None:
        values = np.where(denominators > 0, numerators, np.nan)
        whole = not np.isnan(values).any()
        return (np.percentile if whole else np.nanpercentile)(values, metric.percentile, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return numerators.sum(axis=-1) / denominators.sum(axis=-1)


def _interval(metric: Metric, rows: Rows, value: float) -> tuple[float, float]:
    n = len(rows)
    if (rows == rows[0]).all() or n < 3:
        if metric.unit == "share" and value in (0.0, 1.0):
            exact = stats.binomtest(round(value * n), n).proportion_ci(CONFIDENCE, "exact")
            return float(exact.low), float(exact.high)
        if (rows == rows[0]).all():
            return value, value

    def figure(chosen: Any, axis: int = -1) -> Any:
        return _aggregate(metric, rows[chosen], axis)

    # A percentile's jackknife has steps, on which BCa's acceleration means nothing.
    method = "percentile" if metric.percentile is not None else "BCa"
    low, high = _bootstrap((np.arange(n),), figure, method)
    return (low, high) if np.isfinite([low, high]).all() else _bootstrap((np.arange(n),), figure, "percentile")


def _bootstrap(data: tuple[Any, ...], statistic: _Statistic, method: str) -> tuple[float, float]:
    with np.errstate(all="ignore"), _quiet():
        found = stats.bootstrap(
            data,
            statistic,
            n_resamples=RESAMPLES,
            confidence_level=CONFIDENCE,
            method=method,
            vectorized=True,
            rng=np.random.default_rng(SEED),
        )
    interval = found.confidence_interval
    if np.isfinite([interval.low, interval.high]).all() or method == "BCa":
        return float(interval.low), float(interval.high)
    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.nanpercentile(found.bootstrap_distribution, [tail, 100 - tail])
    return float(low), float(high)


def _quiet() -> Any:
    """Silence scipy's warning that BCa is undefined for a sample; the percentile interval stands in."""
    return warnings.catch_warnings(action="ignore")
