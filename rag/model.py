"""The nouns of a question's way: `Question`, `Evidence`, `Draft` and `Answer`. All are immutable."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from corpus.model import Document, PartialDate, Sentence
from rag.errors import BadQuestionError
from rag.passages import Passage

Outcome = Literal["answered", "abstained", "refused", "support", "greeting"]

MAX_QUESTION = 4_000
"""Characters of a question that are read; a longer one is declined, never cut in silence."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _as_tuple(value: Any) -> Any:
    return () if value is None else (value,) if isinstance(value, str) else value


class Question(_Frozen):
    """What a person asks, and what they asked before."""

    question: str
    history: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = ()
    """Earlier questions of the conversation, oldest first."""
    jurisdictions: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = ()
    """Codes of the jurisdictions that the answer must come from; empty: all."""
    as_of: PartialDate | None = None
    """The day whose law is asked for; None: the newest that the corpus knows."""

    @field_validator("question")
    @classmethod
    def _has_words(cls, text: str) -> str:
        text = "".join(char if char.isprintable() or char in "\u200c\u200d" else " " for char in text)
        text = " ".join(text.split())
        if not text:
            raise ValueError("the question is empty; type what you want to know")
        if len(text) > MAX_QUESTION:
            raise ValueError(f"the question has {len(text):,} characters; shorten it to {MAX_QUESTION:,}")
        return text

    @classmethod
    def parse(cls, value: "Question | str | dict[str, Any]") -> "Question":
        """Make a question of what a caller gives: the text, or an object of `{question, history?, …}`.

        Raises:
            BadQuestionError: it is empty, too long, or has a field that does not exist or fit.
        """
        if isinstance(value, Question):
            return value
        try:
            return cls.model_validate({"question": value} if isinstance(value, str) else value)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            message = first["msg"].removeprefix("Value error, ")
            raise BadQuestionError(message if place == "question" else f"{place}: {message}") from None


class Understood(_Frozen):
    """What was read from the question."""

    question: str
    """The question as it was searched, completed from the earlier ones where it leans on them."""
    jurisdictions: tuple[str, ...] = ()
    conduct: tuple[str, ...] = ()
    intent: str = "fact"
    """The answer wanted: penalty, status, date, number, definition, who, precedent, list, help, yes-no or fact."""
    comparison: bool = False
    dates: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Ids of the documents that the question names."""
    protects: tuple[str, ...] = ()
    last: str = ""
    """The newest question alone, where it was completed from earlier ones."""


def said_of(status: str) -> str:
    """Return a status as it stands in an answer; an enacted law is not one that is in force."""
    named = {"enacted": "enacted, not confirmed to be in force", "earlier-text": "with an earlier text"}
    return named.get(status, status.replace("-", " "))


class AnswerSentence(_Frozen):
    """One sentence of an answer and the numbers of the sources that carry it."""

    text: str
    citations: tuple[int, ...] = ()
    status: str = ""
    """The status of the law or decision that its document is on, where that is not simply valid: "pending", "repealed",
    …; with an as-of day the status on it: "not-yet-in-force on 2025-03"."""
    about: str = ""
    """What has the status, in a word: bill, law, treaty, decision, case."""
    as_of: str = ""
    """When its document was last confirmed, where another cited document says otherwise."""
    seen: bool = True
    """False where none of the pages behind it was read when the digest was written."""

    @property
    def note(self) -> str:
        """What stands behind the sentence in the text: "(bill pending)", "(as of 2025-03)"."""
        status, on, day = self.status.partition(" on ")
        said = [f"{self.about} {said_of(status)}{on}{day}".strip()] if status else []
        said += [f"as of {self.as_of}"] if self.as_of else []
        said += [] if self.seen else ["source not re-read"]
        return f"({', '.join(said)})" if said else ""


class AnswerSource(_Frozen):
    """One cited passage, with all that a reader needs to trust or check it."""

    number: int
    document: str
    pinpoint: str
    title: str
    citation: str
    jurisdiction: str
    jurisdiction_name: str
    kind: str
    status: str
    as_of: str
    passage: str
    marks: tuple[tuple[int, int], ...] = ()
    """Offsets (start, end) of the cited sentences within `passage`."""
    urls: tuple[str, ...] = ()
    seen: bool = True
    """False where none of the pages behind the passage was read when the digest was written."""


class Table(_Frozen):
    """An answer in rows; each row names the sources of its cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    citations: tuple[tuple[int, ...], ...] = ()
    """For each row, the numbers of its sources."""


class HelpService(_Frozen):
    """A service that helps: whom, how to reach it, and the digest that says so."""

    service: str
    for_whom: str
    contact: str
    url: str
    document: str


class RefusalNote(_Frozen):
    """Why a request was declined, in whole or in part."""

    category: str
    reason: str
    rule: str


class Answer(_Frozen):
    """The answer, as every interface returns it (`DESIGN` calls it "the answer, as data")."""

    question: str
    outcome: Outcome
    text: str
    sentences: tuple[AnswerSentence, ...] = ()
    sources: tuple[AnswerSource, ...] = ()
    table: Table | None = None
    help: tuple[HelpService, ...] = ()
    refusal: RefusalNote | None = None
    """Also where the lawful half of a mixed request is taken up."""
    understood: Understood
    confidence: float | None = None
    """The probability that the corpus answers the question, 0 to 1; None where that was not asked."""
    timing_ms: dict[str, float] = Field(default_factory=dict)

    @property
    def prose(self) -> str:
        """The text without the Markdown of its table, for a screen that shows the table itself."""
        if self.table is None:
            return self.text
        return "\n".join(line for line in self.text.split("\n") if not line.startswith("|")).rstrip()


@dataclass(frozen=True)
class ScoredPassage:
    """A passage that retrieval found, with its fused score and the two that it was fused from."""

    passage: Passage
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence considered for the answer."""

    document: Document
    passage: Passage
    sentence: Sentence
    score: float
    similarity: float
    """Cosine between the question and the sentence."""


@dataclass(frozen=True)
class Evidence:
    """What retrieval found for a question, best first."""

    passages: tuple[ScoredPassage, ...]
    sentences: tuple[ScoredSentence, ...]


@dataclass(frozen=True)
class Draft:
    """An answer before verification: chosen sentences in reading order, or a table, or nothing."""

    outcome: Outcome
    lead: str = ""
    """Words of Pincite's own before the sentences, such as "Yes." or what was searched; they state no fact."""
    chosen: tuple[ScoredSentence, ...] = ()
    help: tuple[HelpService, ...] = ()
    nearest: tuple[ScoredPassage, ...] = ()
    """Passages shown as the nearest where nothing answers."""
    table: Table | None = None
    owners: tuple[ScoredPassage, ...] = ()
    """For each row of the table, the passage that stands for its document."""
