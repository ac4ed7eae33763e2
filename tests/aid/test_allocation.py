"""The benefit linkage conserves every fen, whatever is sold and refunded."""

from hypothesis import given
from hypothesis import strategies as st

from lukou_market.aid.allocation import Allocation, Line, Party


@st.composite
def lines(draw: st.DrawFn) -> Line:
    shares = draw(st.lists(st.integers(1, 400), max_size=24))
    households = [Party(bp, household=n + 1, income_kind="wage") for n, bp in enumerate(shares)]
    producer = Party(10_000 - sum(shares))
    return Line(
        id=draw(st.integers(1, 10**9)),
        producer=1,
        total_fen=draw(st.integers(1, 10**9)),
        parties=(producer, *households),
    )


ORDERS = st.lists(lines(), min_size=1, max_size=3)


@given(ORDERS)
def test_an_order_falls_to_its_parties_to_the_fen(order: list[Line]) -> None:
    allocation = Allocation(order)
    assert sum(allocation.shares_fen) == sum(line.total_fen for line in order)
    assert all(share >= 0 for share in allocation.shares_fen)


@given(order=ORDERS, data=st.data())
def test_refunds_take_from_each_no_more_than_it_holds_and_a_whole_one_leaves_nothing(
    order: list[Line], data: st.DataObject
) -> None:
    allocation = Allocation(order)
    left = sum(line.total_fen for line in order)
    while left:
        amount = data.draw(st.integers(1, left)) if data.draw(st.booleans()) else left
        parts = allocation.refund(amount)
        assert sum(parts) == amount
        assert all(part >= 0 for part in parts)
        left -= amount
        assert sum(allocation.held_fen) == left
        assert all(held >= 0 for held in allocation.held_fen)
    assert not any(allocation.held_fen)


@given(ORDERS)
def test_more_than_is_left_is_never_refunded(order: list[Line]) -> None:
    allocation = Allocation(order)
    held = list(allocation.held_fen)
    try:
        allocation.refund(sum(held) + 1)
    except ValueError:
        assert allocation.held_fen == held
    else:
        raise AssertionError("refunded more than was held")


def test_the_odd_fen_does_not_always_go_to_the_same_household() -> None:
    parties = (Party(7000), *(Party(1000, household=n) for n in (1, 2, 3)))
    lucky = set()
    for line_id in range(1, 9):
        shares = Allocation([Line(line_id, 1, 15, parties)]).shares_fen
        lucky.add(tuple(shares[1:]))
    assert len(lucky) > 1
