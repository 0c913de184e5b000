"""Nugget recall: the share of the atomic facts of a right answer that the answer carries.

The nugget evaluation of the TREC RAG track (Pradeep et al. 2024, arXiv:2411.09607, "Initial Nugget Evaluation Results
for the TREC 2024 RAG Track with the AutoNuggetizer Framework": V_strict and A_strict), with patterns instead of a
model as the judge, so that a figure can be repeated. Items without nuggets (unanswerable) are not counted.
"""

from collections.abc import Callable

from eval.answer import Answer
from eval.data import AnswerItem, Nugget
from eval.metrics.base import Judged, Metric, Score, mean_of
from eval.text import found

PAPER = "Pradeep et al. 2024, arXiv:2411.09607"


def missing(item: AnswerItem, answer: Answer | None, vital: bool = True) -> tuple[Nugget, ...]:
    """Return the nuggets that the answer lacks; only the vital ones unless told otherwise."""
    seen = answer.seen if answer else ""
    wanted = [nugget for nugget in item.nuggets if nugget.vital or not vital]
    return tuple(nugget for nugget in wanted if not any(found(pattern, seen) for pattern in nugget.any))


def _recall(vital: bool) -> Callable[[Judged], Score | None]:
    def measure(judged: Judged) -> Score | None:
        wanted = [nugget for nugget in judged.asked.nuggets if nugget.vital or not vital]
        if not wanted:
            return None
        return mean_of(1 - len(missing(judged.asked, judged.answer, vital)) / len(wanted))

    return measure


VITAL_NUGGET_RECALL = Metric("vital_nugget_recall", "Vital nugget recall", PAPER, _recall(vital=True))
NUGGET_RECALL = Metric("nugget_recall", "Nugget recall, all", PAPER, _recall(vital=False))
