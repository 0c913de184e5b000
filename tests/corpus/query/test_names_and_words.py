"""Citations to ids, jurisdictions by name, and terms in words."""

import pytest

from corpus import Catalogue, Penalty, SentenceImposed, UnknownValueError
from corpus.query import code_of, laws_named
from corpus.query.names import LawNames, tokens
from corpus.query.words import is_life, months_in_words, prison_in_words, sentence_in_words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("us-18-usc-1466a", ("us-18-usc-1466a",)),
        ("18 U.S.C. § 1466A", ("us-18-usc-1466a",)),
        ("18 USC 1466a", ("us-18-usc-1466a",)),
        ("18 U.S.C. § 1466A(b)(1)", ("us-18-usc-1466a",)),
        ("18 U.S.C. § 2259A", ("us-18-usc-2259",)),
        ("18 U.S.C. § 2252", ("us-18-usc-2252",)),
        ("18 U.S.C. § 2252A", ("us-18-usc-2252a",)),
        ("Protection of Children Act 1978", ("gb-protection-of-children-act-1978",)),
        ("APCY", ("kr-apcy-art-11",)),
        ("아청법", ("kr-apcy-art-11",)),
        ("§ 184b StGB", ("de-stgb-184b-184c",)),
        ("DSA", ("eu-dsa",)),
    ],
)
def test_laws_named(catalogue: Catalogue, name: str, expected: tuple[str, ...]) -> None:
    assert laws_named(catalogue, name) == expected


def test_every_law_is_found_by_its_citation(catalogue: Catalogue) -> None:
    names = LawNames(catalogue)
    for law in (document for document in catalogue.documents.values() if document.is_law):
        assert law.id in names.find(law.citation)


@pytest.mark.parametrize("name", ["18 U.S.C. § 9999", "", "§", "kr-busan-district-court-2023-ai-images", "the Act of"])
def test_an_unknown_law_is_told(catalogue: Catalogue, name: str) -> None:
    with pytest.raises(UnknownValueError, match="Unknown law"):
        laws_named(catalogue, name)


def test_tokens_fold_dots_signs_and_case() -> None:
    assert tokens("18 U.S.C. §§ 2259, 2259A") == ("18", "usc", "2259", "2259a")
    assert tokens("Art. 22-5") == ("22-5",)


@pytest.mark.parametrize(
    ("name", "code"),
    [("KR", "KR"), ("kr", "KR"), ("South Korea", "KR"), ("us-ca", "US-CA"), ("eu", "EU"), (" Germany ", "DE")],
)
def test_code_of(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize("name", ["XX", "Atlantis", ""])
def test_an_unknown_jurisdiction_is_told(name: str) -> None:
    with pytest.raises(UnknownValueError, match="Unknown jurisdiction"):
        code_of(name)


@pytest.mark.parametrize(
    ("months", "words"),
    [(0.5, "15 days"), (1, "1 month"), (12, "1 year"), (30, "2 years 6 months"), (1620, "135 years"), (0, "0 months")],
)
def test_months_in_words(months: float, words: str) -> None:
    assert months_in_words(months) == words


@pytest.mark.parametrize(
    ("penalty", "words"),
    [
        ({"prison_years_min": 5, "prison_years_max": 20}, "5 to 20 years"),
        ({"prison_years_min": 0, "prison_years_max": 10}, "up to 10 years"),
        ({"prison_years_max": 0.5}, "up to 6 months"),
        ({"prison_years_min": 0.33, "prison_years_max": 1}, "4 months to 1 year"),
        ({"prison_years_min": 1}, "at least 1 year"),
        ({"prison_years_min": 5, "life": True}, "5 years to life"),
        ({"life": True}, "up to life"),
        ({"fine": "a fine"}, ""),
    ],
)
def test_prison_in_words(penalty: dict[str, object], words: str) -> None:
    assert prison_in_words(Penalty.model_validate({"conduct": ["possess"], **penalty})) == words


@pytest.mark.parametrize(
    ("sentence", "words", "life"),
    [
        ({"prison_months": 30, "suspended": False}, "2 years 6 months of imprisonment", False),
        ({"prison_months": 24, "suspended": True}, "2 years of imprisonment, suspended", False),
        ({"fine": "200 pounds", "other": "community order"}, "fine 200 pounds; community order", False),
        ({"other": "life imprisonment for the leader"}, "life imprisonment for the leader", True),
        ({"other": "sex offender notification for life"}, "sex offender notification for life", False),
        ({}, "", False),
    ],
)
def test_sentence_in_words(sentence: dict[str, object], words: str, life: bool) -> None:
    imposed = SentenceImposed.model_validate(sentence)
    assert (sentence_in_words(imposed), is_life(imposed)) == (words, life)
