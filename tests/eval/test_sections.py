from dataclasses import replace
from pathlib import Path

import pytest

from eval.data import DATASETS, RetrievalItem, SectionItem, read_rows
from eval.errors import DataSetError
from eval.retrieval import evaluate, open_sections
from rag.index import Index


def test_the_sample_is_indexed_and_searched(index: Index, tmp_path: Path) -> None:
    sections = read_rows(DATASETS / "retrieval" / "sections.jsonl", SectionItem)
    queries = read_rows(DATASETS / "retrieval" / "queries.jsonl", RetrievalItem)
    told: list[int] = []
    opened = open_sections(sections, index.encoder, "m", tmp_path, lambda done, _: told.append(done))
    assert told[-1] == 12
    found = evaluate(opened, queries.items)
    assert list(found) == ["hit@1", "hit@5", "hit@10", "mrr"]
    assert found["hit@10"].value == 1.0
    assert found["hit@1"].value >= 0.7

    again = open_sections(sections, index.encoder, "m", tmp_path, lambda done, _: told.append(done))
    assert told[-1] == 12
    assert len(told) == 1
    assert (again.vectors == opened.vectors).all()
    next(tmp_path.glob("*.npy")).write_bytes(b"damaged")
    mended = open_sections(sections, index.encoder, "m", tmp_path)
    assert (mended.vectors == opened.vectors).all()

    with pytest.raises(DataSetError, match=r"S-9/s\.9"):
        evaluate(replace(opened), [RetrievalItem(query="x", id="S-9/s.9")])
