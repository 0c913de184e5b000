"""The metrics: one small module each, a declaration with its paper and what it counts; lists of them by data set."""

from eval.metrics.abstention import ABSTENTION_F1, ABSTENTION_PRECISION, ABSTENTION_RECALL, FALSE_ABSTENTION
from eval.metrics.accuracy import ACCURACY, ACCURACY_ANY_LENGTH
from eval.metrics.base import Judged, Metric, Score
from eval.metrics.citations import CITATION_PRECISION, CITATION_RECALL
from eval.metrics.latency import LATENCY_P50, LATENCY_P95
from eval.metrics.length import WORDS
from eval.metrics.nuggets import NUGGET_RECALL, VITAL_NUGGET_RECALL
from eval.metrics.ranking import HIT_AT_1, HIT_AT_5, HIT_AT_10, MRR, NDCG_AT_10
from eval.metrics.refusal import (
    DECLINED_RECALL,
    OVER_DECLINED,
    OVER_REFUSAL,
    REFUSAL_RECALL,
    SUPPORT_RECALL,
    SUPPORT_REFUSED,
)

ANSWERS: tuple[Metric, ...] = (
    ACCURACY,
    ACCURACY_ANY_LENGTH,
    VITAL_NUGGET_RECALL,
    NUGGET_RECALL,
    CITATION_PRECISION,
    CITATION_RECALL,
    HIT_AT_1,
    HIT_AT_5,
    MRR,
    NDCG_AT_10,
    ABSTENTION_PRECISION,
    ABSTENTION_RECALL,
    ABSTENTION_F1,
    FALSE_ABSTENTION,
    WORDS,
    LATENCY_P50,
    LATENCY_P95,
)
REFUSALS: tuple[Metric, ...] = (
    REFUSAL_RECALL,
    DECLINED_RECALL,
    OVER_REFUSAL,
    OVER_DECLINED,
    SUPPORT_RECALL,
    SUPPORT_REFUSED,
    LATENCY_P50,
    LATENCY_P95,
)
RETRIEVAL: tuple[Metric, ...] = (HIT_AT_1, HIT_AT_5, HIT_AT_10, MRR)

BY_NAME: dict[str, Metric] = {metric.name: metric for metric in (*ANSWERS, *REFUSALS, *RETRIEVAL)}

__all__ = ["ANSWERS", "BY_NAME", "REFUSALS", "RETRIEVAL", "Judged", "Metric", "Score"]
