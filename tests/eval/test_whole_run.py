"""Over every question of the data sets: sentences are the cited passage's own, table cells the front matter's."""

from dataclasses import replace

import pytest

from corpus import Catalogue
from eval.data import DATASETS, read_answers
from rag.assistant import Assistant
from rag.model import Answer, Question, Understood
from rag.tables import facts_table, list_table

QUESTIONS = [item for split in ("dev", "test") for item in read_answers(DATASETS / "answers" / f"{split}.jsonl").items]


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> list[Answer]:
    asked = [Question(question=item.question, history=item.history, as_of=item.as_of) for item in QUESTIONS]
    return [assistant.invoke(question) for question in asked]


def test_every_sentence_is_found_verbatim_in_a_passage_that_it_cites(answers: list[Answer]) -> None:
    sentences = 0
    for answer in answers:
        passages = {source.number: source.passage for source in answer.sources}
        for sentence in answer.sentences:
            sentences += 1
            assert sentence.citations, sentence.text
            assert any(sentence.text in passages[number] for number in sentence.citations), sentence.text
    assert sentences > 2_000


def test_every_table_row_is_one_of_the_front_matter_of_the_document_that_it_cites(
    answers: list[Answer], catalogue: Catalogue, assistant: Assistant
) -> None:
    rows = 0
    for answer in answers:
        if answer.table is None:
            continue
        documents = {source.number: source.document for source in answer.sources}
        for row, numbers in zip(answer.table.rows, answer.table.citations, strict=True):
            (number,) = numbers
            one = catalogue.documents[documents[number]]
            made = [facts_table([one], Understood(question="", comparison=compares)) for compares in (False, True)]
            if listing := assistant.lists.find(answer.understood):
                alone = replace(listing, documents=(one,), statuses=(one.status,))
                made.append(list_table(alone))
            assert any(row in found[0].rows for found in made if found), row
            rows += 1
    assert rows > 100


def test_every_passage_is_that_of_its_document(answers: list[Answer], assistant: Assistant) -> None:
    texts = {(passage.document, passage.text) for passage in assistant.index.passages}
    for answer in answers:
        assert all((source.document, source.passage) in texts for source in answer.sources)


def test_an_answer_without_support_says_so(answers: list[Answer]) -> None:
    assert all(answer.sentences for answer in answers if answer.outcome == "answered")
    assert not any(answer.sentences for answer in answers if answer.outcome == "abstained")
