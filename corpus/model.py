"""The nouns of the corpus: a document, and what it is made of. All are immutable."""

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from corpus.vocabulary import (
    LAW_KINDS,
    Conduct,
    DateKey,
    Kind,
    Outcome,
    Protects,
    Status,
    Synthetic,
    statuses_of,
)

_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def partial_date(value: str) -> str:
    """Check that `value` is YYYY, YYYY-MM or YYYY-MM-DD and a day that exists; return it unchanged.

    Raises:
        ValueError: it is not, with what was expected.
    """
    if not _PARTIAL_DATE.fullmatch(value):
        raise ValueError("expected YYYY, YYYY-MM or YYYY-MM-DD")
    first_day(value)
    return value


def first_day(value: str) -> date:
    """Return the first day that a partial date may mean ("2025-02" gives 1 February 2025)."""
    year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def _none_if_empty(value: Any) -> Any:
    return None if value in ("", "null", "~") else value


PartialDate = Annotated[str, AfterValidator(partial_date)]
Text = Annotated[str, Field(min_length=1)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Optional = BeforeValidator(_none_if_empty)  # front matter writes "fine: null" where there is none


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """Where facts of a document come from: one page, at one address."""

    id: Annotated[str, Field(pattern=r"^[\w-]+$")]
    title: Text
    publisher: Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    date: PartialDate | None = None
    official: bool
    """It is the law's or the court's own publisher."""
    seen: bool = True
    """False where the page itself was not read when the digest was written."""


class Penalty(_Frozen):
    """One penalty range of a law. Terms are in years."""

    conduct: tuple[Conduct, ...]
    prison_years_min: Annotated[Amount | None, Optional] = None
    prison_years_max: Annotated[Amount | None, Optional] = None
    life: bool = False
    fine: Annotated[str | None, Optional] = None
    note: Annotated[str | None, Optional] = None


class SentenceImposed(_Frozen):
    """The punishment that a court imposed."""

    prison_months: Annotated[Amount | None, Optional] = None
    suspended: Annotated[bool | None, Optional] = None
    fine: Annotated[str | None, Optional] = None
    other: Annotated[str | None, Optional] = None


class Sentence(_Frozen):
    """One sentence of a digest: `document.text[start:end]`, and what it rests on."""

    text: str
    start: int
    end: int
    paragraph: int
    """Number of its paragraph within the document, from 0."""
    sources: tuple[str, ...]
    """Ids of the sources that its paragraph cites."""


class Section(_Frozen):
    """One second-level heading of a digest and the sentences below it."""

    heading: str
    pinpoint: str
    """What a citation to this place would give, for example "§ 2252A(b)(2)" or "Holding"."""
    start: int
    end: int
    sentences: tuple[Sentence, ...]


class Document(_Frozen):
    """One digest: a law, bill, treaty, decision, report, policy or help service."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: Kind
    title: Text
    title_original: Annotated[str | None, Optional] = None
    citation: Text
    aliases: tuple[str, ...] = ()
    jurisdiction: Annotated[str, Field(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|INT)$")]
    status: Status
    dates: dict[DateKey, PartialDate]
    as_of: PartialDate
    protects: Protects
    synthetic: Synthetic
    conduct: Annotated[tuple[Conduct, ...], Field(min_length=1)]
    penalties: tuple[Penalty, ...] = ()
    court: Annotated[str | None, Optional] = None
    parties: Annotated[str | None, Optional] = None
    outcome: Outcome | None = None
    sentence: Annotated[SentenceImposed | None, Optional] = None
    applies: tuple[str, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    related: tuple[str, ...] = ()

    folder: str
    text: str
    """The whole file; every offset counts characters of it."""
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    sections: tuple[Section, ...]

    @field_validator("status")
    @classmethod
    def _status_fits_kind(cls, status: str, info: ValidationInfo) -> str:
        kind = info.data.get("kind")
        if kind and status not in statuses_of(kind):
            raise ValueError(f"a {kind} is one of {', '.join(sorted(statuses_of(kind)))}")
        return status

    @cached_property
    def country(self) -> str:
        """The jurisdiction's country: "US" for "US-CA"."""
        return self.jurisdiction.split("-")[0]

    @cached_property
    def is_law(self) -> bool:
        """Whether this is a statute, regulation, bill or treaty."""
        return self.kind in LAW_KINDS

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """The sources by their id within the document."""
        return {source.id: source for source in self.sources}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All that the document is called: citation, title, title in the original, aliases."""
        original = (self.title_original,) if self.title_original else ()
        return (self.citation, self.title, *original, *self.aliases)
