import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toys import FIRST, answered, question, unanswerable

from corpus.catalogue import Catalogue
from eval.data import RefusalItem
from eval.errors import RunError
from eval.report import worst_items, write_report
from eval.results import Run
from eval.run import Job, run
from eval.systems import Ask


class Toy:
    """Right on q0, wrong on q1, with a confidence where it is told to give one."""

    name = identity = "toy <script>"

    def __init__(self, confident: bool = True) -> None:
        self._confident = confident

    def ask(self, ask: Ask) -> Any:
        document = "xa-act" if ask.question == "right" else "xb-act"
        confidence = {"confidence": 0.9 if ask.question == "right" else 0.2} if self._confident else {}
        return {**answered((FIRST[document], document)), **confidence}


ITEMS = [question(id="q0", question="right"), question(id="q1", question="wrong <b>"), unanswerable(id="u1")]
LOADS = re.compile(r"""(?:src|href)\s*=\s*["'](?!\#)|url\((?!\#)|@import|<script|<link|<iframe""", re.IGNORECASE)


@pytest.fixture
def page(job: Callable[..., Job], small: Catalogue, tmp_path: Path) -> str:
    path = tmp_path / "report.html"
    write_report(run(job(Toy(), ITEMS)), small, path)
    return path.read_text(encoding="utf-8")


def test_the_page_loads_nothing_and_is_small(page: str) -> None:
    assert not LOADS.search(page.replace("&lt;script", ""))
    assert len(page) < 1_000_000


def test_every_plot_has_its_table(page: str) -> None:
    parts = page.split("<h2>")[1:]
    plotted = [part for part in parts if "<svg" in part]
    assert len(plotted) >= 5
    assert all("<table" in part for part in plotted)
    assert {part.split("</h2>")[0] for part in parts} >= {"Calibration of abstention", "Latency", "Worst items"}


def test_words_of_systems_and_people_are_escaped(page: str) -> None:
    assert "wrong &lt;b&gt;" in page
    assert "<b>" not in page


def test_worst_items_come_with_the_passage_that_should_have_been_found(
    job: Callable[..., Job], small: Catalogue
) -> None:
    items = worst_items(run(job(Toy(), ITEMS)), small)
    assert [item.id for item in items] == ["u1", "q1"] or [item.id for item in items] == ["q1", "u1"]
    wrong = next(item for item in items if item.id == "q1")
    assert wrong.missing == ("10 years",)
    assert wrong.sources == ("xb-act · 1",)
    assert [FIRST["xa-act"] in text for _, text in wrong.passages] == [True]


def test_a_system_without_confidence_gets_a_note_instead_of_a_plot(
    job: Callable[..., Job], small: Catalogue, tmp_path: Path
) -> None:
    write_report(run(job(Toy(confident=False), ITEMS)), small, tmp_path / "r.html")
    assert "gives no confidence" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_prompts_are_reported_with_their_confusion(job: Callable[..., Job], small: Catalogue, tmp_path: Path) -> None:
    prompts = [RefusalItem(text=f"p{label}", label=label, category="c") for label in ("refuse", "answer", "support")]
    write_report(run(job(Toy(), prompts)), small, tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Label against" not in text
    assert "<h2>Confusion</h2>" in text
    assert "prefuse" in text


def test_a_run_without_results_has_no_report(job: Callable[..., Job], small: Catalogue, tmp_path: Path) -> None:
    done = run(job(Toy(), ITEMS))
    with pytest.raises(RunError, match="no result"):
        write_report(Run(done.info, ()), small, tmp_path / "r.html")
