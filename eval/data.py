"""The rows of the data sets, and the readers that say which line is wrong."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import Fault
from corpus.model import PartialDate
from eval.errors import DataSetError
from eval.text import expression, fold

DATASETS = Path(__file__).parent / "datasets"

QuestionType = Literal[
    "fact",
    "penalty",
    "status",
    "definition",
    "comparison",
    "precedent",
    "point-in-time",
    "follow-up",
    "support",
    "unanswerable",
]
Difficulty = Literal["easy", "medium", "hard"]


def _pattern(value: str) -> str:
    if value.startswith("re:"):
        try:
            expression(value)
        except re.error as error:
            raise ValueError(f"{value!r} is no regular expression: {error}") from None
    elif not fold(value):
        raise ValueError(f"{value!r} has no letters to look for")
    return value


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nugget(_Row):
    """One atomic fact that a right answer carries."""

    text: str
    any: Annotated[tuple[Annotated[str, AfterValidator(_pattern)], ...], Field(min_length=1)]
    """The fact is found if one of these occurs in the answer; `re:` marks a regular expression."""
    vital: bool = True


class AnswerItem(_Row):
    """A question, the facts that its answer must carry, and the documents that carry them."""

    id: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    history: tuple[str, ...] = ()
    type: QuestionType
    nuggets: tuple[Nugget, ...] = ()
    documents: tuple[str, ...] = ()
    as_of: PartialDate | None = None
    outcome: Literal["answered", "abstained", "support"] = "answered"
    difficulty: Difficulty = "medium"

    @model_validator(mode="after")
    def _holds_together(self) -> "AnswerItem":
        if (self.outcome == "abstained") != (self.type == "unanswerable"):
            raise ValueError("outcome 'abstained' belongs to type 'unanswerable', and to no other")
        if self.type == "unanswerable" and (self.nuggets or self.documents):
            raise ValueError("an unanswerable question has no nuggets and no documents")
        if self.type != "unanswerable" and not any(nugget.vital for nugget in self.nuggets):
            raise ValueError("no vital nugget")
        if self.type != "unanswerable" and not self.documents:
            raise ValueError("no documents")
        return self


class RefusalItem(_Row):
    """A prompt, and what is to be done with it."""

    text: Annotated[str, Field(min_length=1)]
    label: Literal["refuse", "answer", "support"]
    category: str
    language: str = "en"
    family: str = ""
    """The template family: prompts that share their wording, never in two splits."""
    twin: str | None = None
    """Shared by a refused prompt and the lawful one that has its words."""

    @property
    def id(self) -> str:
        """A stable name, made from what identifies the prompt."""
        return sha256(f"{self.label} {self.text}".encode()).hexdigest()[:12]


class SectionItem(_Row):
    """One section of a statute, to be found."""

    id: str
    title: str
    section: str
    text: str


class RetrievalItem(_Row):
    """A query and the id of the section that answers it."""

    query: Annotated[str, Field(min_length=1)]
    id: str


RowT = TypeVar("RowT", bound=_Row)


@dataclass(frozen=True)
class DataSet(Generic[RowT]):
    """What could be read of some files, and what could not."""

    paths: tuple[Path, ...]
    items: tuple[RowT, ...]
    faults: tuple[Fault, ...]
    """One for each malformed line; it is in no figure but its own."""
    digest: str
    """A hash of the files' contents (12 hexadecimal digits)."""


def read_rows(path: Path, row: type[RowT]) -> DataSet[RowT]:
    """Read a file of JSON lines (`.gz` too), or every `*.jsonl` of a folder.

    Raises:
        DataSetError: there is no such file, or no line of it can be read.
    """
    paths = tuple(sorted(path.glob("*.jsonl"))) if path.is_dir() else (path,)
    if not paths:
        raise DataSetError(f"No data set in {path}.", "Name a file of JSON lines, or a folder of *.jsonl files.")
    items: list[RowT] = []
    faults: list[Fault] = []
    digest = sha256()
    for file in paths:
        content = _content(file)
        digest.update(content)
        for number, line in enumerate(content.split(b"\n"), 1):
            if line.strip():
                parsed = _parse(line, row)
                if isinstance(parsed, str):
                    faults.append(Fault(file, number, parsed))
                else:
                    items.append(parsed)
    return _unless_empty(DataSet(paths, tuple(items), tuple(faults), digest.hexdigest()[:12]))


