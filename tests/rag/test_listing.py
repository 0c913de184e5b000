"""Questions for a list are read as queries of the front matter, and answered with a table of all that fits."""

from collections.abc import Callable

import pytest

from corpus import Catalogue
from corpus.model import Document
from rag.assistant import Assistant
from rag.listing import Listing, Lists
from rag.model import Question
from rag.tables import LISTED, LISTED_CASES, MAX_LISTED, list_table
from rag.understand import Reader


@pytest.fixture(scope="module")
def lists(catalogue: Catalogue) -> Lists:
    return Lists(catalogue)


@pytest.fixture(scope="module")
def reader(catalogue: Catalogue) -> Reader:
    return Reader(catalogue.documents.values())


# question -> (what is listed, what is true of each document of the list, how many there are at least)
LISTS: dict[str, tuple[str, Callable[[Document], bool], int]] = {
    "Which countries punish possession of AI-generated child abuse material?": (
        "laws",
        lambda one: "possess" in one.conduct and one.protects != "adults" and one.jurisdiction == one.country,
        20,
    ),
    "Which US states have banned sexual deepfakes of adults?": (
        "laws",
        lambda one: one.jurisdiction.startswith("US-") and one.protects in {"adults", "any"} and one.is_law,
        10,
    ),
    "which states ban ai child porn": ("laws", lambda one: one.jurisdiction.startswith("US-"), 10),
    "Which EU member states punish making deepfakes?": (
        "laws",
        lambda one: (
            one.country in {"AT", "DE", "DK", "FR", "ES", "IT", "IE", "NL", "PL", "CZ", "SE", "BE", "FI", "PT", "GR"}
        ),
        3,
    ),
    "What bills on deepfakes are pending in the United States?": ("bills", lambda one: one.status == "pending", 3),
    "Which laws on deepfakes have lapsed or been repealed?": (
        "laws",
        lambda one: one.status in {"repealed", "lapsed", "struck-down"},
        0,
    ),
    "List the cases on deepfakes in South Korea": (
        "decisions",
        lambda one: one.kind == "case" and one.country == "KR",
        4,
    ),
    "show me cases since 2025 where someone was convicted over AI child abuse images": (
        "decisions",
        lambda one: one.outcome == "convicted" and max(one.dates.values()) >= "2025",
        5,
    ),
    "Which treaties cover synthetic child abuse material?": ("treaties", lambda one: one.kind == "treaty", 3),
    "Which countries punish threatening to share deepfakes?": ("laws", lambda one: "threaten" in one.conduct, 5),
    "Which countries plan to ban nudify apps?": ("bills", lambda one: one.status == "pending", 0),
    "What laws does Japan have on child abuse images?": ("laws", lambda one: one.country == "JP", 2),
}

NO_LIST = [
    "Which countries are there?",  # nothing narrows it
    "How many states are there in Australia?",
    "How many prosecutions over AI images of children were there in 2024?",  # a fact of the world
    "Which state's top court threw out the convictions of a photographer?",
    "Which acts with AI-made abuse pictures did UNICEF want to be punished?",
    "Compare the laws of Japan and Korea on possession",  # a comparison has its own table
    "What is the penalty for possession in Norway?",
    # conditions that no field holds
    "Which countries do not criminalise possession of AI-generated CSAM?",
    "Which states have no law against deepfake porn?",
    "Which countries don't punish nudify apps?",
    "Which countries make possession of AI images of children legal?",
    "List cases where the defendant was not convicted of making AI CSAM",
    "Which countries require platforms to remove deepfakes within 48 hours?",
    "Which countries punish sharing deepfakes with more than 10 years?",
    "Which country list has the highest penalty for sharing deepfakes? Which laws?",
    "What precedents say possession of AI CSAM is protected by free speech?",
    "List bills that became law on deepfakes",
]


@pytest.mark.parametrize("question", LISTS)
def test_a_list_holds_what_fits_and_nothing_else(question: str, lists: Lists, reader: Reader) -> None:
    noun, fits, least = LISTS[question]
    found = lists.find(reader.read(Question(question=question)))
    if found is None:
        assert least == 0
        return
    assert found.noun == noun
    assert len(found.documents) >= least
    assert [one.id for one in found.documents if not fits(one)] == []


@pytest.mark.parametrize("question", NO_LIST)
def test_other_questions_get_none(question: str, lists: Lists, reader: Reader) -> None:
    assert lists.find(reader.read(Question(question=question))) is None


def test_a_list_asked_later_in_a_conversation_stands_by_itself(assistant: Assistant) -> None:
    question = "Which countries have banned nudify apps?"
    alone = assistant.invoke(question)
    later = assistant.invoke({"question": question, "history": ["What would the DEFIANCE Act give victims?"]})
    assert alone.table and later.table == alone.table


def test_on_an_earlier_day_later_laws_are_left_out(lists: Lists, reader: Reader) -> None:
    asked = reader.read(Question(question="Which US states punish sexual deepfakes?"))
    now, then = lists.find(asked), lists.find(asked, "2022")
    assert now
    assert then is None or len(then.documents) < len(now.documents)


def test_the_term_is_that_of_the_act(lists: Lists, reader: Reader) -> None:
    question = "Which countries punish possession of AI-generated child abuse images?"
    found = lists.find(reader.read(Question(question=question)))
    assert found and found.conduct == ("possess",)
    rows = {row[0]: row for row in list_table(found)[0].rows}
    austria = next(row for citation, row in rows.items() if "207a" in citation)
    assert austria[LISTED.index("Prison")] == "up to 3 years"


def test_a_list_of_an_earlier_day_says_how_each_stood_then(lists: Lists, reader: Reader) -> None:
    bills = lists.find(reader.read(Question(question="What bills on deepfakes are pending?")), "2024-06")
    assert bills and set(bills.statuses) == {"pending on 2024-06"}
    laws = lists.find(
        reader.read(Question(question="Which countries punish possession of child abuse images?")), "2019"
    )
    assert laws
    table, _ = list_table(laws)
    then = dict(zip(laws.statuses, table.rows, strict=False))
    assert then["earlier-text on 2019"][LISTED.index("Prison")] == ""


def test_a_list_of_cases_tells_outcome_and_suspension(catalogue: Catalogue) -> None:
    case = catalogue.documents["fr-coutances-2025"]
    table, _ = list_table(Listing((case,), (case.status,), "decisions", (), ()))
    assert table.columns == LISTED_CASES
    assert table.rows[0][LISTED_CASES.index("Outcome")] == case.outcome
    assert "suspended" in table.rows[0][LISTED_CASES.index("Imposed")]


def test_the_answer_counts_them_and_cites_each_row(assistant: Assistant) -> None:
    answer = assistant.invoke("Which countries punish possession of AI-generated child abuse material?")
    assert answer.table
    assert answer.table.columns == LISTED
    assert len(answer.table.rows) == MAX_LISTED
    assert f"the first {MAX_LISTED} by jurisdiction are shown" in answer.text
    assert answer.prose and len(answer.prose.split()) <= 160
    by_number = {source.number: source.document for source in answer.sources}
    cited = [by_number[number] for (number,) in answer.table.citations]
    assert len(set(cited)) == MAX_LISTED
