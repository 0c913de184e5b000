"""Latency: wall-clock time from question to whole answer, as percentiles (Dean and Barroso 2013, "The Tail at Scale").

Measured outside the system, one question at a time. Failures have no latency; they are counted as errors.
"""

from eval.metrics.base import Judged, Metric, Score, mean_of

PAPER = "Dean and Barroso 2013, doi:10.1145/2408776.2408794"


def _latency(judged: Judged) -> Score | None:
    return mean_of(judged.ms) if judged.answer else None


LATENCY_P50 = Metric("latency_p50", "Latency, p50", PAPER, _latency, better="lower", unit="ms", percentile=50)
LATENCY_P95 = Metric("latency_p95", "Latency, p95", PAPER, _latency, better="lower", unit="ms", percentile=95)
