"""Choose the sentences that answer: the best first, the others where they add something."""

from rag.lexical import tokens
from rag.model import Evidence, ScoredPassage, ScoredSentence

MAX_SENTENCES = 5
MAX_WORDS = 150
MIN_SIMILARITY = 0.45
"""The least cosine between question and best sentence for which the corpus counts as answering at all."""
MIN_SHARE = 0.55
"""The least score of a further sentence, as a share of the best one's."""
NEAR_DUPLICATE = 0.7
"""Share of common words from which two sentences say the same."""


def choose(evidence: Evidence) -> tuple[ScoredSentence, ...]:
    """Return at most five sentences of at most 150 words that answer the question, or none."""
    ranked = _with_passages(evidence)
    if not ranked or max(found.similarity for found in ranked[:3]) < MIN_SIMILARITY:
        return ()
    chosen: list[ScoredSentence] = []
    words = 0
    for found in ranked:
        length = len(found.sentence.text.split())
        if found.score < MIN_SHARE * ranked[0].score or len(chosen) == MAX_SENTENCES:
            break
        if words + length > MAX_WORDS or any(_alike(found, other) for other in chosen):
            continue
        chosen.append(found)
        words += length
    return _in_reading_order(chosen)


def nearest(evidence: Evidence, count: int = 3) -> tuple[ScoredPassage, ...]:
    """Return the best passage of each of the nearest documents."""
    best: dict[str, ScoredPassage] = {}
    for found in evidence.passages:
        best.setdefault(found.passage.document, found)
    return tuple(best.values())[:count]


def _with_passages(evidence: Evidence) -> list[ScoredSentence]:
    """Rank sentences by their own score and by that of the passage that they stand in."""
    support = {found.passage.id: found.score for found in evidence.passages}
    floor = min(support.values(), default=0.0)
    ranked = [
        ScoredSentence(
            found.document,
            found.passage,
            found.sentence,
            found.score + support.get(found.passage.id, floor),
            found.similarity,
        )
        for found in evidence.sentences
    ]
    return sorted(ranked, key=lambda found: -found.score)


def _alike(one: ScoredSentence, other: ScoredSentence) -> bool:
    first, second = set(tokens(one.sentence.text)), set(tokens(other.sentence.text))
    return len(first & second) >= NEAR_DUPLICATE * min(len(first), len(second))


def _in_reading_order(chosen: list[ScoredSentence]) -> tuple[ScoredSentence, ...]:
    """Keep the best sentence first, then finish its document in the document's order, then the others."""
    order = list(dict.fromkeys(found.document.id for found in chosen))
    rest = sorted(chosen[1:], key=lambda found: (order.index(found.document.id), found.sentence.start))
    return (*chosen[:1], *rest)
