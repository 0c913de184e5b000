"""What a question asks for and the evidence lacks: one row a gap."""

import pytest

from rag.gaps import GAPS, gaps

COUNTED = ["The police recorded 90 complaints in 2024."]
JUDGED = ["Judge Maria Lopez imposed two years."]
BARE = ["The court imposed a sentence."]


@pytest.mark.parametrize(
    ("question", "near", "gap"),
    [
        ("how many complaints were there", BARE, "no_count"),
        ("number of complaints in Ohio", BARE, "no_count"),
        ("which judge sentenced him", BARE, "no_judge"),
        ("what is the name of the judge", BARE, "no_name"),
        ("who were the judges", ["A ruling came."], "no_judge"),
        ("how much did he pay in damages", BARE, "no_money"),
        ("the minimum term", ["It carries up to six years."], "no_minimum"),
        ("the maximum term", BARE, "no_term"),
        ("how many calls in 2025", ["It took 25,000 calls in 2022."], "year_missing"),
        ("was it reduced on appeal", BARE, "later_missing"),
        ("What did the court in Osaka say", BARE, "proper_missing"),
        ("how old was he", BARE, "no_age"),
        ("is a claim time-barred after a while", BARE, "no_limitation"),
        ("what is the highest fine", ["The fine is at least 500 euros."], "no_maximum"),
        ("what share of cases led to a conviction", BARE, "no_figure"),
        ("which university did he attend", BARE, "no_kind"),
    ],
)
def test_a_gap_is_seen(question: str, near: list[str], gap: str) -> None:
    assert gaps(question, near, near, [])[gap] == 1


@pytest.mark.parametrize(
    ("question", "near", "gap"),
    [
        ("how many complaints were there", COUNTED, "no_count"),
        ("how many complaints in 2024", COUNTED, "year_missing"),
        ("which judge sentenced him", JUDGED, "no_judge"),
        ("which judge sentenced him", JUDGED, "no_name"),
        ("how much was the fine", ["The fine was 500 euros."], "no_money"),
        ("the minimum term", ["It carries at least one year."], "no_minimum"),
        ("the maximum term", ["It carries up to six years."], "no_term"),
        ("was it reduced on appeal", ["The appeal was dismissed."], "later_missing"),
        ("how old was he", ["The 47-year-old man was fined."], "no_age"),
        ("is a claim time-barred after a while", ["The limitation period is ten years."], "no_limitation"),
        ("what is the highest fine", ["The fine is up to 500 euros."], "no_maximum"),
        ("what share of cases led to a conviction", ["A third of the cases led to a conviction."], "no_figure"),
        ("which university did he attend", ["He attended a university in Hong Kong."], "no_kind"),
        ("what is the law", BARE, "no_count"),
        ("what is the law", BARE, "no_name"),
    ],
)
def test_what_is_there_or_not_asked_is_no_gap(question: str, near: list[str], gap: str) -> None:
    assert gaps(question, near, near, [])[gap] == 0


def test_every_gap_has_a_figure() -> None:
    assert tuple(gaps("?", [], [], [])) == GAPS


def test_a_document_s_own_name_is_no_gap() -> None:
    found = gaps("What did the court in Osaka say", BARE, BARE, ["Osaka District Court, 2025"])
    assert found["proper_missing"] == 0
