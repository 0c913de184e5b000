"""Plain questions for the meaning of a word of the field: explained from the digest of them, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Catalogue
from rag.assistant import Assistant
from rag.model import Question
from rag.terms import DIGEST, MAX_TERMS, Terms

# question -> the first words of the headings that explain it
PLAIN = {
    "what is sextortion": ["Sextortion"],
    "What does CSAM mean?": ["CSAM"],
    "what's a deep fake": ["Deepfake"],
    "hello, can you tell me what deepfakes are please?": ["Deepfake"],
    "define \u201cAI-generated CSAM\u201d": ["AI-generated CSAM"],
    "meaning of the term NCII": ["NCII"],
    "how does hash matching work": ["Hash matching"],
    "what are nudify apps?": ["Nudify app"],
    "CSAM vs. child pornography, what is the difference?": ["CSAM"],
    "What is the difference between revenge porn and image-based sexual abuse?": ["NCII", "Image-based sexual abuse"],
    "WHO IS A MINOR": ["Child"],
}
ELSEWHERE = [
    "deepfake",
    "hello",
    "what is it",
    "What is CSAM in Germany?",
    "What does the TAKE IT DOWN Act mean by deepfake?",
    "What was a deepfake in 2015?",
    "What is the penalty for sextortion?",
    "is sextortion a crime",
    "how many deepfakes are there",
    "What are sextortion, grooming and NCII?",
]


@pytest.fixture(scope="module")
def terms(catalogue: Catalogue) -> Terms:
    return Terms.of(catalogue)


@pytest.mark.parametrize(("question", "headings"), PLAIN.items(), ids=list(PLAIN))
def test_a_plain_question_for_a_meaning_finds_its_term(question: str, headings: list[str], terms: Terms) -> None:
    assert [heading.split(" \u2014 ")[0] for heading in terms.find(question)] == headings


@pytest.mark.parametrize("question", ELSEWHERE)
def test_a_question_for_more_than_a_meaning_does_not(question: str, terms: Terms) -> None:
    assert terms.find(question) == ()


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    Terms({}).find(text)


def test_a_corpus_without_the_digest_explains_no_terms(catalogue: Catalogue) -> None:
    rest = {name: one for name, one in catalogue.documents.items() if name != DIGEST}
    assert not Terms.of(Catalogue(catalogue.root, rest)).headings


@pytest.mark.parametrize("before", ["How many reports did NCMEC get?", "What does France punish?"])
def test_a_meaning_is_asked_anew_within_a_conversation(before: str, assistant: Assistant) -> None:
    asked = {"history": (before,)}
    assert assistant.invoke(Question(question="and what is sextortion?", **asked)).sources[0].document == DIGEST
    there = assistant.invoke(Question(question="and what is the penalty for it there?", **asked))
    assert DIGEST not in {source.document for source in there.sources}


@pytest.mark.parametrize("question", PLAIN)
def test_the_answer_is_of_the_digest_alone_and_each_sentence_is_cited(question: str, assistant: Assistant) -> None:
    answer = assistant.invoke(question)
    assert answer.outcome == "answered"
    assert {source.document for source in answer.sources} == {DIGEST}
    assert all(sentence.citations for sentence in answer.sentences)
    assert len(answer.sources) <= MAX_TERMS


def test_a_person_in_need_gets_help_and_no_meaning(assistant: Assistant) -> None:
    assert assistant.invoke("what is sextortion, someone wants money or he posts my pictures").outcome == "support"
