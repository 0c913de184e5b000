"""Draft the answer: the chosen sentences, a table where the front matter holds one, or what was searched in vain."""

from corpus.jurisdictions import gazetteer, name_of
from corpus.model import Document
from rag.model import Draft, ScoredPassage, ScoredSentence, Understood
from rag.passages import Passage
from rag.rank import Ranker, Ranking
from rag.select import choose, nearest
from rag.tables import penalty_table

_TABLE_DOCUMENTS = 3
_NEIGHBOURS = 3


def answer_with(ranker: Ranker, ranking: Ranking, subjects: list[Ranking]) -> Draft:
    """Return a draft of the best sentences, with the penalties of the laws and cases they come from where asked."""
    chosen = choose(ranker, ranking, subjects)
    understood = ranking.understood
    if subjects and not understood.comparison:
        understood = understood.model_copy(update={"comparison": True})
    if understood.intent != "penalty" and not understood.comparison:
        return Draft("answered", chosen=chosen)
    documents = _owners(chosen)
    made = penalty_table(documents[: max(_TABLE_DOCUMENTS, len(subjects))], understood)
    if not made:
        return Draft("answered", chosen=chosen)
    table, owners = made
    passages = tuple(_stands_for(ranker, owner, chosen) for owner in owners)
    return Draft("answered", chosen=chosen, table=table, owners=passages)


def abstain(understood: Understood, found: list[ScoredPassage]) -> Draft:
    """Return a draft that says what was searched and not found, and names the nearest documents."""
    return Draft("abstained", lead=_searched(understood), nearest=nearest(found))


def _searched(understood: Understood) -> str:
    places = [name_of(code) for code in understood.jurisdictions if code in gazetteer()]
    if places:
        return f"The corpus does not answer this question, searched for: {'; '.join(places)}. The nearest documents:"
    return "The corpus does not answer this question. The nearest documents are listed below."


def _owners(chosen: tuple[ScoredSentence, ...]) -> list[Document]:
    """Return the documents of the chosen sentences, the one with the best sentence first."""
    best: dict[str, ScoredSentence] = {}
    for found in sorted(chosen, key=lambda item: -item.score):
        best.setdefault(found.document.id, found)
    return [found.document for found in best.values()]


def _stands_for(ranker: Ranker, document_id: str, chosen: tuple[ScoredSentence, ...]) -> ScoredPassage:
    """Return the passage that a row from the front matter cites: the document's penalties, or where it speaks first."""
    own = [passage for passage in ranker.index.passages if passage.document == document_id]
    named = [passage for passage in own if _is_on_penalties(passage)]
    cited = [found.passage for found in chosen if found.document.id == document_id]
    passage = (named or cited or own)[0]
    return ScoredPassage(passage, 0.0, 0.0, 0.0)


def _is_on_penalties(passage: Passage) -> bool:
    heading = passage.heading.casefold()
    return "penalt" in heading or "sentence" in heading
