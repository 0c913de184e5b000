"""The query string of a shared address: what it gives, and what it says of values that do not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import PinciteError
from ui.web.params import MAX_LENGTH, MAX_VALUES, Params

GIVEN = Params([("jurisdiction", "GB"), ("jurisdiction", "US-CA"), ("min_months", " 60 "), ("to", ""), ("law", "§ 1")])


def test_values_come_in_their_order_and_empty_ones_count_as_absent() -> None:
    assert GIVEN.many("jurisdiction") == ("GB", "US-CA")
    assert GIVEN.number("min_months") == 60
    assert GIVEN.one("to") is None


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("colour", "red")], r"Unknown filter in the address 'colour'. Allowed: jurisdiction, min_months\."),
        ([("jurisdiction", "GB")] * (MAX_VALUES + 1), "more than 200 values"),
        ([("jurisdiction", "G" * (MAX_LENGTH + 1))], "longer than 500"),
    ],
)
def test_names_and_sizes_are_checked(pairs: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(PinciteError, match=message):
        Params(pairs).check(("jurisdiction", "min_months"))


@pytest.mark.parametrize("value", ["sixty", "nan", "inf", "1e400", "6 0"])
def test_a_number_that_is_none_is_told(value: str) -> None:
    with pytest.raises(PinciteError, match="is not a number"):
        Params([("min_months", value)]).number("min_months")


@pytest.mark.parametrize(("value", "meaning"), [("yes", True), ("no", False)])
def test_yes_and_no(value: str, meaning: bool) -> None:
    assert Params([("suspended", value)]).choice("suspended") is meaning


def test_anything_else_than_yes_and_no_is_told() -> None:
    with pytest.raises(PinciteError, match="Allowed: no, yes"):
        Params([("suspended", "perhaps")]).choice("suspended")


def test_an_address_is_written_anew_without_a_value() -> None:
    assert GIVEN.without("jurisdiction", "GB") == "jurisdiction=US-CA&min_months=60&law=%C2%A7+1"
    assert GIVEN.query(min_months=None, format="csv") == "jurisdiction=GB&jurisdiction=US-CA&law=%C2%A7+1&format=csv"


@given(st.lists(st.tuples(st.sampled_from(["text", "min_months", "suspended"]), st.text())))
def test_whatever_is_typed_only_calm_errors_come(pairs: list[tuple[str, str]]) -> None:
    params = Params(pairs)
    for read in (params.number, params.choice, params.one, params.many):
        for name in ("text", "min_months", "suspended"):
            try:
                read(name)
            except PinciteError as error:
                assert error.hint
