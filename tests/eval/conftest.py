"""What the tests of the harness share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toys import DOCUMENT, FIRST, SECOND, question

from corpus.catalogue import Catalogue
from eval.answer import Answer
from eval.data import DataSet, RefusalItem
from eval.metrics import Judged
from eval.run import Job
from eval.trace import Digests


@pytest.fixture
def small(tmp_path: Path) -> Catalogue:
    """A corpus of three digests."""
    folder = tmp_path / "documents" / "laws"
    folder.mkdir(parents=True)
    facts = {
        "xa-act": ("Images Act", "statute", "AD", 10),
        "xb-act": ("Pictures Act", "statute", "BE", 2.5),
        "xc-act": ("Likeness Act", "bill", "CL", 1),
    }
    for name, (title, kind, jurisdiction, years) in facts.items():
        text = DOCUMENT.format(
            id=name,
            kind=kind,
            title=title,
            jurisdiction=jurisdiction,
            years=years,
            first=FIRST[name],
            second=SECOND[name],
        )
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    found = Catalogue.load(tmp_path / "documents")
    assert len(found) == 3, found.faults
    return found


@pytest.fixture
def digests(small: Catalogue) -> Digests:
    return Digests(small)


@pytest.fixture
def judged(digests: Digests) -> Callable[..., Judged]:
    """Make a judged item of fields that differ from those of a plain question about Andorra."""

    def make(answer: dict[str, Any] | None, ms: float = 5.0, **item: Any) -> Judged:
        return Judged(question(**item), None if answer is None else Answer.parse(answer), ms, digests)

    return make


@pytest.fixture
def job(small: Catalogue, tmp_path: Path) -> Callable[..., Job]:
    """Make a job over some items."""

    def make(system: Any, items: list[Any], folder: str = "run", digest: str = "d1") -> Job:
        kind: Any = "refusals" if isinstance(items[0], RefusalItem) else "answers"
        data = DataSet((tmp_path / "data.jsonl",), tuple(items), (), digest)
        return Job(kind, data, system, small, tmp_path / folder, "dev")

    return make
