"""An answer as any system gives it: DESIGN's "the answer, as data", with all but the text optional."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.errors import SystemFailedError
from eval.text import fold, table_rows, without_tables, words

Outcome = Literal["answered", "abstained", "refused", "support", "greeting"]


class _Lenient(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Sentence(_Lenient):
    """One sentence of an answer and the numbers of the sources that it cites."""

    text: str
    citations: tuple[int, ...] = ()


class Source(_Lenient):
    """A cited passage of a document."""

    number: int
    document: str = ""
    passage: str = ""
    title: str = ""
    pinpoint: str = ""


class Table(_Lenient):
    """An answer in rows; `citations` names the sources of each row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    citations: tuple[tuple[int, ...], ...] = ()


class Help(_Lenient):
    """A service that helps, and how to reach it."""

    service: str = ""
    for_whom: str = ""
    contact: str = ""
    url: str = ""


class Refusal(_Lenient):
    """Why a request was declined."""

    category: str = ""
    rule: str = ""


class Answer(_Lenient):
    """What a user of the system sees."""

    text: str
    outcome: Outcome = "answered"
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    table: Table | None = None
    help: tuple[Help, ...] = ()
    refusal: Refusal | None = None
    confidence: float | None = None
    """The system's own estimate that it can answer, from 0 to 1, where it gives one."""

    @classmethod
    def parse(cls, value: Any) -> "Answer":
        """Read what a system returned.

        Raises:
            SystemFailedError: it is no answer; the message names the field.
        """
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise SystemFailedError(f"The system returned no answer: {place or 'it'}: {first['msg']}.") from None

    @property
    def table_is_in_text(self) -> bool:
        """Whether the text already shows the table."""
        return bool(table_rows(self.text))

    @property
    def has_table(self) -> bool:
        """Whether the answer is, or holds, a table."""
        return self.table is not None or self.table_is_in_text

    @property
    def seen(self) -> str:
        """All that a reader sees of the facts, folded: the text, the table's cells, and the help services."""
        parts = [self.text]
        if self.table and not self.table_is_in_text:
            parts += [" | ".join(row) for row in (self.table.columns, *self.table.rows)]
        parts += [" ".join((entry.service, entry.for_whom, entry.contact, entry.url)) for entry in self.help]
        return fold("\n".join(parts))

    @property
    def words(self) -> int:
        """Words of the text and of a table that stands beside it; the help services do not count."""
        return words(self.text) + sum(words(cell) for row in self._table_beside() for cell in row)

    @property
    def prose_words(self) -> int:
        """Words outside tables."""
        return words(without_tables(self.text))

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents of the sources, in their order, each once."""
        return tuple(dict.fromkeys(source.document for source in self.sources if source.document))

    def _table_beside(self) -> Iterator[tuple[str, ...]]:
        if self.table and not self.table_is_in_text:
            yield self.table.columns
            yield from self.table.rows
