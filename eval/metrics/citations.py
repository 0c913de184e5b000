"""Citation precision and recall: does the cited passage contain the statement, and is every statement cited?

After ALCE (Gao et al. 2023, arXiv:2305.14627), statement by statement and averaged over answers. ALCE asks a model of
entailment; here a sentence is carried if it stands, word for word, in one of the passages that it cites, and a table
row if every cell comes from a cited document's text or front matter. The passage itself must stand in its document.
Of answers given (outcome `answered`); a failure where an answer was due counts as zero.
"""

from eval.answer import Answer, Source
from eval.metrics.base import Judged, Metric, Score, mean_of
from eval.statements import Statement, statements
from eval.text import fold
from eval.trace import Digests

PAPER = "Gao et al. 2023, arXiv:2305.14627"


def carried(statement: Statement, answer: Answer, digests: Digests) -> bool:
    """Whether one of the cited sources carries the sentence, or all of them together the table row."""
    cited = [source for source in answer.sources if source.number in statement.citations]
    if statement.cells:
        documents = [source.document for source in cited]
        return bool(cited) and all(digests.cell_is_traced(cell, documents) for cell in statement.cells)
    return any(_stands_in(statement.text, source, digests) for source in cited)


def uncarried(answer: Answer, digests: Digests) -> list[Statement]:
    """Return the statements of an answer that no citation of theirs carries."""
    return [statement for statement in statements(answer) if not carried(statement, answer, digests)]


def _stands_in(sentence: str, source: Source, digests: Digests) -> bool:
    return fold(sentence) in fold(source.passage) and digests.contains(source.document, source.passage)


def _precision(judged: Judged) -> Score | None:
    if judged.answer is None:
        return _failed(judged)
    if judged.outcome != "answered":
        return None
    cited = [statement for statement in statements(judged.answer) if statement.citations]
    if not cited:
        return mean_of(0) if statements(judged.answer) else None
    good = sum(carried(statement, judged.answer, judged.digests) for statement in cited)
    return mean_of(good / len(cited))


def _recall(judged: Judged) -> Score | None:
    if judged.answer is None:
        return _failed(judged)
    stated = statements(judged.answer)
    if judged.outcome != "answered" or not stated:
        return None
    known = {source.number for source in judged.answer.sources}
    return mean_of(sum(bool(known & set(statement.citations)) for statement in stated) / len(stated))


def _failed(judged: Judged) -> Score | None:
    return mean_of(0) if judged.asked.outcome == "answered" else None


CITATION_PRECISION = Metric("citation_precision", "Citation precision", PAPER, _precision)
CITATION_RECALL = Metric("citation_recall", "Citation recall", PAPER, _recall)
