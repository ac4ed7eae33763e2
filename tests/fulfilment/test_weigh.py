import pytest
from hypothesis import given
from hypothesis import strategies as st

from lukou_market.fulfilment.weigh import lighter_fen, lightest_g


@pytest.mark.parametrize(
    ("packed_g", "fen"), [(5000, 0), (5001, 0), (9999, 0), (4900, 160), (4999, 2), (4500, 798)]
)
def test_two_per_cent_less_costs_two_per_cent_less(packed_g: int, fen: int) -> None:
    assert lighter_fen(7980, ordered_g=5000, packed_g=packed_g) == fen


@given(
    price_fen=st.integers(1, 10**9),
    ordered_g=st.integers(1, 10**7),
    packed_g=st.integers(1, 2 * 10**7),
)
def test_nobody_pays_for_a_gram_not_sent_nor_gets_a_fen_too_much(
    price_fen: int, ordered_g: int, packed_g: int
) -> None:
    fen = lighter_fen(price_fen, ordered_g=ordered_g, packed_g=packed_g)
    missing_g = max(ordered_g - packed_g, 0)
    assert fen * ordered_g >= price_fen * missing_g or fen == price_fen - 1
    assert (fen - 1) * ordered_g < price_fen * missing_g or fen == 0
    assert 0 <= fen < price_fen


@given(ordered_g=st.integers(1, 10**7), tolerance_bp=st.integers(0, 9999))
def test_what_may_be_sent_is_never_below_the_tolerance(ordered_g: int, tolerance_bp: int) -> None:
    least_g = lightest_g(ordered_g, tolerance_bp)
    assert least_g * 10_000 >= ordered_g * (10_000 - tolerance_bp) > (least_g - 1) * 10_000
