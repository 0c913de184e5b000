"""What each part of the answering is worth: the same questions, with one part taken away at a time.

`pincite eval ablation` prints the table of `docs/ablation.md`. A part is taken away from the finished system; nothing
is trained anew without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eval.answer import Answer
from eval.data import AnswerItem
from eval.grids import Grid
from eval.metrics.accuracy import is_right
from eval.metrics.base import Judged
from eval.metrics.nuggets import missing
from eval.trace import Digests
from rag.assistant import Assistant
from rag.features import NAMES
from rag.model import Understood
from rag.understand import Reader

HYBRID = {"similarity": 1.0, "lexical": 3.0, "passage_dense": 1.0, "passage_lexical": 2.0}
"""Dense and lexical scores of sentence and passage alone, about equally spread: the plain hybrid."""

_DENSE = {"similarity", "similarity_raw", "similarity_last", "passage_dense"}
_LEXICAL = {"lexical", "lexical_last", "passage_lexical", "coverage", "coverage_context", "coverage_last"}
_PLACES = {"same_jurisdiction", "related_jurisdiction", "other_jurisdiction"}
_NAMES = {"named", "unnamed", "document_names", "cited_section", "cited_text"}


@dataclass(frozen=True)
class Part:
    """A part that can be taken away."""

    name: str
    take_away: Callable[[Assistant], None] = lambda _: None
    tables: bool = True


def parts() -> tuple[Part, ...]:
    """Return the whole system first, then the system without each part."""
    return (
        Part("the whole system"),
        Part("without vectors of sentences and passages", _without(_DENSE)),
        Part("without words (BM25, coverage)", _without(_LEXICAL)),
        Part("without likeness of words", _without({name for name in NAMES if name.startswith("presence")})),
        Part("without jurisdictions", _without(_PLACES)),
        Part("without names and citations", _without(_NAMES)),
        Part("without the kind of answer wanted", _without({name for name in NAMES if ":" in name or "@" in name})),
        Part("without learned weights (plain hybrid)", _reweight(lambda _: HYBRID)),
        Part("without subjects of a comparison", _without_subjects),
        Part("without tables", tables=False),
        Part("without abstaining", _without_abstaining),
    )


def ablation(assistant: Assistant, items: list[AnswerItem]) -> Grid:
    """Return a table: the part, answer accuracy, vital nugget recall, hit@5, and the loss of accuracy."""
    rows: list[tuple[str, ...]] = []
    whole: float | None = None
    digests = Digests(assistant.index.catalogue)
    for part in parts():
        # Each part is taken from a fresh assistant over the same index.
        changed = Assistant(assistant.index, assistant.config)
        part.take_away(changed)
        accuracy, vital, hits = _figures([_judged(changed, item, part.tables, digests) for item in items])
        whole = accuracy if whole is None else whole
        rows.append((part.name, f"{accuracy:.3f}", f"{accuracy - whole:+.3f}", f"{vital:.3f}", f"{hits:.3f}"))
    columns = ("Part", "Answer accuracy", "Change", "Vital nugget recall", "Hit@5")
    return Grid(f"Ablation over {len(items)} questions", columns, tuple(rows))


def _judged(assistant: Assistant, item: AnswerItem, tables: bool, digests: Digests) -> Judged:
    given = assistant.invoke({"question": item.question, "history": list(item.history), "as_of": item.as_of})
    if not tables:
        given = given.model_copy(update={"text": given.prose, "table": None})
    return Judged(item, Answer.parse(given.model_dump(mode="json")), 0.0, digests)


def _figures(judged: list[Judged]) -> tuple[float, float, float]:
    answers = [(one.asked, one.answer) for one in judged if one.answer is not None]
    vital = sum(sum(nugget.vital for nugget in item.nuggets) for item, _ in answers) or 1
    lost = sum(len(missing(item, answer)) for item, answer in answers)
    sought = [(item, answer) for item, answer in answers if item.documents]
    hits = sum(bool(set(item.documents) & set(answer.documents[:5])) for item, answer in sought)
    return sum(map(is_right, judged)) / len(judged), 1 - lost / vital, hits / max(len(sought), 1)


def _without(names: set[str]) -> Callable[[Assistant], None]:
    return _reweight(lambda weights: {name: 0.0 if name in names else value for name, value in weights.items()})


def _reweight(change: Callable[[Mapping[str, float]], Mapping[str, float]]) -> Callable[[Assistant], None]:
    def take_away(assistant: Assistant) -> None:
        assistant.ranker.reweight(change(assistant.ranker.weights))

    return take_away


class _OneSubject(Reader):
    """A reader that sees no comparison."""

    def apart(self, understood: Understood) -> list[Understood]:  # noqa: ARG002 (the reader names it)
        """Return no subjects."""
        return []


def _without_subjects(assistant: Assistant) -> None:
    assistant.reader = _OneSubject(assistant.index.catalogue.documents.values())


def _without_abstaining(assistant: Assistant) -> None:
    assistant.confidence.threshold = 0.0
