"""HTML of the page: every word of a question, an answer or a digest is escaped by the templates in `templates/`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from corpus.errors import PinciteError
from corpus.jurisdictions import name_of
from corpus.model import first_day
from rag.model import Answer, AnswerSource, Table
from ui.web.help import Country, linked

EXIT_URL = "https://www.bbc.co.uk/weather"
"""Where "Exit this page" leads: a page that nobody asks about."""

# A status in words, and its tone: "good" green, "wait" amber, "gone" red, "plain" grey.
_STATUS = {
    "in-force": ("In force", "good"),
    "enacted": ("Enacted, start not confirmed", "wait"),
    "not-yet-in-force": ("Not yet in force", "wait"),
    "pending": ("Pending", "wait"),
    "lapsed": ("Lapsed", "gone"),
    "repealed": ("Repealed", "gone"),
    "struck-down": ("Struck down", "gone"),
    "final": ("Final", "plain"),
    "decided": ("Decided, may not be final", "plain"),
    "on-appeal": ("On appeal", "wait"),
    "overturned": ("Overturned", "gone"),
    "published": ("Published", "plain"),
    "superseded": ("Superseded", "gone"),
    "earlier-text": ("Earlier text", "plain"),
}
_KIND = {"platform-policy": "Platform policy", "resource": "Help service", "bill": "Bill, not law"}
_LONG = 40
"""Characters of a cell from which on it is read as prose."""

_MARKER = re.compile(r"\s*\[\d{1,2}\]")  # two digits at most: "[2024] UKSC 1" is a citation


@dataclass(frozen=True)
class Piece:
    """A run of an answer's text: words of Pincite's own, or a sentence with the numbers of its sources."""

    text: str
    citations: tuple[int, ...] = ()
    status: str = ""
    """Of the law or decision that the sentence speaks of, where that is not simply valid."""
    note: str = ""
    """What is said behind the sentence: its status, the day of its document, a source that was not re-read."""


@dataclass(frozen=True)
class Block:
    """A paragraph of an answer, or one item of a list."""

    pieces: tuple[Piece, ...]
    item: bool = False

    @property
    def own(self) -> bool:
        """Whether it holds words of Pincite's own only."""
        return not any(piece.citations for piece in self.pieces)


def masthead(countries: Iterable[Country]) -> str:
    """Return the header line and the help panel behind its button."""
    return fill("masthead.html", countries=tuple(countries), exit_url=EXIT_URL)


def footer(version: str, as_of: str) -> str:
    """Return the footer line."""
    return fill("footer.html", version=version, as_of=as_of)


def head(style: str, script: str) -> str:
    """Return what goes into the document's head; both texts are Pincite's own."""
    return fill("head.html", style=Markup(style), script=Markup(script))


def conversation(turns: Sequence[Answer], pending: str = "") -> str:
    """Return the conversation, oldest question first; `pending` is a question that is being answered."""
    return fill("conversation.html", turns=turns, pending=pending)


def sources(turns: Sequence[Answer]) -> str:
    """Return the source cards of all answers; the last answer's are shown, the others wait for a press."""
    return fill("sources.html", turns=turns)


def note(error: PinciteError) -> str:
    """Return a calm note that says what is wrong and what to do."""
    return fill("note.html", message=_sentence(error.message), hint=_sentence(error.hint))


def blocks(answer: Answer) -> list[Block]:
    """Cut an answer's Markdown into paragraphs and list items, and tie each sentence to its citations.

    The sentences are found in the text in their order; `[n]` between them is their markers, other words between
    them are Pincite's own. A sentence that the text lacks gets a paragraph of its own, so that nothing cited is lost.
    """
    text = answer.prose
    lines: list[list[Piece]] = [[]]
    position = 0
    note = ""
    for sentence in answer.sentences:
        start = text.find(sentence.text, position)
        if start < 0:
            lines.append([])
        else:
            _add_words(lines, text[position:start], note)
            position = start + len(sentence.text)
        note = sentence.note
        lines[-1].append(Piece(sentence.text, sentence.citations, sentence.status, _capital(note)))
    _add_words(lines, text[position:], note)
    return [block for line in lines if (block := _block(line)).pieces]


