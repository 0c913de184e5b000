"""Retrieval: the right document first, walls kept, and each piece usable in somebody else's chain."""

import numpy as np
import pytest

from rag.index import Index
from rag.retrieve import HybridRetriever, Scope, standardised


@pytest.fixture(scope="module")
def retriever(index: Index) -> HybridRetriever:
    return HybridRetriever(index=index)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What sentence did the South Korean man get for his AI images?", "kr-busan-district-court-2023-ai-images"),
        ("What must platforms do within 48 hours under the TAKE IT DOWN Act?", "us-take-it-down-act-platforms"),
        ("18 U.S.C. § 2256 indistinguishable from a real minor", "us-18-usc-2256"),
        (
            "since when is creating an intimate deepfake of an adult an offence in England and Wales",
            "gb-sexual-offences-act-2003-s66e-66f",
        ),
        ("NCMEC reports first half of 2025 AI", "int-ncmec-genai-figures"),
    ],
)
def test_the_document_is_among_the_first_passages(retriever: HybridRetriever, question: str, document: str) -> None:
    assert document in [found.passage.document for found in retriever.search(question, 3)]


@pytest.mark.parametrize("code", ["KR", "US-CA", "GB", "INT"])
def test_a_jurisdiction_is_a_wall(retriever: HybridRetriever, index: Index, code: str) -> None:
    found = retriever.search("possession of images", 20, Scope((code,)))
    codes = {index.document(item.passage).jurisdiction for item in found}
    assert codes and all(other == code or other.startswith(code + "-") for other in codes)
    evidence = retriever.evidence("possession of images", scope=Scope((code,)))
    assert {item.document.jurisdiction.split("-")[0] for item in evidence.sentences} == {code.split("-")[0]}


@pytest.mark.parametrize("day", ["1995", "2010-06", "2024-01-01"])
def test_what_did_not_exist_on_the_day_is_not_found(retriever: HybridRetriever, index: Index, day: str) -> None:
    for item in retriever.search("images of children", 50, Scope(as_of=day)):
        assert min(index.document(item.passage).dates.values()) <= day


def test_scores_fall_and_passages_differ(retriever: HybridRetriever) -> None:
    found = retriever.search("deepfake of a minor", 30)
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert len({item.passage.id for item in found}) == 30


def test_it_is_a_langchain_retriever(retriever: HybridRetriever) -> None:
    documents = retriever.invoke("TAKE IT DOWN Act 48 hours")
    assert documents[0].metadata["document"] == "us-take-it-down-act-platforms"
    assert {"pinpoint", "citation", "jurisdiction", "status", "as_of", "score"} <= documents[0].metadata.keys()


def test_the_store_answers_langchain_by_itself(index: Index) -> None:
    found = index.store.chroma.similarity_search("removal within 48 hours", k=5, filter={"country": "US"})
    assert found and all(document.metadata["country"] == "US" for document in found)


@pytest.mark.parametrize("scores", [[1.0, 1.0], [0.0]])
def test_scores_that_do_not_differ_are_zero(scores: list[float]) -> None:
    assert standardised(np.array(scores, dtype=np.float32)).tolist() == [0.0] * len(scores)
