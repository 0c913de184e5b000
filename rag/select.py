"""Choose the sentences that answer: the best first, every subject of a comparison heard, nothing said twice."""

import re

from rag.compose import DOUBTFUL, was_seen
from rag.model import ScoredPassage, ScoredSentence, said_of
from rag.rank import Ranker, Ranking
from rag.traits import FACTS
from rag.verdict import names_legality

MAX_SENTENCES = 6
MAX_WORDS = 149
NEAR_DUPLICATE = 0.75
"""Share of common words from which two sentences with the same numbers say the same."""
RESERVED = 16
"""Words kept for each subject of a comparison that has not been heard yet."""
_UNSEEN = 3
"""Words of "source not re-read"."""
FADED = 4.0
"""How far below the best score (in log-odds) a further sentence may lie."""
EXCEPTION = re.compile(r"\b(?:defen[cs]es?|exempt\w*|exceptions?)\b", re.IGNORECASE)
"""What a sentence on an exception to a rule names."""
PURPOSE = re.compile(
    r"\b(?:private|personal|research\w*|scien\w+|educat\w+|artistic|satire|parody|journalis\w+|police|test(?:ers?|ing)|authori[sz]ed)\b",
    re.IGNORECASE,
)
"""For what, or by whom, a thing is done: who names it asks whether an exception holds."""
DENIAL = re.compile(r"\b(?:not|no|never)\b", re.IGNORECASE)


def choose(ranker: Ranker, ranking: Ranking, subjects: list[Ranking], reserved: int = 0) -> tuple[ScoredSentence, ...]:
    """Return at most six sentences of at most 149 words (`reserved` are kept for what else is said), in reading order.

    With subjects, their best sentences are taken in turn, so that each is heard before any is heard twice.
    """
    chosen: dict[int, Ranking] = {}
    words = reserved
    queues = subjects or [ranking]
    limit = max(MAX_SENTENCES, len(queues))
    while len(chosen) < limit:
        before = len(chosen)
        for place, queue in enumerate(queues):
            unheard = 0 if chosen and len(chosen) >= len(queues) else len(queues) - place - 1
            row = _next(ranker, queue, chosen, MAX_WORDS - words - unheard * RESERVED)
            if row is not None and len(chosen) < limit:
                chosen[row] = queue
                words += _length(ranker, row)
        if len(chosen) == before:
            break
    found = [ranker.found(row, queue) for row, queue in chosen.items()]
    return _grouped(found) if subjects else _in_reading_order(found, ranking.understood.question)


def nearest(passages: list[ScoredPassage], count: int = 3) -> tuple[ScoredPassage, ...]:
    """Return the best passage of each of the nearest documents."""
    best: dict[str, ScoredPassage] = {}
    for found in passages:
        best.setdefault(found.passage.document, found)
    return tuple(best.values())[:count]


def _next(ranker: Ranker, ranking: Ranking, chosen: dict[int, Ranking], words_left: int) -> int | None:
    """Return the best row that fits, differs from those chosen and has not faded, or None."""
    order = ranking.order[:80]
    for row in order:
        if ranking.scores[row] < ranking.scores[order[0]] - FADED:
            return None
        fits = row not in chosen and _length(ranker, row) <= words_left
        if fits and not any(_alike(ranker, row, other) for other in chosen):
            return row
    return None


def _length(ranker: Ranker, row: int) -> int:
    """Return the words that a sentence takes, with what is said behind it of its status and source."""
    document = ranker.document(row)
    noted = 1 + len(said_of(document.status).split()) if document.status in DOUBTFUL else 0
    unseen = 0 if was_seen(document, ranker.index.sentences[row][1]) else _UNSEEN
    return int(ranker.table.traits.words[row]) + noted + unseen


def _alike(ranker: Ranker, one: int, other: int) -> bool:
    first, second = ranker.words[one], ranker.words[other]
    if {word for word in first if word[0].isdigit()} != {word for word in second if word[0].isdigit()}:
        return False  # "up to two years" and "up to five years" differ in a word and in all that matters
    return len(first & second) >= NEAR_DUPLICATE * min(len(first), len(second))


def _grouped(found: list[ScoredSentence]) -> tuple[ScoredSentence, ...]:
    """Keep what belongs to one document together, documents in the order in which they were chosen."""
    order = list(dict.fromkeys(item.document.id for item in found))
    return tuple(sorted(found, key=lambda item: order.index(item.document.id)))


def _in_reading_order(found: list[ScoredSentence], question: str) -> tuple[ScoredSentence, ...]:
    """Keep the best sentence first, then finish its document in the document's order, then the others.

    A rule comes before its exceptions: who asks whether something is an offence must not first read of a defence,
    unless the question is about an exception.
    """
    order = list(dict.fromkeys(item.document.id for item in found))
    first = 0
    if found and _excepts(found[0].sentence.text) and names_legality(question) and not _asks_for_exception(question):
        rules = (row for row, item in enumerate(found) if item.document.id == order[0] and _is_rule(item.sentence.text))
        first = next(rules, 0)
    rest = sorted(
        found[:first] + found[first + 1 :], key=lambda item: (order.index(item.document.id), item.sentence.start)
    )
    return (*found[first : first + 1], *rest)


def _excepts(text: str) -> bool:
    return bool(EXCEPTION.search(text))


def _asks_for_exception(question: str) -> bool:
    return _excepts(question) or bool(PURPOSE.search(question))


def _is_rule(text: str) -> bool:
    return bool(FACTS["offence"].search(text)) and not (_excepts(text) or DENIAL.search(text))
