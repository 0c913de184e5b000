import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toys import FIRST, answered, question, unanswerable

from eval.data import RefusalItem
from eval.errors import DataSetError, RunError, UnreachableError
from eval.results import read_run
from eval.run import TRIES, Job, free_folder, key_of, run
from eval.systems import Ask

MakeJob = Callable[..., Job]
GOOD = answered((FIRST["xa-act"], "xa-act"))
ITEMS = [question(id=f"q{number}") for number in range(6)]


class Toy:
    """A system that answers well, counts what it is asked, and fails as it is told."""

    def __init__(self, failures: dict[int, Exception] | None = None, identity: str = "toy-1") -> None:
        self.name = "toy"
        self.identity = identity
        self.asked: list[Ask] = []
        self._failures = failures or {}

    def ask(self, ask: Ask) -> Any:
        self.asked.append(ask)
        failure = self._failures.get(len(self.asked))
        if failure:
            raise failure
        return GOOD


def no_sleep(_: float) -> None:
    """Retry at once."""


def test_a_run_keeps_all_that_was_asked_answered_and_scored(job: MakeJob) -> None:
    work = job(Toy(), ITEMS)
    done = run(work)
    assert done.info.errors == 0
    assert done.estimates()["accuracy"].value == 1.0
    kept = read_run(work.folder)
    assert kept == done
    assert kept.results[0].item["question"] == ITEMS[0].question
    assert kept.results[0].answer == GOOD
    assert kept.results[0].slices == {"type": "penalty", "difficulty": "easy", "jurisdiction": "AD", "kind": "statute"}
    assert {"python", "numpy", "scipy"} <= kept.info.versions.keys()
    assert kept.info.figures["accuracy"][0] == 1.0


def test_the_system_gets_history_and_day(job: MakeJob) -> None:
    toy = Toy()
    run(job(toy, [question(history=["And in Andorra?"], as_of="2020-05")]))
    assert toy.asked == [Ask(ITEMS[0].question, ("And in Andorra?",), "2020-05")]


def test_an_interrupted_run_asks_only_what_is_missing(job: MakeJob) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(job(Toy({4: KeyboardInterrupt()}), ITEMS))
    second = Toy()
    done = run(job(second, ITEMS))
    assert len(second.asked) == 3
    assert [result.id for result in done.results] == [item.id for item in ITEMS]
    assert done == read_run(job(second, ITEMS).folder)


def test_a_line_cut_off_by_a_crash_is_asked_again(job: MakeJob) -> None:
    work = job(Toy(), ITEMS)
    run(work)
    path = work.folder / "results.jsonl"
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    second = Toy()
    assert run(job(second, ITEMS)).estimates()["accuracy"].n == len(ITEMS)
    assert len(second.asked) == 1


def test_a_damaged_line_in_the_middle_is_an_error(job: MakeJob) -> None:
    work = job(Toy(), ITEMS)
    run(work)
    path = work.folder / "results.jsonl"
    path.write_text("{}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(RunError, match=r"results\.jsonl:1: "):
        run(job(Toy(), ITEMS))


@pytest.mark.parametrize("change", [{"identity": "toy-2"}, {"digest": "d2"}])
def test_a_run_of_something_else_is_never_taken_up(job: MakeJob, change: dict[str, str]) -> None:
    first = job(Toy(), ITEMS)
    run(first)
    other = job(Toy(identity=change.get("identity", "toy-1")), ITEMS, digest=change.get("digest", "d1"))
    with pytest.raises(RunError, match="another system"):
        run(other)
    assert free_folder(first.folder, key_of(first)) == first.folder
    assert free_folder(first.folder, key_of(other)) == first.folder.with_name("run-2")


def test_a_failed_item_is_asked_again_on_resuming(job: MakeJob) -> None:
    first = run(job(Toy({2: ValueError("broken")}), ITEMS))
    assert [result.error for result in first.results if result.error] == ["ValueError: broken"]
    second = Toy()
    assert run(job(second, ITEMS)).info.errors == 0
    assert len(second.asked) == 1


def test_an_unreachable_system_is_tried_again_and_then_scored_zero(job: MakeJob) -> None:
    toy = Toy(dict.fromkeys(range(1, 100), UnreachableError("Nobody there.")))
    pauses: list[float] = []
    done = run(job(toy, [*ITEMS, unanswerable(id="u1")]), sleep=pauses.append)
    assert done.info.errors == 7
    assert [result.attempts for result in done.results] == [TRIES, 1, 1, 1, 1, 1, 1]
    assert pauses == sorted(pauses)
    assert len(pauses) == TRIES - 1
    figures = {name: found.value for name, found in done.estimates().items() if found.n}
    assert set(figures.values()) == {0.0}
    assert figures.keys() >= {"accuracy", "vital_nugget_recall", "citation_recall", "mrr", "abstention_recall"}


def test_a_system_that_comes_back_is_scored(job: MakeJob) -> None:
    done = run(job(Toy({1: UnreachableError("Busy.")}), ITEMS), sleep=no_sleep)
    assert done.info.errors == 0
    assert done.results[0].attempts == 2


@pytest.mark.parametrize("answer", [None, 7, {"outcome": "answered"}, {"text": "x", "outcome": "maybe"}])
def test_what_is_no_answer_is_a_failure(job: MakeJob, answer: Any) -> None:
    toy = Toy()
    toy.ask = lambda _: answer
    done = run(job(toy, ITEMS[:1]))
    assert done.info.errors == 1
    assert "returned no answer" in str(done.results[0].error)


def test_documents_that_the_corpus_lacks_are_named_before_anything_is_asked(job: MakeJob) -> None:
    toy = Toy()
    with pytest.raises(DataSetError, match="xy-act, xz-act"):
        run(job(toy, [question(documents=["xz-act"]), question(id="q2", documents=["xa-act", "xy-act"])]))
    assert not toy.asked


def test_prompts_are_run_and_sliced_by_category_and_language(job: MakeJob) -> None:
    prompts = [
        RefusalItem(text="How is it made?", label="refuse", category="technique"),
        RefusalItem(text="¿Es delito?", label="answer", category="technique", language="es"),
    ]
    done = run(job(Toy(), prompts))
    assert done.estimates()["refusal_recall"].value == 0.0
    assert done.sliced("language")["es"]["over_refusal"].value == 0.0


def test_results_are_plain_json_lines(job: MakeJob) -> None:
    work = job(Toy(), ITEMS)
    run(work)
    lines = (work.folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [item.id for item in ITEMS]


def test_a_folder_that_is_no_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="No run in"):
        read_run(tmp_path)
