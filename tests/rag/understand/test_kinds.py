"""What kind of answer is wanted, which conduct, whom it protects, which days."""

import pytest

from corpus.vocabulary import CONDUCT
from rag.understand.kinds import INTENTS, is_comparison, read_conduct, read_dates, read_intent, read_protects


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("in 2023", ["2023"]),
        ("before the 2024 amendment", ["2024"]),
        ("on 3 March 2025", ["2025-03-03"]),
        ("on March 3, 2025", ["2025-03-03"]),
        ("on 3rd of March 2025", ["2025-03-03"]),
        ("on the 21st March, 2025", ["2025-03-21"]),
        ("since May 2024", ["2024-05"]),
        ("since may 2024", ["2024-05"]),
        ("in Sept. 2024", ["2024-09"]),
        ("2025-02-06", ["2025-02-06"]),
        ("in 2025-02", ["2025-02"]),
        ("between 2019 and 2023", ["2019", "2023"]),
        ("2019-2023", []),
        ("in 2023, then again in 2023", ["2023"]),
        ("on 99 March 2025", ["2025-03"]),
        ("Directive 2011/93/EU", []),
        ("18 U.S.C. § 2056", []),
        ("is it legal today?", []),
        ("may I ask", []),
        ("at the end of 2024.", ["2024"]),
        ("12 dec 2024", ["2024-12-12"]),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert read_dates(text) == dates


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What is the penalty for possession in Korea?", "penalty"),
        ("How long can you go to prison for it?", "penalty"),
        ("how many years in jail", "penalty"),
        ("What does he face?", "penalty"),
        ("what is the maximum fine", "penalty"),
        ("Is it illegal to own a fine-tuned model?", "yes-no"),
        ("Is the Online Safety Act in force?", "status"),
        ("is it still law?", "status"),
        ("Has the DEFIANCE Act passed?", "status"),
        ("did the bill pass", "status"),
        ("When did it take effect?", "date"),
        ("since when is it a crime", "date"),
        ("Which year was it passed?", "date"),
        ("How many reports did NCMEC get?", "number"),
        ("what share of teens", "number"),
        ("How is child pornography defined?", "definition"),
        ("what counts as an intimate image", "definition"),
        ("What does identifiable minor mean?", "definition"),
        ("Who decided the case?", "who"),
        ("Which court convicted him?", "who"),
        ("What did the court hold in Sharpe?", "precedent"),
        ("Are there any precedents?", "precedent"),
        ("Which countries ban nudify apps?", "list"),
        ("List the laws of Japan", "list"),
        ("Where can I get help in Spain?", "help"),
        ("who can I turn to", "help"),
        ("is there a helpline", "help"),
        ("Is possession illegal in Japan?", "yes-no"),
        ("Does it cover cartoons?", "yes-no"),
        ("and does it cover cartoons?", "yes-no"),
        ("What must platforms do?", "fact"),
        ("", "fact"),
    ],
)
def test_intent(text: str, intent: str) -> None:
    assert read_intent(text) == intent


def test_every_intent_is_in_the_table() -> None:
    assert len({intent for intent, _ in INTENTS}) == len(INTENTS)


@pytest.mark.parametrize(
    ("text", "conduct"),
    [
        ("creating a deepfake", {"produce"}),
        ("who makes them", {"produce"}),
        ("is possession illegal?", {"possess"}),
        ("possessing it", {"possess"}),
        ("downloading a picture", {"possess"}),
        ("is viewing it a crime", {"access"}),
        ("accessing such a site", {"access", "platform-duty"}),
        ("sharing an image", {"distribute"}),
        ("he shared it", {"distribute"}),
        ("posting it online", {"distribute"}),
        ("the distribution of images", {"distribute"}),
        ("advertising it", {"advertise"}),
        ("requesting a deepfake", {"request"}),
        ("threatening to publish", {"threaten", "distribute"}),
        ("sextortion", {"threaten"}),
        ("blackmail", {"threaten"}),
        ("soliciting a minor", {"solicit"}),
        ("pandering", {"solicit"}),
        ("a nudify app", {"provide-tools"}),
        ("training an AI", {"train-model"}),
        ("must platforms remove it", {"platform-duty"}),
        ("watermarks", {"labelling-duty"}),
        ("is mandatory reporting required", {"reporting-duty"}),
        ("can I sue?", {"civil-remedy"}),
        ("a claim for damages", {"civil-remedy"}),
        ("sentencing guidelines", {"sentencing"}),
        ("how is it defined", {"definition"}),
        ("victim support", {"victim-support"}),
        ("the weather", set()),
        ("the homemade cake", set()),
        ("a stool", set()),
    ],
)
def test_conduct(text: str, conduct: set[str]) -> None:
    assert set(read_conduct(text)) == conduct


def test_conduct_is_the_vocabulary_of_the_front_matter() -> None:
    every = (
        "create possess view share advertise request threat solicit app train platform label must report sue "
        "guideline define help"
    )
    found = read_conduct(every)
    assert len(found) >= 16 and set(found) <= set(CONDUCT)


@pytest.mark.parametrize(
    ("text", "protects"),
    [
        ("images of children", ["minors"]),
        ("a minor", ["minors"]),
        ("a 15 year old girl", ["minors"]),
        ("CSAM", ["minors"]),
        ("csem", ["minors"]),
        ("teenagers", ["minors"]),
        ("classmates", ["minors"]),
        ("IIOC", ["minors"]),
        ("of adults", ["adults"]),
        ("a woman", ["adults"]),
        ("NCII", ["adults"]),
        ("revenge porn", ["adults"]),
        ("my ex", ["adults"]),
        ("adults and children", ["minors", "adults"]),
        ("a deepfake", []),
        ("an image of a person", []),
        ("example", []),
    ],
)
def test_protects(text: str, protects: list[str]) -> None:
    assert read_protects(text) == protects


@pytest.mark.parametrize(
    ("text", "compares"),
    [
        ("Compare Denmark and Sweden", True),
        ("compared with Ireland", True),
        ("How does Korea differ from Japan?", True),
        ("the difference between section 66E and 66B", True),
        ("Korea vs Japan", True),
        ("Korea vs. Japan", True),
        ("Texas versus Florida", True),
        ("Which is stricter, Scotland or England?", True),
        ("is the maximum higher in Texas or in Ohio", True),
        ("Do both Texas and Florida ban it?", True),
        ("Which has longer prison terms, Korea or Japan?", True),
        ("What is the law in Denmark?", False),
        ("Is it illegal?", False),
        ("Stanley v. Georgia", False),
    ],
)
def test_comparison(text: str, compares: bool) -> None:
    assert is_comparison(text) is compares
