"""What a tab of the desk shows: filters with counts, a table whose cells open documents, and the view to export."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.catalogue import Catalogue
from corpus.query import FacetValue
from ui.export import View
from ui.web.params import Params
from ui.web.render import status_tone, status_words
from ui.web.wording import words_of


@dataclass(frozen=True)
class Option:
    """One value of a filter, in words, with how many rows it would give; None where that is not counted."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class Box:
    """A filter of which several values can be chosen."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> int:
        """How many values are chosen."""
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True)
class Field:
    """A filter that is typed, or with `options` chosen from a list of value and words."""

    name: str
    label: str
    value: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Column:
    """A column; `sort` is the key that the query sorts it by, "" where it can't."""

    label: str
    sort: str = ""
    width: str = ""
    """`title` for the name that opens a document, `prose` for sentences, `status`, `date`, "" for a word."""


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and the document that it opens."""

    text: str
    document: str = ""
    fine: str = ""
    tone: str = ""
    """Colour group of a status; "silent" where the corpus says nothing; "" for plain text."""
    links: tuple[tuple[str, str], ...] = ()
    """In place of `text`, several documents with the words that open them."""


@dataclass(frozen=True)
class Shown:
    """One tab, filled."""

    view: View
    boxes: tuple[Box, ...]
    fields: tuple[Field, ...]
    columns: tuple[Column, ...] = ()
    lines: tuple[tuple[Cell, ...], ...] = ()
    sort: str = ""
    """The key by which the rows are sorted, "-" before it for the reverse."""
    message: str = ""
    """What to loosen where nothing is found."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What the tab's own template shows above or in place of the table."""


def boxes(
    catalogue: Catalogue, facets: Mapping[str, Iterable[FacetValue]], labels: Mapping[str, str], params: Params
) -> tuple[Box, ...]:
    """Return the filters of a result: each facet's values with their counts; a chosen one stays though it counts 0."""
    made = []
    for name, label in labels.items():
        chosen = params.many(name)
        counted = {value.value: value.count for value in facets[name] if value.value}
        values = [*counted, *(value for value in chosen if value not in counted)]
        made.append(
            Box(
                name,
                label,
                tuple(
                    Option(value, words_of(name, value, catalogue), counted.get(value, 0), value in chosen)
                    for value in values
                ),
            )
        )
    return tuple(made)


def plain_box(catalogue: Catalogue, name: str, label: str, values: Iterable[str], params: Params) -> Box:
    """Return a filter whose values have no counts."""
    chosen = params.many(name)
    options = (Option(value, words_of(name, value, catalogue), None, value in chosen) for value in values)
    return Box(name, label, tuple(options))


def surely(params: Params) -> Field:
    """Return the choice whether what is not certain for the day asked is left out."""
    options = (("", "All that may have stood"), ("yes", "Only what surely stood so"))
    return Field("certain", "Certainty on that day", params.one("certain") or "", "", options)


def typed(params: Params, *wanted: tuple[str, str, str]) -> tuple[Field, ...]:
    """Return the typed filters of (name, label, hint) with what is in them."""
    return tuple(Field(name, label, params.one(name) or "", hint) for name, label, hint in wanted)


def status_cell(status: str, note: str = "") -> Cell:
    """Return a status in words and colour, with its note."""
    return Cell(status_words(status), fine=note, tone=status_tone(status))
