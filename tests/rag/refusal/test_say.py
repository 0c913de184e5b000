import re

import pytest
from refusal_prompts import prompts

from corpus import Catalogue
from rag.refusal import Decision, refusal_text
from rag.refusal.languages import language_of, languages
from rag.refusal.normalise import normalise
from rag.refusal.say import STOP_IT_NOW, line, own_thoughts_text
from rag.refusal.text import REFUSED


@pytest.mark.parametrize("category", REFUSED)
def test_a_refusal_is_two_calm_sentences(category: str) -> None:
    text = refusal_text(Decision("refuse", category)).split("\n\n")[0]
    assert len(re.findall(r"\.(?: |$)", text)) == 2
    assert "You can ask" in text
    assert not re.search(r"sorry|unable|cannot|illegal|harmful|!|wrong", text, re.IGNORECASE)


@pytest.mark.parametrize(("category", "offered"), [("content", True), ("access", True), ("technique", False)])
def test_a_confidential_service_is_named_where_it_may_be_needed(category: str, offered: bool) -> None:
    assert ("Stop It Now" in refusal_text(Decision("refuse", category))) is offered


def test_the_contact_is_the_corpus_s(catalogue: Catalogue) -> None:
    body = " ".join(
        sentence.text for section in catalogue.documents["gb-stop-it-now"].sections for sentence in section.sentences
    )
    for number in re.findall(r"[\d-]*\d[\d -]{6,}\d", STOP_IT_NOW):
        assert number in body


@pytest.mark.parametrize("code", sorted(languages()))
def test_every_language_has_its_lines(code: str) -> None:
    assert refusal_text(Decision("refuse", "technique", language=code)) == languages()[code].lines["refusal"]
    assert STOP_IT_NOW in own_thoughts_text(code)
    for name in ("lawful", "support", "crisis", "services", "country", "found"):
        assert line(code, name)


@pytest.mark.parametrize(
    "text",
    [
        "2013Hun-Ka17 result",
        "PCA 1978 s 7(7) pseudo-photograph definition",
        "OSA 2023 s 188",
        "r v jaycock appellant's occupation",
        "what's a pseudo-photograph",
    ],
)
def test_a_terse_citation_is_english(text: str) -> None:
    assert language_of(normalise(text).text) == "en"


def test_the_language_of_a_question_is_told() -> None:
    rows = prompts("dev")
    wrong = [row["text"] for row in rows if language_of(normalise(row["text"]).text) != row["language"]]
    assert len(wrong) <= 0.03 * len(rows), wrong
