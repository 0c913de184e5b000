"""When an answer begins with "Yes.", "No." or "It depends.", and when it must not."""

import pytest

from corpus import Catalogue
from rag.assistant import Assistant
from rag.model import Question
from rag.understand import Reader
from rag.verdict import verdict

SAYS = "It is an offence."
FIRST = "gb-sexual-offences-act-2003-s66e-66f"


@pytest.fixture(scope="module")
def reader(catalogue: Catalogue) -> Reader:
    return Reader(catalogue.documents.values())


def _verdict(catalogue: Catalogue, reader: Reader, text: str, document: str, first: str = SAYS) -> str:
    return verdict(catalogue, reader.read(Question(question=text)), [catalogue.documents[document]], first)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Is creating a sexual deepfake of an adult an offence in England?", "Yes."),
        ("Is it illegal to create a deepfake nude of a woman in England?", "Yes."),
        ("Is it legal to create a deepfake nude of a woman in England?", "No."),
        ("Is creating and sharing a deepfake of an adult a crime in England?", ""),
        ("Is creating a deepfake of an adult a crime?", ""),
        ("Is creating a deepfake a crime in England?", ""),
        ("Is creating a deepfake of an adult not a crime in England?", ""),
        ("Is creating a deepfake of an adult a crime in England or in Ireland?", ""),
        ("What is the penalty for creating a deepfake of an adult in England?", ""),
        ("When did creating a deepfake of an adult become a crime in England?", ""),
    ],
)
def test_a_word_stands_only_for_one_act_in_one_place(
    catalogue: Catalogue, reader: Reader, text: str, word: str
) -> None:
    assert _verdict(catalogue, reader, text, FIRST) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Is it an offence to possess AI child abuse images in England?", "Yes."),
        ("Is it an offence to possess a model fine-tuned for child abuse images in England?", ""),
    ],
)
def test_of_a_model_the_law_on_images_says_nothing(catalogue: Catalogue, reader: Reader, text: str, word: str) -> None:
    assert _verdict(catalogue, reader, text, "gb-criminal-justice-act-1988-s160") == word


def test_a_law_cited_elsewhere_carries_no_word(catalogue: Catalogue, reader: Reader) -> None:
    text = "Is creating a sexual deepfake of an adult an offence in England?"
    assert _verdict(catalogue, reader, text, "us-18-usc-2252a") == ""


def test_a_sentence_that_limits_speaks_for_itself(catalogue: Catalogue, reader: Reader) -> None:
    text = "Is creating a sexual deepfake of an adult an offence in England?"
    assert _verdict(catalogue, reader, text, FIRST, "Only the creation without consent is an offence.") == ""


def test_before_the_law_there_is_no_yes(catalogue: Catalogue, reader: Reader) -> None:
    text = "Was creating a sexual deepfake of an adult an offence in England in 2015?"
    assert _verdict(catalogue, reader, text, FIRST) != "Yes."


def test_silence_is_never_a_no(catalogue: Catalogue, reader: Reader) -> None:
    for code in ("DK", "FR", "BR", "KE", "PH"):
        name = {"DK": "Denmark", "FR": "France", "BR": "Brazil", "KE": "Kenya", "PH": "the Philippines"}[code]
        for act in ("requesting", "threatening to share", "possessing"):
            text = f"Is {act} a deepfake of an adult a crime in {name}?"
            assert _verdict(catalogue, reader, text, FIRST) in {"", "Yes.", "It depends."}


def test_the_word_leads_the_answer(assistant: Assistant) -> None:
    answer = assistant.invoke("Is creating a sexual deepfake of an adult an offence in England?")
    assert answer.text.startswith("Yes.\n")
    assert answer.sentences[0].text in answer.text
