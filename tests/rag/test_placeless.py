"""Plain questions on legality and penalties without a country: the law of several, each row with its source."""

import pytest

from corpus import Catalogue
from rag.assistant import Assistant
from rag.model import Question
from rag.placeless import COLUMNS, DEPENDS, MAX_ROWS, PlacelessLaw
from rag.understand import Reader

# question -> the acts that are compared
PLAIN = {
    "are deepfakes illegal": {"Creating: adults", "Sharing: adults", "Creating: minors", "Sharing: minors"},
    "Is it illegal to make deepfake porn?": {"Creating: adults", "Creating: minors"},
    "is ai csam legal": {"Creating: minors", "Possessing: minors", "Sharing: minors"},
    "is it a crime to have AI-generated nudes of kids??": {"Possessing: minors"},
    "hey is it against the law to share a fake nude of my friend": {"Sharing: adults", "Sharing: minors"},
    "isn\u2019t it illegal to make deepfakes of my ex without her consent": {"Creating: adults"},
    "deepfakes legal?": {"Creating: adults", "Sharing: adults", "Creating: minors", "Sharing: minors"},
    "can you go to jail for making deepfakes": {"Creating: adults", "Creating: minors"},
    "what is the penalty for making deepfake porn": {"Creating: adults", "Creating: minors"},
    "What's the maximum sentence for possessing AI CSAM?": {"Possessing: minors"},
    "how many years in prison for sharing fake nudes": {"Sharing: adults", "Sharing: minors"},
    "yo is ai porn of celebs legal or what": {
        "Creating: adults",
        "Sharing: adults",
        "Creating: minors",
        "Sharing: minors",
    },
    "laws against ai child porn": {"Creating: minors", "Possessing: minors", "Sharing: minors"},
}


@pytest.fixture(scope="module")
def placeless(catalogue: Catalogue) -> PlacelessLaw:
    return PlacelessLaw(catalogue)


@pytest.fixture(scope="module")
def reader(catalogue: Catalogue) -> Reader:
    return Reader(catalogue.documents.values())


@pytest.mark.parametrize(("question", "acts"), PLAIN.items(), ids=list(PLAIN))
def test_a_plain_question_without_a_place_gets_the_law_of_several_countries(
    question: str, acts: set[str], placeless: PlacelessLaw, reader: Reader
) -> None:
    found = placeless.find(reader.read(Question(question=question)))
    assert found is not None
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in found.table.rows]
    assert {row["Act"] for row in rows} == acts
    assert len({row["Jurisdiction"] for row in rows}) > 1
    assert len(rows) == len(found.documents) <= MAX_ROWS
    for row, document in zip(rows, found.documents, strict=True):
        assert document.is_law and document.jurisdiction == document.country
        assert row["What the law says"].startswith("offence")
        assert document.synthetic == "explicit" or (row["Act"].endswith("minors") and document.synthetic == "covered")
        assert (row["Law"], row["As of"]) == (document.citation, document.as_of)
        assert row["Status"] == "in-force"


@pytest.mark.parametrize(
    "question",
    [
        "Are deepfakes illegal in Denmark?",
        "Is it illegal under the TAKE IT DOWN Act to make a deepfake?",
        "Is it legal to make deepfakes in the UK and Korea?",
        "Were deepfakes illegal in 2015?",
        "Is it a crime to possess a written guide on abuse?",
        "Is a drawing of a child illegal?",
        "Must teachers report deepfakes, is silence a crime?",
        "Who makes deepfakes?",
        "are nudify apps banned",  # no country of the corpus punishes that with imprisonment yet
        "how many deepfakes are illegal",
        "how long is a deepfake",
        "What was the penalty of the man who made deepfakes?",
        "What is the fine for deepfakes?",
        "What did the court say on deepfakes?",
        "Can kids be punished for making deepfakes?",
        "is it legal to make deepfakes with consent",
        "is it illegal not to tell people that it is AI",
        "Is AI illegal?",
        "is porn legal?",
        "Is it illegal to post pictures of my kids?",
        "is it legal?",
    ],
)
def test_a_place_a_law_or_a_particular_is_left_to_the_sentences(
    question: str, placeless: PlacelessLaw, reader: Reader
) -> None:
    assert placeless.find(reader.read(Question(question=question))) is None


def test_the_answer_says_that_it_depends_and_cites_every_row(assistant: Assistant) -> None:
    answer = assistant.invoke("are deepfakes illegal?")
    assert answer.outcome == "answered"
    assert answer.text.startswith(DEPENDS)
    assert answer.table is not None
    assert len(answer.table.citations) == len(answer.table.rows)
    assert {number for row in answer.table.citations for number in row} == {one.number for one in answer.sources}


@pytest.mark.parametrize("scope", [{"jurisdictions": ("DK",)}, {"as_of": "2015"}])
def test_a_country_or_a_day_of_the_scope_is_a_particular(scope: dict[str, object], assistant: Assistant) -> None:
    answer = assistant.invoke({"question": "are deepfakes illegal?", **scope})
    assert not answer.text.startswith(DEPENDS)


def test_a_follow_up_keeps_the_country_of_the_conversation(assistant: Assistant) -> None:
    asked = Question(question="is it illegal to share them?", history=("Are deepfakes illegal in Denmark?",))
    assert not assistant.invoke(asked).text.startswith(DEPENDS)
