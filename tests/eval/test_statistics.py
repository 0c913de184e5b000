import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.metrics import BY_NAME
from eval.statistics import difference, estimate

ACCURACY, F1, P50 = BY_NAME["accuracy"], BY_NAME["abstention_f1"], BY_NAME["latency_p50"]


def share(right: int, of: int) -> list[tuple[float, float] | None]:
    return [(1.0, 1.0)] * right + [(0.0, 1.0)] * (of - right)


def test_an_interval_is_about_as_wide_as_the_normal_one() -> None:
    found = estimate(ACCURACY, share(80, 100))
    assert found.value == 0.8
    assert found.n == 100
    half = 1.96 * math.sqrt(0.8 * 0.2 / 100)
    assert found.low == pytest.approx(0.8 - half, abs=0.02)
    assert found.high == pytest.approx(0.8 + half, abs=0.02)


def test_more_items_give_a_narrower_interval() -> None:
    wide, narrow = estimate(ACCURACY, share(8, 10)), estimate(ACCURACY, share(800, 1000))
    assert narrow.high - narrow.low < (wide.high - wide.low) / 3


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(20, 20, 0.8316, 1.0), (0, 20, 0.0, 0.1684), (1, 1, 0.025, 1.0)],
)
def test_all_alike_gets_the_exact_binomial_interval(right: int, of: int, low: float, high: float) -> None:
    found = estimate(ACCURACY, share(right, of))
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_silence_is_left_out_and_nothing_is_no_figure() -> None:
    assert estimate(ACCURACY, [*share(1, 2), None, None]).n == 2
    nothing = estimate(ACCURACY, [None])
    assert nothing.n == 0
    assert math.isnan(nothing.value)


def test_a_ratio_is_the_sum_over_the_sum() -> None:
    found = estimate(F1, [(2.0, 2.0), (2.0, 2.0), (0.0, 1.0), (0.0, 1.0)])
    assert found.value == 4 / 6
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_same_scores_give_the_same_interval_every_time() -> None:
    assert estimate(P50, [(float(ms), 1.0) for ms in range(50)]) == estimate(
        P50, [(float(ms), 1.0) for ms in range(50)]
    )


@settings(max_examples=20, deadline=None)
@given(st.lists(st.booleans(), min_size=3, max_size=40))
def test_the_figure_lies_in_its_interval(right: list[bool]) -> None:
    found = estimate(ACCURACY, [(float(one), 1.0) for one in right])
    assert 0 <= found.low <= found.value <= found.high <= 1


def exact_p(a: list[float], b: list[float]) -> float:
    """Enumerate every swap of pairs."""
    gaps = np.array(b) - np.array(a)
    signs = np.array(np.meshgrid(*[[-1, 1]] * len(gaps))).reshape(len(gaps), -1).T
    return float((np.abs(signs @ gaps) >= abs(gaps.sum()) - 1e-12).mean())


@pytest.mark.parametrize(
    ("a", "b"),
    [([0, 0, 0, 0, 0, 1], [1, 1, 1, 1, 1, 1]), ([1, 0, 1, 0, 1, 1, 0], [0, 1, 1, 1, 1, 1, 1])],
)
def test_the_randomisation_test_agrees_with_enumeration(a: list[float], b: list[float]) -> None:
    found = difference(ACCURACY, [(x, 1.0) for x in a], [(x, 1.0) for x in b])
    assert found.p == pytest.approx(exact_p(a, b))
    assert found.value == pytest.approx(np.mean(b) - np.mean(a))
    assert found.low <= found.value <= found.high


def test_no_difference_is_no_evidence() -> None:
    found = difference(ACCURACY, share(5, 9), share(5, 9))
    assert (found.value, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


def test_a_clear_difference_is_unlikely_to_be_chance() -> None:
    found = difference(ACCURACY, share(40, 100), share(70, 100))
    assert found.p < 0.001
    assert found.low > 0.15


def test_percentiles_and_one_sided_silence_can_be_compared() -> None:
    slow: list[tuple[float, float] | None] = [(float(ms), 1.0) for ms in range(50, 90)]
    fast: list[tuple[float, float] | None] = [None, *((float(ms), 1.0) for ms in range(1, 40))]
    found = difference(P50, slow, fast)
    assert found.value == 20 - 69.5
    assert found.p < 0.01
    assert math.isnan(difference(P50, slow, [None] * 40).p)
