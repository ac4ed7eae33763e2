"""Weights as people read them."""

import pytest

from lukou_market.kernel.weight import jin, kilograms, price_per_jin_fen


@pytest.mark.parametrize(
    ("grams", "kg", "in_jin"),
    [
        (2500, "2.5", "5"),
        (250, "0.25", "0.5"),
        (3_000_000, "3,000", "6,000"),
        (1, "0.001", "0.002"),
    ],
)
def test_grams_are_shown_in_kilograms_and_jin(grams: int, kg: str, in_jin: str) -> None:
    assert (kilograms(grams), jin(grams)) == (kg, in_jin)


@pytest.mark.parametrize(
    ("price_fen", "weight_g", "per_jin_fen"), [(3990, 2500, 798), (100, 1500, 33), (100, 600, 83)]
)
def test_the_price_of_a_jin_is_rounded_to_the_nearest_fen(
    price_fen: int, weight_g: int, per_jin_fen: int
) -> None:
    assert price_per_jin_fen(price_fen, weight_g) == per_jin_fen
