"""A comparison is taken apart into one question for each of its subjects."""

import pytest

from rag.model import Question
from rag.understand import Reader


def _apart(reader: Reader, text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    understood = reader.read(Question(question=text))
    return [(part.jurisdictions, part.documents) for part in reader.apart(understood)]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Compare Denmark and Sweden on deepfakes", [(("DK",), ()), (("SE",), ())]),
        ("Is it stricter in Japan, Korea or Taiwan?", [(("JP",), ()), (("KR",), ()), (("TW",), ())]),
        ("Compare England with Scotland", [(("GB",), ()), (("GB-SCT",), ())]),
        ("Compare the UK and Ireland", [(("GB",), ()), (("IE",), ())]),
        (
            "Compare England, Scotland and Northern Ireland",
            [(("GB",), ()), (("GB-SCT",), ()), (("GB-NIR",), ())],
        ),
        ("Compare federal US law with Texas and Ohio", [(("US-TX",), ()), (("US-OH",), ())]),
        ("Texas vs Florida on deepfakes", [(("US-TX",), ()), (("US-FL",), ())]),
        ("Compare the DEFIANCE Act with the NO FAKES Act", [((), ("us-defiance-act",)), ((), ("us-no-fakes-act",))]),
        (
            "How does R v Sharpe differ from Osborne v. Ohio?",
            [((), ("ca-case-sharpe-2001",)), ((), ("us-osborne-v-ohio",))],
        ),
        ("Compare Coco's Law with Germany", [((), ("ie-harassment-harmful-communications-act-2020",)), (("DE",), ())]),
        ("What is the law in Denmark?", []),
        ("What does the DEFIANCE Act say in the United States?", []),
        ("What is the law in the UK?", []),
        ("What is the law on deepfakes?", []),
    ],
)
def test_subjects(reader: Reader, text: str, subjects: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    assert _apart(reader, text) == subjects


def test_each_part_leaves_out_the_words_for_the_others(reader: Reader) -> None:
    understood = reader.read(Question(question="Compare the penalty for possession in Denmark and in Sweden"))
    denmark, sweden = reader.apart(understood)
    assert "Sweden" not in denmark.question and "Denmark" in denmark.question
    assert "Denmark" not in sweden.question and "Sweden" in sweden.question
    assert not denmark.comparison and denmark.intent == understood.intent == "penalty"


def test_no_more_than_six_subjects(reader: Reader) -> None:
    text = "Compare Denmark, Sweden, Norway, Finland, Germany, France, Spain and Italy"
    assert len(_apart(reader, text)) == 6
