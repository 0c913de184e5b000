"""What a metric is: a score of each item, and how the scores become one figure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from eval.answer import Answer
from eval.data import AnswerItem, RefusalItem
from eval.trace import Digests

Score = tuple[float, float]
"""An item's part of the figure, as (numerator, denominator): a mean adds (value, 1), F1 (2·hits, both)."""


@dataclass(frozen=True)
class Judged:
    """An item with what the system did."""

    item: Any
    """An `AnswerItem` or a `RefusalItem`; `asked` and `prompt` say which."""
    answer: Answer | None
    """None where the system failed; it then scores zero."""
    ms: float
    """Wall-clock time of the last try, in milliseconds."""
    digests: Digests

    @property
    def asked(self) -> AnswerItem:
        """The item of an answers data set."""
        item: AnswerItem = self.item
        return item

    @property
    def prompt(self) -> RefusalItem:
        """The item of a refusals data set."""
        item: RefusalItem = self.item
        return item

    @property
    def outcome(self) -> str:
        """What the system did: an outcome of DESIGN, or `failed`."""
        return self.answer.outcome if self.answer else "failed"


@dataclass(frozen=True)
class Metric:
    """A declaration: the name, what it counts and where it comes from.

    `measure` returns None for an item that the metric says nothing about. The figure is the sum of numerators over the
    sum of denominators, or a percentile of the values where `percentile` is given.
    """

    name: str
    label: str
    paper: str
    measure: Callable[[Judged], Score | None]
    better: Literal["higher", "lower"] = "higher"
    unit: Literal["share", "words", "ms"] = "share"
    percentile: float | None = None


def mean_of(value: float) -> Score:
    """Return the score of an item whose value enters a plain mean."""
    return float(value), 1.0
