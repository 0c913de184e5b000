"""Questions of a conversation: what is taken from before, what gives way, and what stands alone."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rag.model import Question, Understood
from rag.understand import Reader

KOREA = "What is the penalty for possessing a deepfake in Korea?"
OFFENCE = "What is the penalty under section 66E of the Sexual Offences Act in England?"
S66E = "gb-sexual-offences-act-2003-s66e-66f"
DEFIANCE = "What does the DEFIANCE Act say?"
ENGLAND = "Is sharing an intimate deepfake of an adult a crime in England and Wales?"


def _read(reader: Reader, *texts: str) -> Understood:
    return reader.read(Question(question=texts[-1], history=texts[:-1]))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # another place, the same matter
        ((ENGLAND, "and in Scotland?"), {"jurisdictions": ("GB-SCT",), "conduct": ("distribute",)}),
        ((ENGLAND, "What about Scotland?"), {"jurisdictions": ("GB-SCT",), "protects": ("adults",)}),
        ((ENGLAND, "scotland?"), {"jurisdictions": ("GB-SCT",), "conduct": ("distribute",)}),
        ((KOREA, "And Japan?"), {"jurisdictions": ("JP",), "conduct": ("possess",), "intent": "penalty"}),
        ((KOREA, "same for Denmark"), {"jurisdictions": ("DK",), "intent": "penalty"}),
        ((OFFENCE, "and in Ireland?"), {"jurisdictions": ("IE",), "documents": (), "intent": "penalty"}),
        # another conduct, the same place
        ((KOREA, "what about sharing?"), {"jurisdictions": ("KR",), "conduct": ("distribute",)}),
        ((ENGLAND, "what about possession?"), {"jurisdictions": ("GB",), "conduct": ("possess",)}),
        ((KOREA, "and for minors?"), {"jurisdictions": ("KR",), "protects": ("minors",), "intent": "penalty"}),
        ((ENGLAND, "and for minors?"), {"jurisdictions": ("GB",), "protects": ("minors",)}),
        # the same law
        ((DEFIANCE, "Is it in force?"), {"documents": ("us-defiance-act",), "intent": "status"}),
        ((DEFIANCE, "when did the bill pass the Senate?"), {"documents": ("us-defiance-act",), "intent": "date"}),
        ((OFFENCE, "since when?"), {"documents": (S66E,), "intent": "date"}),
        ((OFFENCE, "Is that offence in force already?"), {"documents": (S66E,), "intent": "status"}),
        ((OFFENCE, "who can be charged"), {"documents": (S66E,), "intent": "who"}),
        (("What did R v Sharpe decide?", "Did he go to prison?"), {"documents": ("ca-case-sharpe-2001",)}),
        # another law, the earlier one gives way
        (
            (DEFIANCE, "and the TAKE IT DOWN Act?"),
            {"documents": ("us-take-it-down-act-offences", "us-take-it-down-act-platforms")},
        ),
        # over several turns
        ((ENGLAND, "and in Scotland?", "and for minors?"), {"jurisdictions": ("GB-SCT",), "protects": ("minors",)}),
        ((DEFIANCE, "is it in force?", "who introduced it?"), {"documents": ("us-defiance-act",), "intent": "who"}),
        ((KOREA, "And Japan?", "what about sharing?"), {"jurisdictions": ("JP",), "conduct": ("distribute",)}),
    ],
)
def test_a_follow_up_is_completed(reader: Reader, texts: tuple[str, ...], expected: dict[str, object]) -> None:
    understood = _read(reader, *texts)
    assert {name: getattr(understood, name) for name in expected} == expected
    assert understood.last, "a joined question keeps the newest words apart"
    assert understood.last in understood.question


GENERATORS = "gb-crime-policing-act-2026-csa-image-generators"
NUDIFY = "gb-crime-policing-act-2026-intimate-images"


@pytest.mark.parametrize(
    ("texts", "documents"),
    [
        (("Is it illegal to own a model trained on abuse images of children in England?",), (GENERATORS,)),
        (("What is the penalty for supplying a nudify app in England?",), (GENERATORS, NUDIFY)),
        (("Are nudify apps banned in Minnesota?",), ("us-mn-stat-325e-91",)),
        (("Are nudify apps banned in Minnesota?", "and in California?"), ("us-ca-civil-code-1708-86",)),
        # no law of the place punishes it, or more than legality is asked, or a law is named
        (("Are nudify apps banned in Spain?",), ()),
        (("Who makes nudify apps in Minnesota?",), ()),
        (("Is sharing a deepfake illegal in England?",), ()),
        (("Is a nudify app illegal under section 66E of the Sexual Offences Act in England?",), (S66E,)),
    ],
)
def test_whether_a_tool_is_punished_means_the_laws_on_tools(
    reader: Reader, texts: tuple[str, ...], documents: tuple[str, ...]
) -> None:
    assert _read(reader, *texts).documents == documents


@pytest.mark.parametrize(
    ("texts", "subject"),
    [
        (("Is it an offence to possess a model fine-tuned for this in England?",), True),
        (("Are tools made for this banned?",), True),
        (("Is a model trained on this dataset legal?",), False),
        ((KOREA, "Is a tool made for this banned?"), False),
    ],
)
def test_what_a_tool_is_for_is_the_subject_where_nothing_was_said_before(
    reader: Reader, texts: tuple[str, ...], subject: bool
) -> None:
    assert ("sexual abuse images" in _read(reader, *texts).question) is subject


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((KOREA, "How many AI-related reports did NCMEC receive in the first half of 2025?"), {"jurisdictions": ()}),
        ((KOREA, "What does the Lanzarote Convention say about simulated images of children?"), {"conduct": ()}),
        (
            (DEFIANCE, "Is possession of AI-generated images of children a crime in Japan?"),
            {"documents": (), "jurisdictions": ("JP",)},
        ),
        (
            (ENGLAND, "What did the Supreme Court of Canada decide in R v Sharpe?"),
            {"documents": ("ca-case-sharpe-2001",)},
        ),
        (
            (OFFENCE, "Which platforms must remove intimate images in Australia after a notice?"),
            {"jurisdictions": ("AU",), "documents": ()},
        ),
    ],
)
def test_a_fresh_question_stands_alone(reader: Reader, texts: tuple[str, ...], expected: dict[str, object]) -> None:
    understood = _read(reader, *texts)
    assert understood.question == texts[-1]
    assert understood.last == ""
    assert {name: getattr(understood, name) for name in expected} == expected


def test_what_was_left_behind_does_not_draw_the_search(reader: Reader) -> None:
    assert "Korea" not in _read(reader, KOREA, "And Japan?").question


def test_an_unrelated_turn_breaks_the_thread(reader: Reader) -> None:
    asked = _read(reader, KOREA, "What does the Lanzarote Convention say about simulated images?", "is it in force?")
    assert asked.documents == ("int-coe-lanzarote-convention",)
    assert "KR" not in asked.jurisdictions


def test_without_history_nothing_is_joined(reader: Reader) -> None:
    assert _read(reader, "and in Scotland?").question == "and in Scotland?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "What is the penalty for possessing CSAM under 18 USC 2252A(b)(2)?",
            {
                "intent": "penalty",
                "conduct": ("possess",),
                "citations": ("18 USC 2252A(b)(2)",),
                "documents": ("us-18-usc-2252a",),
                "protects": ("minors",),
            },
        ),
        (
            "In 2023, was sharing a deepfake of an adult a crime in Texas?",
            {
                "dates": ("2023",),
                "jurisdictions": ("US-TX",),
                "conduct": ("distribute",),
                "protects": ("adults",),
                "intent": "yes-no",
            },
        ),
        (
            "compare denmark and sweden on deepfakes of adults",
            {"comparison": True, "jurisdictions": ("DK", "SE"), "protects": ("adults",)},
        ),
        ("What did Stanley v. Georgia decide?", {"documents": ("us-stanley-v-georgia",), "jurisdictions": ()}),
    ],
)
def test_a_question_as_a_whole(reader: Reader, text: str, expected: dict[str, object]) -> None:
    understood = _read(reader, text)
    assert {name: getattr(understood, name) for name in expected} == expected


@hypothesis_settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=3))
def test_any_text_can_be_read(reader: Reader, texts: list[str]) -> None:
    if not all(text.strip() for text in texts):
        return
    understood = reader.read(Question.model_construct(question=texts[-1], history=tuple(texts[:-1])))
    assert isinstance(understood, Understood)
    assert isinstance(reader.apart(understood), list)
