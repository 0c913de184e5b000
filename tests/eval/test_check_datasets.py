"""The checker, on planted faults and on the data sets in the package."""

from pathlib import Path
from typing import Any

import pytest
from toys import question

from corpus.catalogue import Catalogue
from eval.check import check_answers, check_families, check_refusals, check_retrieval, check_splits
from eval.data import (
    DATASETS,
    AnswerItem,
    DataSet,
    RefusalItem,
    RetrievalItem,
    SectionItem,
    read_answers,
    read_refusals,
    read_rows,
)
from eval.trace import Digests


def data(tmp_path: Path, *items: Any) -> DataSet[Any]:
    path = tmp_path / "data.jsonl"
    path.write_text("\n".join(item.model_dump_json() for item in items), encoding="utf-8")
    return DataSet((path,), items, (), "d")


@pytest.mark.parametrize(
    ("any_of", "sound"),
    [
        ("up to 10 years", True),
        ("Images Act", True),
        ("6 February 2020", True),
        ("2020-02-06", True),
        ("in force", True),
        ("12 years", False),
    ],
)
def test_a_nugget_must_stand_in_text_or_front_matter(
    tmp_path: Path, digests: Digests, any_of: str, sound: bool
) -> None:
    item = question(nuggets=[{"text": "x", "any": [any_of], "vital": True}])
    faults = check_answers(data(tmp_path, question(id="q0"), item), digests)
    assert [(fault.line, fault.message) for fault in faults] == (
        [] if sound else [(2, "q1: nugget 1 matches none of its documents")]
    )


def test_an_unknown_document_is_named(tmp_path: Path, digests: Digests) -> None:
    faults = check_answers(data(tmp_path, question(documents=["xa-act", "xz-act"])), digests)
    assert [fault.message for fault in faults] == ["q1: no document 'xz-act' in the corpus"]


def test_two_splits_share_no_document(tmp_path: Path) -> None:
    one, other = data(tmp_path, question()), data(tmp_path, question(documents=["xb-act", "xa-act"]))
    faults = check_splits({"dev": one, "test": other})
    assert [fault.message for fault in faults] == ["q1: document 'xa-act' is also in the split 'dev'"]


def test_prompts_that_repeat_or_stand_alone_are_faults(tmp_path: Path) -> None:
    def prompt(**fields: Any) -> RefusalItem:
        return RefusalItem.model_validate({"text": "a", "label": "refuse", "category": "c", "family": "f", **fields})

    pair = (prompt(twin="t1"), prompt(label="answer", twin="t1"))
    assert not check_refusals(data(tmp_path, *pair))
    faults = check_refusals(data(tmp_path, *pair, prompt(text="b", twin="t2"), prompt()))
    assert len(faults) == 2
    shared = check_families({"dev": data(tmp_path, prompt()), "test": data(tmp_path, prompt(text="b"))})
    assert [fault.message for fault in shared] == ["family 'f' is also in the split 'dev'"]


def test_the_answers_in_the_package_are_sound(catalogue: Catalogue) -> None:
    digests = Digests(catalogue)
    splits = {name: read_answers(DATASETS / "answers" / f"{name}.jsonl") for name in ("dev", "test")}
    assert not [fault for data in splits.values() for fault in check_answers(data, digests)]
    assert not check_splits(splits)
    items: list[AnswerItem] = [item for data in splits.values() for item in data.items]
    assert len(items) >= 300
    assert len({item.type for item in items}) == 10


def test_the_prompts_in_the_package_are_sound() -> None:
    splits = {name: read_refusals(DATASETS / "refusals" / f"{name}.jsonl") for name in ("dev", "test")}
    assert not [fault for data in splits.values() for fault in check_refusals(data)]
    assert not check_families(splits)


def test_the_retrieval_sample_is_sound() -> None:
    sections = read_rows(DATASETS / "retrieval" / "sections.jsonl", SectionItem)
    queries = read_rows(DATASETS / "retrieval" / "queries.jsonl", RetrievalItem)
    assert not check_retrieval(sections, queries)
    assert len(check_retrieval(DataSet(sections.paths, sections.items[:1], (), "d"), queries)) == 9
