"""Sold lines draw on the lots of their product, first picked first; what is not sold comes back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from lukou_market.aid.lot_models import LotDraw, LotWait
from lukou_market.aid.plan_draws import Draw, Need, Supply, plan_draws
from lukou_market.kernel.many_rows import array_of, read_rows

# What was refunded whole before it arrived is nobody's sale: it needs no lot, and gives back
# what it drew. Told by the order's events, not by when they are posted. (An EXISTS here would
# be answered by reading the events of all orders there are.)
_NEVER_SOLD = """
    o.status = 'refunded' AND (
        SELECT count(*) FROM orders_orderevent arrived
        WHERE arrived.order_id = o.id AND arrived.kind = 'received') = 0
"""

_NEEDS = f"""
    SELECT line.order_id, line.id, sku.product_id, line.weight_g
    FROM orders_orderevent event
    JOIN orders_order o ON o.id = event.order_id
    JOIN orders_orderline line ON line.order_id = o.id
    JOIN catalog_sku sku ON sku.id = line.sku_id
    WHERE o.id = ANY (%s) AND event.kind = 'paid' AND NOT event.posted
      AND NOT ({_NEVER_SOLD})
      AND EXISTS (
        SELECT FROM households_benefitlink link
        WHERE link.producer_id = line.producer_id AND link.mechanism = 'purchase'
          AND link.in_force @> o.placed_at)
    ORDER BY event.id, line.id
"""

_GIVEN_BACK = f"""
    SELECT o.id, draw.id, lot.product_id
    FROM aid_lotdraw draw
    JOIN orders_orderline line ON line.id = draw.line_id
    JOIN orders_order o ON o.id = line.order_id
    JOIN catalog_lotsupply supply ON supply.id = draw.supply_id
    JOIN catalog_harvestlot lot ON lot.id = supply.lot_id
    WHERE o.id = ANY (%s) AND NOT draw.released AND {_NEVER_SOLD}
"""

# Whoever draws on a product's lots, or gives back to them, holds the product meanwhile. What
# another worker holds is left for later, so that workers do not stand behind each other.
_HOLD_PRODUCTS = """
    SELECT id FROM catalog_product WHERE id = ANY (%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""

_SUPPLIES = """
    WITH wanted AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS sums (product_id, needed_g)
    )
    SELECT product_id, id, household_id, left_g FROM (
        SELECT lot.product_id, lot.picked_on, lot.number, supply.id, member.household_id,
               supply.weight_g - supply.drawn_g AS left_g,
               sum(supply.weight_g - supply.drawn_g) OVER (
                   PARTITION BY lot.product_id ORDER BY lot.picked_on, lot.number, supply.id
               ) AS up_to_g
        FROM catalog_lotsupply supply
        JOIN catalog_harvestlot lot ON lot.id = supply.lot_id
        JOIN households_farmer farmer ON farmer.id = supply.farmer_id
        JOIN households_householdmember member ON member.id = farmer.member_id
        WHERE lot.product_id IN (SELECT product_id FROM wanted)
          AND supply.drawn_g < supply.weight_g
    ) supplies
    JOIN wanted USING (product_id)
    WHERE up_to_g - left_g < needed_g
    ORDER BY product_id, picked_on, number, id
"""

_DRAW = """
    INSERT INTO aid_lotdraw (line_id, supply_id, household_id, weight_g, released)
    SELECT *, false FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::integer[])
"""

_RETRY = f"""
    WITH left_over AS (
        SELECT lot.product_id, sum(supply.weight_g - supply.drawn_g) AS left_g
        FROM catalog_lotsupply supply JOIN catalog_harvestlot lot ON lot.id = supply.lot_id
        WHERE supply.drawn_g < supply.weight_g
          AND lot.product_id IN (SELECT product_id FROM aid_lotwait)
        GROUP BY 1
    )
    DELETE FROM aid_lotwait WHERE id IN (
        SELECT wait.id FROM aid_lotwait wait
        JOIN orders_order o ON o.id = wait.order_id
        LEFT JOIN left_over USING (product_id)
        WHERE ({_NEVER_SOLD}) OR left_over.left_g >= wait.needed_g
        ORDER BY wait.id FOR UPDATE OF wait SKIP LOCKED)
"""


def draw_lots(*, order_ids: Sequence[int], now: datetime) -> list[int]:
    """Draw for these locked orders' sales that are to be posted; return those ready for the book.

    Only lines of producers that bought at a stated price when the order was placed draw. An
    order whose lots don't suffice waits (`LotWait`) and is left out; so is one whose lots another
    worker draws on: it stays due. Draws of orders that were refunded whole before receipt are
    released. Ends with the caller's transaction.
    """
    ids = array_of(order_ids)
    needs = [Need(*row) for row in read_rows(_NEEDS, ids)]
    given_back = read_rows(_GIVEN_BACK, ids)
    left = _left_for_later(
        [(need.order, need.product) for need in needs]
        + [(order, product) for order, _, product in given_back]
    )
    released = [draw for order, draw, _ in given_back if order not in left]
    LotDraw.objects.filter(pk__in=released).update(released=True)
    needs = [need for need in needs if need.order not in left]
    plan = plan_draws(needs, _supplies(needs))
    if plan.draws:
        _write(plan.draws)
    _wait(plan.waiting, now)
    left |= {need.order for need in plan.waiting}
    return [pk for pk in order_ids if pk not in left]


def _left_for_later(wanted: Sequence[tuple[int, int]]) -> set[int]:
    """Hold the products of these (order, product); the orders of those that can't be held."""
    products = {product for _, product in wanted}
    held = {pk for (pk,) in read_rows(_HOLD_PRODUCTS, array_of(products))} if products else set()
    return {order for order, product in wanted if product not in held}


def retry_waiting() -> None:
    """Let orders go on whose lots suffice now, or that were refunded whole meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_RETRY)


def _write(draws: Sequence[Draw]) -> None:
    rows = [(draw.line, draw.supply, draw.household, draw.weight_g) for draw in draws]
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [array_of(column) for column in zip(*rows, strict=True)])


def _wait(needs: Sequence[Need], now: datetime) -> None:
    LotWait.objects.bulk_create(
        (
            LotWait(order_id=need.order, product_id=need.product, needed_g=need.weight_g, since=now)
            for need in needs
        ),
        ignore_conflicts=True,
    )


def _supplies(needs: Sequence[Need]) -> dict[int, list[Supply]]:
    """The first picked supplies of each product, as many as all its needs together take."""
    needed_g: dict[int, int] = defaultdict(int)
    for need in needs:
        needed_g[need.product] += need.weight_g
    wanted = array_of(needed_g), array_of(needed_g.values())
    supplies: dict[int, list[Supply]] = defaultdict(list)
    if not needs:
        return supplies
    for product, *supply in read_rows(_SUPPLIES, *wanted):
        supplies[product].append(Supply(*supply))
    return supplies
