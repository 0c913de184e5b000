"""Words an answer: what a person has to read, without citation markers and table markup (ours)."""

from eval.metrics.base import Judged, Metric, Score, mean_of


def _words(judged: Judged) -> Score | None:
    return mean_of(judged.answer.words) if judged.answer and judged.outcome in ("answered", "support") else None


WORDS = Metric("words", "Words an answer", "ours", _words, better="lower", unit="words")
