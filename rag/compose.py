"""Turn a draft into the answer that a person or a program gets: numbered citations, sources, Markdown."""

from collections.abc import Iterable

from corpus.jurisdictions import name_of
from corpus.model import Document
from rag.index import Index
from rag.model import Answer, AnswerSentence, AnswerSource, Draft, Question, ScoredSentence, Understood
from rag.passages import Passage


def compose(question: Question, understood: Understood, draft: Draft, index: Index) -> Answer:
    """Number the passages in the order in which they are first cited and write the text."""
    numbers: dict[str, int] = {}
    for found in draft.chosen:
        numbers.setdefault(found.passage.id, len(numbers) + 1)
    for near in draft.nearest:
        numbers.setdefault(near.passage.id, len(numbers) + 1)
    sentences = tuple(
        AnswerSentence(text=found.sentence.text, citations=(numbers[found.passage.id],)) for found in draft.chosen
    )
    found_passages = [*(found.passage for found in draft.chosen), *(found.passage for found in draft.nearest)]
    cited = {passage.id: passage for passage in found_passages}
    sources = tuple(
        _source(number, cited[passage_id], index.document(cited[passage_id]), draft.chosen)
        for passage_id, number in numbers.items()
    )
    return Answer(
        question=question.question,
        outcome=draft.outcome,
        text=write(draft.lead, sentences, sources if draft.outcome == "abstained" else ()),
        sentences=sentences,
        sources=sources,
        table=draft.table,
        understood=understood,
    )


def write(lead: str, sentences: Iterable[AnswerSentence], nearest: Iterable[AnswerSource] = ()) -> str:
    """Return the answer's Markdown: the lead, the sentences with `[n]` markers, and the nearest documents, if any."""
    body = " ".join(sentence.text + "".join(f" [{number}]" for number in sentence.citations) for sentence in sentences)
    listed = [f"- {source.title} ({source.citation}) [{source.number}]" for source in nearest]
    return "\n\n".join(part for part in (lead, body, "\n".join(listed)) if part)


def _source(number: int, passage: Passage, document: Document, chosen: Iterable[ScoredSentence]) -> AnswerSource:
    marked = [found.sentence for found in chosen if found.passage.id == passage.id]
    relevant = marked or passage.sentences
    ids = list(dict.fromkeys(name for sentence in relevant for name in sentence.sources))
    pages = [document.source_by_id[name] for name in ids if name in document.source_by_id]
    return AnswerSource(
        number=number,
        document=document.id,
        pinpoint=passage.pinpoint,
        title=document.title,
        citation=document.citation,
        jurisdiction=document.jurisdiction,
        jurisdiction_name=name_of(document.jurisdiction),
        kind=document.kind,
        status=document.status,
        as_of=document.as_of,
        passage=passage.text,
        marks=tuple(sorted(passage.mark(sentence) for sentence in marked)),
        urls=tuple(dict.fromkeys(page.url for page in pages)),
        seen=any(page.seen for page in pages),
    )
