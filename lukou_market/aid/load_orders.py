"""Read orders as the posting rules see them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence

from lukou_market.aid.allocation import Line
from lukou_market.aid.load_terms import TermsInForce
from lukou_market.aid.posting_rules import (
    HELD,
    PAID,
    RECEIVED,
    REFUND,
    RELEASED,
    Event,
    PostableOrder,
)
from lukou_market.kernel.many_rows import array_of, read_rows

MONEY_KINDS = (PAID, RECEIVED, REFUND, HELD, RELEASED)

# Rows, not objects of the ORM: a worker reads thousands of orders at once.
_ORDERS = """
    SELECT id, channel, session_id IS NULL, placed_at FROM orders_order
    WHERE id = ANY (%s) ORDER BY id
"""
_LINES = """
    SELECT order_id, id, producer_id, total_fen, quantity FROM orders_orderline
    WHERE order_id = ANY (%s) ORDER BY id
"""
_DRAWS = """
    SELECT line_id, household_id, weight_g FROM aid_lotdraw WHERE line_id = ANY (%s) ORDER BY id
"""
_EVENTS = """
    SELECT event.order_id, event.id, kind,
           event.amount_fen - event.shipping_fen + event.discount_fen,
           CASE kind WHEN 'paid' THEN o.shipping_fen ELSE event.shipping_fen END,
           CASE kind WHEN 'paid' THEN o.discount_fen ELSE event.discount_fen END,
           coalesce(used.voucher_id, 0), by_transfer, occurred_at, posted
    FROM orders_orderevent event JOIN orders_order o ON o.id = event.order_id
    LEFT JOIN orders_voucheruse used ON used.order_id = o.id
    WHERE event.order_id = ANY (%s) AND kind = ANY (%s) ORDER BY event.id
"""


def load_orders(order_ids: Sequence[int]) -> list[PostableOrder]:
    """These orders with their money events and lines; these with their terms and draws."""
    ids = array_of(order_ids)
    rows = read_rows(_LINES, ids)
    terms = TermsInForce({producer_id for _, _, producer_id, _, _ in rows})
    drawn_g = _drawn_g(array_of([line_id for _, line_id, _, _, _ in rows]))
    orders = read_rows(_ORDERS, ids)
    placed = {pk: placed_at for pk, _, _, placed_at in orders}
    lines: dict[int, list[Line]] = defaultdict(list)
    for order_id, pk, producer_id, total_fen, quantity in rows:
        in_force = terms.at(producer_id, placed[order_id])
        draws = tuple(drawn_g[pk].items()) if pk in drawn_g else ()
        lines[order_id].append(Line(pk, producer_id, total_fen, quantity, in_force, draws))
    events: dict[int, list[Event]] = defaultdict(list)
    for order_id, *event in read_rows(_EVENTS, ids, list(MONEY_KINDS)):
        events[order_id].append(Event(*event))
    return [
        PostableOrder(pk, channel, tuple(lines[pk]), tuple(events[pk]), direct)
        for pk, channel, direct, _ in orders
    ]


def _drawn_g(line_ids: str) -> dict[int, dict[int, int]]:
    """By line: what it draws on lots, in grams by household, first drawn first."""
    drawn: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for line_id, household_id, weight_g in read_rows(_DRAWS, line_ids):
        drawn[line_id][household_id] += weight_g
    return drawn
