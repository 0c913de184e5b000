"""Abstention: does the system say that it does not know, where it does not, and only there?

Precision, recall and F1 with unanswerable questions as the positive class, after the unanswerable questions of SQuAD
2.0 (Rajpurkar et al. 2018, arXiv:1806.03822). False abstention is the share of answerable questions that were not
answered. A failed system has not abstained.
"""

from eval.metrics.base import Judged, Metric, Score

PAPER = "Rajpurkar et al. 2018, arXiv:1806.03822"


def _counts(judged: Judged) -> tuple[bool, bool]:
    """Return (is unanswerable, was abstained from)."""
    return judged.asked.type == "unanswerable", judged.outcome == "abstained"


def _precision(judged: Judged) -> Score | None:
    positive, predicted = _counts(judged)
    return (float(positive), 1.0) if predicted else None


def _recall(judged: Judged) -> Score | None:
    positive, predicted = _counts(judged)
    return (float(predicted), 1.0) if positive else None


def _f1(judged: Judged) -> Score | None:
    """Contribute to 2·TP / (positives + predicted)."""
    positive, predicted = _counts(judged)
    return (2.0 * (positive and predicted), float(positive) + float(predicted)) if positive or predicted else None


def _false(judged: Judged) -> Score | None:
    positive, predicted = _counts(judged)
    return None if positive else (float(predicted), 1.0)


ABSTENTION_PRECISION = Metric("abstention_precision", "Abstention precision", PAPER, _precision)
ABSTENTION_RECALL = Metric("abstention_recall", "Abstention recall", PAPER, _recall)
ABSTENTION_F1 = Metric("abstention_f1", "Abstention F1", PAPER, _f1)
FALSE_ABSTENTION = Metric("false_abstention", "Abstained though answerable", PAPER, _false, better="lower")
