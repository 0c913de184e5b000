"""Draft the answer: the chosen sentences, a table where the front matter holds one, or what was searched in vain."""

from collections.abc import Collection, Iterable

from corpus.jurisdictions import gazetteer, name_of
from corpus.model import Document
from rag.listing import Listing
from rag.model import Draft, ScoredPassage, ScoredSentence, Understood
from rag.passages import Passage
from rag.placeless import DEPENDS, PlacelessTable
from rag.rank import Ranker, Ranking
from rag.select import choose, nearest
from rag.tables import MAX_LISTED, facts_table, list_table
from rag.terms import DIGEST
from rag.verdict import verdict

_TABLE_DOCUMENTS = 3
_NEIGHBOURS = 3
_NOTES = 36
"""Words kept for what stood otherwise on the day that is asked about: some six a sentence."""
_LEAD = 40
"""Words kept for what a list is of."""
_OF_EACH_TERM = 2
"""Sentences on each of several terms."""


def answer_with(
    ranker: Ranker,
    ranking: Ranking,
    subjects: list[Ranking],
    as_of: str | None = None,
    listing: Listing | None = None,
) -> Draft:
    """Return a draft of the best sentences, with the penalties of the laws and cases they come from where asked.

    With a listing, its documents stand in a table beside the sentences.
    """
    chosen = choose(ranker, ranking, subjects, (_NOTES if as_of else 0) + (_LEAD if listing else 0))
    if listing:
        table, owners = list_table(listing)
        passages = tuple(_stands_for(ranker, owner, chosen) for owner in owners)
        return Draft("answered", lead=_counted(listing), chosen=chosen, table=table, owners=passages)
    understood = ranking.understood
    lead = verdict(
        ranker.index.catalogue, understood, _owners(chosen), chosen[0].sentence.text if chosen else "", as_of
    )
    if subjects and not understood.comparison:
        understood = understood.model_copy(update={"comparison": True})
    if understood.intent != "penalty" and not understood.comparison:
        return Draft("answered", lead=lead, chosen=chosen)
    documents = _owners(chosen)
    made = facts_table(documents[: max(_TABLE_DOCUMENTS, len(subjects))], understood)
    if not made:
        return Draft("answered", lead=lead, chosen=chosen)
    table, owners = made
    passages = tuple(_stands_for(ranker, owner, chosen) for owner in owners)
    return Draft("answered", lead=lead, chosen=chosen, table=table, owners=passages)


def placeless(ranker: Ranker, found: PlacelessTable) -> Draft:
    """Return a draft for a plain question of legality without a place: what it depends on, and some countries' law."""
    passages = tuple(_stands_for(ranker, document.id, ()) for document in found.documents)
    return Draft("answered", lead=DEPENDS, table=found.table, owners=passages)


def explain(ranker: Ranker, ranking: Ranking, terms: tuple[str, ...]) -> Draft:
    """Return a draft of what the digest of terms says under the headings `terms`."""
    rows = [
        [row for row in ranker.rows_of([DIGEST]) if ranker.passage(row).passage.heading == heading] for heading in terms
    ]
    kept = rows if len(terms) == 1 else [one[:_OF_EACH_TERM] for one in rows]
    return Draft("answered", chosen=tuple(ranker.found(row, ranking) for one in kept for row in one))


def _counted(listing: Listing) -> str:
    """Say how many documents of the corpus fit which criteria, and of how many jurisdictions."""
    count, places = len(listing.documents), len({document.jurisdiction for document in listing.documents})
    by = f" ({'; '.join(listing.criteria)})" if listing.criteria else ""
    shown = f"; the first {MAX_LISTED} by jurisdiction are shown" if count > MAX_LISTED else ""
    where = f"{places} jurisdictions" if places > 1 else "one jurisdiction"
    return f"In the corpus {count} {listing.noun} of {where} fit{by}{shown}; what is not listed may exist all the same."


def abstain(understood: Understood, found: list[ScoredPassage], held: Collection[str]) -> Draft:
    """Return a draft that says what was searched and not found, and names the nearest documents.

    `held` are the codes of the jurisdictions that the corpus has documents of.
    """
    return Draft("abstained", lead=_searched(understood, held), nearest=nearest(found))


def neighbours(understood: Understood, held: Collection[str]) -> tuple[str, ...]:
    """Return the jurisdictions that the corpus has, next to those asked about that it does not have."""
    near: list[str] = []
    for code in understood.jurisdictions:
        if code in gazetteer() and code not in held:
            near += [code.split("-")[0], *gazetteer()[code].neighbours]
    return tuple(code for code in dict.fromkeys(near) if code in held)[:_NEIGHBOURS]


def _searched(understood: Understood, held: Collection[str]) -> str:
    places = [code for code in understood.jurisdictions if code in gazetteer()]
    absent = [code for code in places if code not in held]
    if absent:
        near = ", ".join(name_of(code) for code in neighbours(understood, held))
        return f"The corpus has nothing on {_listed(absent)}{near and f'; nearest: {near}'}. The nearest documents:"
    if places:
        return f"The corpus does not answer this question, searched for: {_listed(places)}. The nearest documents:"
    return "The corpus does not answer this question. The nearest documents are listed below."


def _listed(codes: Iterable[str]) -> str:
    return "; ".join(name_of(code) for code in codes)


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
