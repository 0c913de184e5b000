"""Turn a draft into the answer that a person or a program gets: numbered citations, sources, Markdown."""

from collections.abc import Iterable

from corpus.jurisdictions import name_of
from corpus.model import Document, Sentence
from corpus.query.dates import parse_span
from corpus.query.standing import EARLIER_TEXT, standing_of
from rag.disagree import disagreeing
from rag.index import Index
from rag.model import Answer, AnswerSentence, AnswerSource, Draft, Question, ScoredSentence, Table, Understood
from rag.passages import Passage

DOUBTFUL = frozenset(
    "pending not-yet-in-force enacted lapsed repealed struck-down on-appeal overturned superseded".split()  # noqa: SIM905
)
"""Statuses that are said in the same line: what has them must not be read as law or as a final decision."""


def compose(question: Question, understood: Understood, draft: Draft, index: Index) -> Answer:
    """Number the passages in the order in which they are first cited and write the text."""
    cited: dict[str, Passage] = {}
    for passage in (
        *(found.passage for found in draft.chosen),
        *(found.passage for found in draft.owners),
        *(found.passage for found in draft.nearest),
    ):
        cited.setdefault(passage.id, passage)
    numbers = {passage_id: number for number, passage_id in enumerate(cited, 1)}
    contradicted = disagreeing(draft.chosen)
    sentences = tuple(
        AnswerSentence(
            text=found.sentence.text,
            citations=(numbers[found.passage.id],),
            status=(status := _doubt(found.document, question.as_of)),
            about=_about(found.document) if status else "",
            as_of=found.document.as_of if place in contradicted else "",
            seen=was_seen(found.document, found.sentence),
        )
        for place, found in enumerate(draft.chosen)
    )
    sources = tuple(
        _source(numbers[passage_id], passage, index.document(passage), draft.chosen)
        for passage_id, passage in cited.items()
    )
    table = draft.table and draft.table.model_copy(
        update={"citations": tuple((numbers[found.passage.id],) for found in draft.owners)}
    )
    return Answer(
        question=question.question,
        outcome=draft.outcome,
        text=write(draft.lead, sentences, table, sources if draft.outcome == "abstained" else ()),
        sentences=sentences,
        sources=sources,
        table=table,
        help=draft.help,
        understood=understood,
    )


def _doubt(document: Document, as_of: str | None) -> str:
    """Return what must be said of a law's or decision's standing, today or on the day asked about."""
    if as_of is None:
        return document.status if document.status in DOUBTFUL else ""
    standing = standing_of(document, parse_span("as-of date", as_of))
    if standing is None or standing.status not in {*DOUBTFUL, EARLIER_TEXT}:
        return ""
    return f"{standing.status} on {as_of}"


def _about(document: Document) -> str:
    """Return what has the status, so that nobody takes it for that of another thing which the sentence names."""
    if document.kind == "case":
        return "case" if document.status == "pending" else "decision"
    return {"bill": "bill", "treaty": "treaty"}.get(document.kind, "law" if document.is_law else document.kind)


def was_seen(document: Document, sentence: Sentence) -> bool:
    """Whether any of the pages behind a sentence was read when the digest was written."""
    pages = [document.source_by_id[name] for name in sentence.sources if name in document.source_by_id]
    return not pages or any(page.seen for page in pages)


def write(
    lead: str,
    sentences: Iterable[AnswerSentence],
    table: Table | None = None,
    nearest: Iterable[AnswerSource] = (),
) -> str:
    """Return the answer's Markdown: the lead, the sentences with `[n]` markers, the table, the nearest documents."""
    body = " ".join(_cited(sentence) for sentence in sentences)
    listed = [f"- {source.title} ({source.citation}) [{source.number}]" for source in nearest]
    return "\n\n".join(part for part in (lead, body, _markdown(table) if table else "", "\n".join(listed)) if part)


def _cited(sentence: AnswerSentence) -> str:
    markers = "".join(f" [{number}]" for number in sentence.citations)
    return f"{sentence.text}{markers}{f' {sentence.note}' if sentence.note else ''}"


def _markdown(table: Table) -> str:
    """Return a table in Markdown, with the row's sources in a last column and empty columns left out."""
    kept = [place for place in range(len(table.columns)) if any(row[place] for row in table.rows)]
    lines = ["| " + " | ".join([*(table.columns[place] for place in kept), "Source"]) + " |"]
    lines.append("| " + " | ".join(["---"] * (len(kept) + 1)) + " |")
    for row, numbers in zip(table.rows, table.citations, strict=True):
        cells = [row[place].replace("|", "\\|") for place in kept]
        lines.append("| " + " | ".join([*cells, "".join(f"[{number}]" for number in numbers)]) + " |")
    return "\n".join(lines)


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
