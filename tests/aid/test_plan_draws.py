"""Lines draw on lots in picking order, never on more than was brought."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lukou_market.aid.plan_draws import Need, Supply, plan_draws

PRODUCTS = st.integers(1, 2)


@st.composite
def needs(draw: st.DrawFn) -> list[Need]:
    """Orders of one to three lines."""
    sizes = draw(st.lists(st.integers(1, 3), max_size=8))
    orders = [order for order, size in enumerate(sizes) for _ in range(size)]
    return [
        Need(order, line, draw(PRODUCTS), draw(st.integers(1, 5000)))
        for line, order in enumerate(orders)
    ]


BROUGHT = st.dictionaries(PRODUCTS, st.lists(st.integers(1, 6000), max_size=6))


def lots(brought: dict[int, list[int]]) -> dict[int, list[Supply]]:
    return {
        product: [Supply(product * 100 + n, n % 3, weight) for n, weight in enumerate(weights)]
        for product, weights in brought.items()
    }


@given(needs=needs(), brought=BROUGHT)
def test_an_order_draws_what_all_its_lines_weigh_or_waits(
    needs: list[Need], brought: dict[int, list[int]]
) -> None:
    plan = plan_draws(needs, lots(brought))
    waiting = {need.order for need in plan.waiting}
    drawn: Counter[int] = Counter()
    for draw in plan.draws:
        assert draw.weight_g > 0
        drawn[draw.line] += draw.weight_g
    assert drawn == Counter(
        {need.line: need.weight_g for need in needs if need.order not in waiting}
    )


@given(needs=needs(), brought=BROUGHT)
def test_no_supply_gives_more_than_was_brought_and_a_later_one_only_after_the_earlier(
    needs: list[Need], brought: dict[int, list[int]]
) -> None:
    drawn: Counter[int] = Counter()
    last: dict[int, int] = {}
    for draw in plan_draws(needs, lots(brought)).draws:
        assert draw.supply >= last.get(draw.supply // 100, 0)
        last[draw.supply // 100] = draw.supply
        drawn[draw.supply] += draw.weight_g
    for product, weights in brought.items():
        for n, weight in enumerate(weights):
            supply = product * 100 + n
            assert drawn[supply] <= weight
            assert drawn[supply] == weight or supply >= last.get(product, 0)


@given(needs=needs(), brought=BROUGHT)
def test_an_order_waits_only_for_what_is_not_there(
    needs: list[Need], brought: dict[int, list[int]]
) -> None:
    supplies = lots(brought)
    plan = plan_draws(needs, supplies)
    for short in plan.waiting:
        left = sum(supply.left_g for supply in supplies.get(short.product, []))
        assert left < short.weight_g or plan.draws


def test_a_large_order_that_waits_does_not_hold_up_a_small_one() -> None:
    supplies = {1: [Supply(11, 5, 3000)]}
    plan = plan_draws([Need(1, 1, 1, 4000), Need(2, 2, 1, 3000)], supplies)
    assert [need.order for need in plan.waiting] == [1]
    assert [(draw.line, draw.household, draw.weight_g) for draw in plan.draws] == [(2, 5, 3000)]
