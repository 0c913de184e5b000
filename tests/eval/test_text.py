import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.text import fold, found, table_rows, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("In  Force\n", "in force"),
        ("“Coco’s Law”", '"coco\'s law"'),
        ("2–5 years", "2-5 years"),
        ("Prison [1][2], then a fine [3].", "prison, then a fine."),
        ("Prison for 10 years.[^s1]", "prison for 10 years."),
        ("[2001] 1 SCR 45 [1]", "[2001] 1 scr 45"),
        ("**Max:** `10 years`", "max: 10 years"),
        ("## Holding\n- guilty", "holding guilty"),
        ("ver_batim _emphasis_", "ver_batim emphasis"),
    ],
)
def test_folding_keeps_only_what_changes_a_fact(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("10 Years", "up to 10 years", True),
        ("10 years", "up to 10 [1] years", True),
        ("12 years", "up to 10 years", False),
        (r"re:\b(10|ten)[- ]years?\b", "Ten‑year term", True),
        (r"re:\b(10|ten)[- ]years?\b", "110 years", False),
        ("re:2–5 years", "2-5 years", True),
        (r"re:\D{4} years", "full years", True),
    ],
)
def test_a_pattern_is_found(pattern: str, text: str, expected: bool) -> None:
    assert found(pattern, fold(text)) is expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Up to 10 years [1].", 4),
        ("| Land | Term |\n| --- | ---: |\n| Chile | 1 year [2] |", 5),
        ("# Answer\n\n- **yes** — so", 3),
    ],
)
def test_words_are_what_a_reader_reads(text: str, count: int) -> None:
    assert words(text) == count


def test_rows_of_every_table_are_read_without_their_headers() -> None:
    text = "Before\n\n| A | B |\n|---|---|\n| 1 [1] | 2 |\n\nThen\n\n| C |\n| --- |\n| 3 |"
    assert table_rows(text) == [["1 [1]", "2"], ["3"]]


@given(st.text())
def test_folding_twice_changes_nothing_more_for_words(text: str) -> None:
    assert words(text) >= 0
    assert fold(text) == " ".join(fold(text).split())
