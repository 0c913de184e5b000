"""Where two documents give different figures for one thing, both stay and each says as of when."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus import Catalogue
from corpus.model import Document, Sentence
from rag.compose import compose
from rag.disagree import disagreeing
from rag.index import Index
from rag.model import AnswerSentence, Draft, Question, ScoredSentence, Understood
from rag.passages import Passage


def found(index: Index, text: str, document: Document) -> ScoredSentence:
    passage: Passage = next(one for one in index.passages if one.document == document.id)
    sentence: Sentence = passage.sentences[0].model_copy(update={"text": text})
    passage = replace(passage, text=text, sentences=(sentence,), offsets=(0,))
    return ScoredSentence(document, passage, sentence, 1.0, 1.0)


@pytest.fixture(scope="module")
def american(catalogue: Catalogue) -> Sequence[Document]:
    return [one for one in catalogue.documents.values() if one.jurisdiction == "US"][:2]


# two sentences of two documents of one jurisdiction -> whether they contradict each other
PAIRS = [
    ("In all 43 states had outlawed sexual deepfakes.", "In all 45 states had outlawed sexual deepfakes.", True),
    ("The hotline received 8,029 reports of AI images.", "The hotline received 7,500 reports of AI images.", True),
    ("In all 43 states had outlawed sexual deepfakes.", "By then 43 states had outlawed sexual deepfakes.", False),
    ("In 2024 the hotline received 245 reports.", "In 2025 the hotline received 380 reports.", False),
    ("Section 66 sets a maximum of three years.", "Section 160 sets a maximum of five years.", False),
    ("In all 43 states had outlawed sexual deepfakes.", "The bill would add a fine of 45 dollars.", False),
]


@pytest.mark.parametrize(("one", "other", "contradict"), PAIRS)
def test_figures_for_the_same_thing(
    index: Index, american: Sequence[Document], one: str, other: str, contradict: bool
) -> None:
    pair = [found(index, one, american[0]), found(index, other, american[1])]
    assert disagreeing(pair) == (frozenset({0, 1}) if contradict else frozenset())


def test_one_document_does_not_contradict_itself_nor_another_country(
    index: Index, american: Sequence[Document], catalogue: Catalogue
) -> None:
    one, other, _ = PAIRS[0]
    abroad = next(item for item in catalogue.documents.values() if item.jurisdiction == "KR")
    assert not disagreeing([found(index, one, american[0]), found(index, other, american[0])])
    assert not disagreeing([found(index, one, american[0]), found(index, other, abroad)])


def test_both_say_as_of_when(index: Index, american: Sequence[Document]) -> None:
    pair = tuple(found(index, text, document) for text, document in zip(PAIRS[0], american, strict=False))
    answer = compose(Question(question="x"), Understood(question="x"), Draft("answered", chosen=pair), index)
    assert [sentence.as_of for sentence in answer.sentences] == [document.as_of for document in american]
    assert all(sentence.note in answer.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        (AnswerSentence(text="x"), ""),
        (AnswerSentence(text="x", status="pending", about="bill"), "(bill pending)"),
        (AnswerSentence(text="x", status="on-appeal", about="decision"), "(decision on appeal)"),
        (AnswerSentence(text="x", status="repealed", about="law", as_of="2025-03"), "(law repealed, as of 2025-03)"),
        (
            AnswerSentence(text="x", status="enacted", about="law"),
            "(law enacted, not confirmed to be in force)",
        ),
        (AnswerSentence(text="x", seen=False), "(source not re-read)"),
    ],
)
def test_what_stands_behind_a_sentence(sentence: AnswerSentence, note: str) -> None:
    assert sentence.note == note
