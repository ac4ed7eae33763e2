"""Splitting money never loses, invents or misplaces a fen."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lukou_market.kernel.money import split_by_weights, yuan

WEIGHTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=80)


@given(amount=st.integers(0, 10**12), weights=WEIGHTS, first=st.integers(0, 100))
def test_the_parts_sum_to_the_whole(amount: int, weights: list[int], first: int) -> None:
    assume(sum(weights) > 0)
    assert sum(split_by_weights(amount, weights, first=first)) == amount


@given(amount=st.integers(0, 10**9), weights=WEIGHTS, first=st.integers(0, 100))
def test_each_part_is_its_exact_share_rounded_up_or_down(
    amount: int, weights: list[int], first: int
) -> None:
    assume(sum(weights) > 0)
    parts = split_by_weights(amount, weights, first=first)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(amount * weight, sum(weights))) < 1


@given(weights=WEIGHTS, data=st.data())
def test_no_part_exceeds_its_weight_when_the_amount_does_not_exceed_their_sum(
    weights: list[int], data: st.DataObject
) -> None:
    assume(sum(weights) > 0)
    amount = data.draw(st.integers(0, sum(weights)))
    parts = split_by_weights(amount, weights)
    assert all(part <= weight for part, weight in zip(parts, weights, strict=True))


def test_the_odd_fen_goes_to_the_largest_remainder() -> None:
    assert split_by_weights(100, [3333, 3333, 3334]) == [33, 33, 34]
    assert split_by_weights(10, [6, 3, 1]) == [6, 3, 1]


def test_equal_remainders_are_served_from_the_given_party_on() -> None:
    assert split_by_weights(1, [1, 1, 1], first=0) == [1, 0, 0]
    assert split_by_weights(1, [1, 1, 1], first=2) == [0, 0, 1]
    assert split_by_weights(2, [1, 1, 1], first=2) == [1, 0, 1]


@pytest.mark.parametrize(("amount", "weights"), [(-1, [1]), (1, [-1, 2]), (1, [0, 0])])
def test_what_can_not_be_split_is_refused(amount: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"can't be negative|no party"):
        split_by_weights(amount, weights)


def test_nothing_splits_into_nothings() -> None:
    assert split_by_weights(0, [0, 0]) == [0, 0]


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (3990, "39.90"), (-5, "-0.05"), (763_800_000, "7,638,000.00")],
)
def test_yuan_are_written_with_two_decimals(fen: int, text: str) -> None:
    assert yuan(fen) == text
