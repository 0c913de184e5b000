"""Ask a system every item of a data set, score what comes back, and keep each answer as soon as it is there."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Any

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from corpus.catalogue import Catalogue
from corpus.errors import PinciteError
from eval.answer import Answer
from eval.data import AnswerItem, DataSet, RefusalItem
from eval.errors import DataSetError, RunError, UnreachableError
from eval.metrics import Judged
from eval.provenance import versions
from eval.results import (
    METRICS,
    Result,
    Run,
    RunInfo,
    RunKind,
    estimates_of,
    line_of,
    read_info,
    read_results,
    write_info,
    write_results,
)
from eval.systems import Ask, System
from eval.trace import Digests

TRIES = 4
"""How often a system that can't be reached is asked, with growing pauses; once only while it stays away."""

Item = AnswerItem | RefusalItem
Advance = Callable[[Result], None]


@dataclass(frozen=True)
class Job:
    """A data set for a system, and where its results go."""

    kind: RunKind
    data: DataSet[Any]
    system: System
    catalogue: Catalogue
    folder: Path
    split: str | None = None
    limit: int | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that are asked."""
        return self.data.items[: self.limit]


def run(job: Job, advance: Advance = lambda _: None, sleep: Callable[[float], None] = time.sleep) -> Run:
    """Run a job, or finish one that was interrupted: what it has an answer for is not asked again.

    `advance` is told each result. A system that fails scores zero on that item; the run goes on.

    Raises:
        DataSetError: the data set names documents that the corpus does not have.
        RunError: the folder holds a run of something else, or can't be written.
    """
    _require_documents(job)
    info = _describe(job)
    judge = Digests(job.catalogue)
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        done = {result.id: _rescored(job, result, judge) for result in _kept(job, info)}
        write_results(job.folder, done.values())
        write_info(job.folder, info)
        ask = _Asker(job.system, sleep)
        with (job.folder / "results.jsonl").open("a", encoding="utf-8") as file:
            for item in job.items:
                if item.id not in done:
                    done[item.id] = _scored(job, item, *ask(item), digests=judge)
                    file.write(line_of(done[item.id]))
                    file.flush()
                advance(done[item.id])
    except OSError as error:
        raise RunError(f"The results can't be written to {job.folder}: {error.strerror or error}.") from None
    results = tuple(done[item.id] for item in job.items)
    write_results(job.folder, results)
    info = _finished(info, results)
    write_info(job.folder, info)
    return Run(info, results)


def free_folder(wanted: Path, job_key: tuple[str, ...]) -> Path:
    """Return the folder, or the first of `<folder>-2`, `-3` … that is unused or holds a run with the same key."""
    for number in range(1, 1000):
        folder = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        if not (folder / "run.json").exists() or read_info(folder).key == job_key:
            return folder
    raise RunError(f"Too many runs beside {wanted}.", "Name a folder with --out.")


def key_of(job: Job) -> tuple[str, ...]:
    """Return the key by which an earlier run of the same job is known."""
    return _describe(job).key


class _Asker:
    """Asks with retries; gives (answer or None, error or None, milliseconds, attempts)."""

    def __init__(self, system: System, sleep: Callable[[float], None]) -> None:
        self._system = system
        self._sleep = sleep
        self._away = False

    def __call__(self, item: Item) -> tuple[dict[str, Any] | None, str | None, float, int]:
        question = Ask(item.question, item.history, item.as_of) if isinstance(item, AnswerItem) else Ask(item.text)
        retrying = Retrying(
            stop=stop_after_attempt(1 if self._away else TRIES),
            wait=wait_exponential(multiplier=0.5, max=8),
            retry=retry_if_exception_type(UnreachableError),
            sleep=self._sleep,
            reraise=True,
        )
        start = time.perf_counter()
        attempts = 0
        error = None
        answer = None
        try:
            for attempt in retrying:
                with attempt:
                    attempts += 1
                    start = time.perf_counter()
                    answer = self._system.ask(question)
            Answer.parse(answer)
        except PinciteError as failure:
            answer, error = None, str(failure)
            self._away = isinstance(failure, UnreachableError)
        except Exception as failure:  # a system under test may raise anything; it is that item's failure
            answer, error = None, f"{type(failure).__name__}: {failure}"
        else:
            self._away = False
        return answer, error, round((time.perf_counter() - start) * 1e3, 2), attempts


def _scored(
    job: Job, item: Item, answer: dict[str, Any] | None, error: str | None, ms: float, attempts: int, digests: Digests
) -> Result:
    judged = Judged(item, None if answer is None else Answer.parse(answer), ms, digests)
    scores = {metric.name: metric.measure(judged) for metric in METRICS[job.kind]}
    return Result(
        id=item.id,
        item=item.model_dump(mode="json"),
        answer=answer,
        error=error,
        ms=ms,
        attempts=attempts,
        scores={name: score for name, score in scores.items() if score is not None},
        slices=slices_of(item, job.catalogue),
    )


def slices_of(item: Item, catalogue: Catalogue) -> dict[str, str]:
    """Return the values by which figures are sliced; country and kind are those of the item's first document.

    The targets of refusal are two: for English, and for the other languages together.
    """
    if isinstance(item, RefusalItem):
        target = "English" if item.language == "en" else "other languages"
        return {"category": item.category, "language": item.language, "target": target, "label": item.label}
    values: dict[str, str] = {"type": item.type, "difficulty": item.difficulty}
    if item.documents:
        first = catalogue.documents[item.documents[0]]
        values["jurisdiction"], values["kind"] = first.country, first.kind
    return values


def _rescored(job: Job, result: Result, digests: Digests) -> Result:
    """Score a kept answer again: metrics may have changed since."""
    item = next(item for item in job.items if item.id == result.id)
    return _scored(job, item, result.answer, result.error, result.ms, result.attempts, digests)


def _kept(job: Job, info: RunInfo) -> Iterable[Result]:
    """Return the results of an earlier start of the same run that have an answer."""
    if not (job.folder / "run.json").exists():
        return []
    if read_info(job.folder).key != info.key:
        raise RunError(
            f"{job.folder} holds a run of another system, version, corpus or data set.",
            "Name another folder with --out, or remove this one.",
        )
    wanted = {item.id for item in job.items}
    return [result for result in read_results(job.folder / "results.jsonl") if result.answer and result.id in wanted]


def _describe(job: Job) -> RunInfo:
    return RunInfo(
        kind=job.kind,
        system=job.system.name,
        identity=job.system.identity,
        split=job.split,
        data=", ".join(str(path) for path in job.data.paths),
        data_digest=job.data.digest,
        corpus=job.catalogue.version,
        malformed=len(job.data.faults),
        versions=versions(),
        started=_now(),
        items=len(job.items),
    )


def _finished(info: RunInfo, results: tuple[Result, ...]) -> RunInfo:
    figures = {
        name: (_number(found.value), _number(found.low), _number(found.high), found.n)
        for name, found in estimates_of(results, METRICS[info.kind]).items()
    }
    errors = sum(result.error is not None for result in results)
    return info.model_copy(update={"finished": _now(), "errors": errors, "figures": figures})


def _number(value: float) -> float | None:
    return round(value, 4) if isfinite(value) else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _require_documents(job: Job) -> None:
    named = {name for item in job.items if isinstance(item, AnswerItem) for name in item.documents}
    unknown = sorted(named - job.catalogue.documents.keys())
    if unknown:
        raise DataSetError(
            f"The data set names {len(unknown)} documents that the corpus does not have: {', '.join(unknown)}.",
            "Mend the ids, or set PINCITE_CORPUS_DIR to the corpus that the data set is about.",
        )
