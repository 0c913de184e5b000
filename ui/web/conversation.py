"""A conversation as a file: every answer with its sources, in the formats of `ui.export`."""

import base64
import json
import time
from collections.abc import Sequence
from dataclasses import replace

from corpus.catalogue import Catalogue
from rag.model import Answer
from ui.export import Memo, View, memo_of, render, to_docx, to_json, view_of_answer
from ui.export.memo import Section, to_markdown
from ui.web.desk import MEDIA
from ui.web.render import fill


def conversation_file(catalogue: Catalogue, turns: Sequence[Answer], form: str) -> bytes:
    """Return the conversation in a format of `FORMATS`, text as UTF-8; a single answer as `ui.export` gives it.

    Raises:
        UnknownValueError: there is no such format.
    """
    views = [view_of_answer(catalogue, answer) for answer in turns]
    if len(views) == 1:
        return _marked(render(views[0], form), form)
    if form == "json":
        answers = [json.loads(to_json(view)) for view in views]
        return json.dumps(answers, ensure_ascii=False, indent=2).encode("utf-8")
    if form in ("md", "docx"):
        memo = _memo(views)
        return to_docx(memo) if form == "docx" else to_markdown(memo).encode("utf-8")
    return _marked(render(_joined(views), form), form)


def download(catalogue: Catalogue, turns: Sequence[Answer], form: str) -> str:
    """Return a link that holds the file itself, so that nothing of the conversation is written on the server."""
    content = base64.b64encode(conversation_file(catalogue, turns, form)).decode("ascii")
    return fill(
        "download.html",
        href=f"data:{MEDIA[form].replace(' ', '')};base64,{content}",
        name=f"pincite-conversation.{form}",
        made=time.monotonic_ns(),  # the same file asked for again is a new link
    )


def _marked(made: bytes, form: str) -> bytes:
    return b"\xef\xbb\xbf" + made if form == "csv" else made


def _joined(views: Sequence[View]) -> View:
    """The sources of all answers, each row with its question."""
    rows = [(view.title, source) for view in views if view.answer for source in view.answer.sources]
    columns = ("question", "number", "citation", "pinpoint", "title", "jurisdiction", "status", "as of", "document")
    documents = {document.id: document for view in views for document in view.documents}
    return replace(
        views[0],
        title="Conversation",
        columns=columns,
        rows=tuple(
            (
                question,
                str(source.number),
                source.citation,
                source.pinpoint,
                source.title,
                source.jurisdiction_name,
                source.status,
                source.as_of,
                source.document,
            )
            for question, source in rows
        ),
        records=tuple({"question": question, **source.model_dump(mode="json")} for question, source in rows),
        documents=tuple(documents.values()),
        notes=tuple(dict.fromkeys(note for view in views for note in view.notes)),
        answer=None,
    )


def _memo(views: Sequence[View]) -> Memo:
    """One memo: a section for each question, then the background, caveats and sources of all."""
    memos = [memo_of(view) for view in views]
    asked = [
        Section(f"{number}. {memo.title}", (*memo.sections[0].blocks, *memo.sections[2].blocks))
        for number, memo in enumerate(memos, 1)
    ]
    every = memo_of(_joined(views)).sections
    return Memo("Conversation", memos[0].stamp, (*asked, every[1], every[3], every[4]))
