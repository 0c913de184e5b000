"""Answer accuracy: the outcome is right, every vital nugget is found, and the answer is short enough to be read.

Ours; the strict "all vital" reading of Pradeep et al. 2024 (arXiv:2411.09607) with a limit on length, without which
a system could copy out whole documents. A table may be longer, its prose may not.
"""

from collections.abc import Callable

from eval.metrics.base import Judged, Metric, Score, mean_of
from eval.metrics.nuggets import PAPER, missing

MAX_WORDS = 150


def is_right(judged: Judged, any_length: bool = False) -> bool:
    """Whether the answer is what the item asks for."""
    answer = judged.answer
    if answer is None or answer.outcome != judged.asked.outcome or missing(judged.asked, answer):
        return False
    length = answer.prose_words if answer.has_table else answer.words
    return any_length or length <= MAX_WORDS


def _accuracy(any_length: bool) -> Callable[[Judged], Score | None]:
    return lambda judged: mean_of(is_right(judged, any_length))


ACCURACY = Metric("accuracy", "Answer accuracy", PAPER, _accuracy(any_length=False))
ACCURACY_ANY_LENGTH = Metric("accuracy_any_length", "Answer accuracy at any length", PAPER, _accuracy(any_length=True))