def _capital(note: str) -> str:
    words = note.strip("()")
    return words[:1].upper() + words[1:]


def _add_words(lines: list[list[Piece]], between: str, note: str) -> None:
    """Add words between sentences, without the bracket that repeats the status which the sentence before carries."""
    if note:
        between = between.replace(note, "", 1)
    for number, words in enumerate(_MARKER.sub("", between).split("\n")):
        if number:
            lines.append([])
        if words.strip():
            lines[-1].append(Piece(words.strip()))


def _block(line: list[Piece]) -> Block:
    if not line or line[0].citations:
        return Block(tuple(line))
    words = line[0].text.lstrip("#").replace("**", "").strip()
    item = words.startswith("- ") or words == "-"
    first = Piece(words[1:].strip() if item else words)
    return Block((*([first] if first.text else []), *line[1:]), item)


def numbered(answer: Answer) -> list[tuple[int, AnswerSource]]:
    """Return the sources with their numbers, for templates to look up."""
    return [(source.number, source) for source in answer.sources]


def prose_columns(table: Table) -> frozenset[int]:
    """Return the places of the columns that hold sentences rather than words, which need more room."""
    places = range(len(table.columns))
    return frozenset(place for place in places if any(len(row[place]) > _LONG for row in table.rows))


def marked(passage: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """Return a passage with its cited sentences in `<mark>`; marks out of bounds are cut, overlapping ones joined."""
    pieces: list[Markup] = []
    end = 0
    for start, stop in sorted(marks):
        start, stop = max(start, end), min(stop, len(passage))
        if start < stop:
            pieces += [escape(passage[end:start]), Markup("<mark>{}</mark>").format(passage[start:stop])]
            end = stop
    return Markup("").join((*pieces, escape(passage[end:])))


def status_words(status: str) -> str:
    """Return a status, also one on a day, as it is shown: "In force", "Pending on 2025-03"."""
    name, on, day = status.partition(" on ")
    return f"{_STATUS.get(name, (name, 'plain'))[0]}{on}{day}"


def status_tone(status: str) -> str:
    """Return the colour group of a status: good, wait, gone or plain."""
    name = status.partition(" on ")[0]
    return _STATUS.get(name, (name, "plain"))[1]


def kind_words(kind: str) -> str:
    """Return a kind as it is shown: "Statute"."""
    return _KIND.get(kind, kind.replace("-", " ").capitalize())


def long_date(value: str) -> str:
    """Return a partial date in words: "2025-06" gives "June 2025"; anything else comes back as it is."""
    try:
        day = first_day(value)
    except ValueError:
        return value
    return (f"{day:%Y}", f"{day:%B %Y}", f"{day.day} {day:%B %Y}")[value.count("-")]


def web_link(url: str) -> str:
    """Return the address if it leads to the web, else ""."""
    return url if urlsplit(url).scheme in {"http", "https"} else ""


def short_link(url: str) -> str:
    """Return an address as it is shown: without its scheme; the page cuts it where it is long."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def head_words(text: str) -> str:
    """Return what stands before the first bracket, as a sentence begins: "Offence, 5 years to life"."""
    head = text.split(" (", 1)[0].rstrip(" ,;")
    return f"{head[:1].upper()}{head[1:]}"


def tail_words(text: str) -> str:
    """Return the whole text where its head leaves something out, else ""."""
    return text if " (" in text else ""


def _sentence(text: str) -> str:
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.?!' else '.'}" if text else ""


def fill(template: str, **values: object) -> str:
    """Return a template of `templates/` with the values escaped into it."""
    return _templates().get_template(template).render(values)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("ui.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        blocks=blocks,
        head_words=head_words,
        kind_words=kind_words,
        linked=linked,
        long_date=long_date,
        place=name_of,
        prose_columns=prose_columns,
        short_link=short_link,
        status_tone=status_tone,
        status_words=status_words,
        tail_words=tail_words,
        web_link=web_link,
    )
    environment.globals.update(marked=marked, numbered=numbered)
    return environment