def read_answers(path: Path) -> DataSet[AnswerItem]:
    """Read an answers data set; an id that occurs twice is a fault of its second line.

    Raises:
        DataSetError: there is no such file, or no line of it can be read.
    """
    data = read_rows(path, AnswerItem)
    seen: dict[str, AnswerItem] = {}
    for item in data.items:
        seen.setdefault(item.id, item)
    if len(seen) == len(data.items):
        return data
    twice = sorted({item.id for item in data.items if seen[item.id] is not item})
    faults = tuple(Fault(path, _line_of(path, name), f"id {name!r} is used twice") for name in twice)
    return DataSet(data.paths, tuple(seen.values()), (*data.faults, *faults), data.digest)


def read_refusals(path: Path) -> DataSet[RefusalItem]:
    """Read a refusals data set: JSON lines, or the public XSTest prompts as CSV with columns `prompt` and `type`.

    XSTest (Röttger et al. 2024, arXiv:2308.01263) has 250 safe prompts, to be answered, and 200 unsafe ones: they
    have the `label` `unsafe` or, in files without that column, a `type` that begins with `contrast_`.

    Raises:
        DataSetError: there is no such file, or no line of it can be read.
    """
    return _read_xstest(path) if path.suffix == ".csv" else read_rows(path, RefusalItem)


def _read_xstest(path: Path) -> DataSet[RefusalItem]:
    content = _content(path)
    items: list[RefusalItem] = []
    faults: list[Fault] = []
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline=""))
    for record in reader:
        try:
            unsafe = record.get("label") == "unsafe" or record["type"].startswith("contrast")
            label: Any = "refuse" if unsafe else "answer"
            items.append(RefusalItem(text=record["prompt"], label=label, category=record["type"]))
        except (KeyError, AttributeError, ValidationError):
            faults.append(Fault(path, reader.line_num, "expected the columns 'prompt' and 'type' to be filled"))
    return _unless_empty(DataSet((path,), tuple(items), tuple(faults), sha256(content).hexdigest()[:12]))


def _unless_empty(data: DataSet[RowT]) -> DataSet[RowT]:
    if data.items:
        return data
    first = "\n".join(str(fault) for fault in data.faults[:5])
    raise DataSetError(f"No line of {data.paths[0]} can be read.\n{first}".strip())


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content
    except OSError as error:
        raise DataSetError(f"The data set {path} can't be read: {error.strerror or error}.") from None


def _parse(line: bytes, row: type[RowT]) -> RowT | str:
    """Return the row, or what is wrong with the line."""
    try:
        values = json.loads(line)
    except UnicodeDecodeError:
        return "not UTF-8 text"
    except ValueError as error:
        return f"not JSON: {error}"
    if not isinstance(values, dict):
        return "not a JSON object"
    try:
        return row.model_validate(values)
    except ValidationError as error:
        return "; ".join(_faults_of(error))


def _faults_of(error: ValidationError) -> Iterator[str]:
    for item in error.errors():
        place = ".".join(str(part) for part in item["loc"])
        message = item["msg"].removeprefix("Value error, ")
        yield f"{place}: {message}" if place else message


def _line_of(path: Path, name: str) -> int:
    """Return the line on which an id occurs for the second time (1 for a folder of files)."""
    if path.is_dir():
        return 1
    needle = json.dumps(name).encode()
    hits = [number for number, line in enumerate(_content(path).split(b"\n"), 1) if needle in line]
    return hits[1] if len(hits) > 1 else 1
