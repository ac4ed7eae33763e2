"""Give reserved units back to their offers, or take them again. Offers are locked by id."""

from collections.abc import Sequence

from django.db import connection

_RELEASE = """
    WITH released AS (
        UPDATE orders_orderline SET holds_stock = false
        WHERE order_id = ANY (%(orders)s) AND holds_stock
        RETURNING offer_id, quantity - shipped_quantity AS still_here
    ), units AS (SELECT offer_id, sum(still_here) AS given FROM released GROUP BY offer_id)
    UPDATE streams_offer SET taken = taken - given FROM units WHERE id = offer_id
"""

_LOCK_OFFERS = """
    SELECT FROM streams_offer
    WHERE id IN (SELECT offer_id FROM orders_orderline WHERE order_id = ANY (%(orders)s))
    ORDER BY id FOR NO KEY UPDATE
"""

_FITS = """
    SELECT NOT EXISTS (
        SELECT FROM orders_orderline line JOIN streams_offer offer ON offer.id = line.offer_id
        WHERE line.order_id = %(order)s AND NOT line.holds_stock AND (
            offer.taken + line.quantity > offer.quota
            OR NOT %(by_list)s AND offer.limit_per_buyer < line.quantity + (
                SELECT coalesce(sum(quantity), 0) FROM orders_orderline
                WHERE offer_id = line.offer_id AND buyer_id = line.buyer_id AND holds_stock)))
"""

_TAKE = """
    WITH held AS (
        UPDATE orders_orderline SET holds_stock = true
        WHERE order_id = %(order)s AND NOT holds_stock RETURNING offer_id, quantity
    )
    UPDATE streams_offer SET taken = taken + quantity FROM held WHERE id = offer_id
"""


def lock_offers(*, order_ids: Sequence[int]) -> None:
    """Lock the offers of all these orders, by id, before stock is taken again for each."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_OFFERS, {"orders": list(order_ids)})


def release_stock(*, order_ids: Sequence[int]) -> None:
    """Give back what these orders hold, but for what has left; twice changes nothing."""
    lock_offers(order_ids=order_ids)
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, {"orders": list(order_ids)})


def retake_stock(*, order_id: int, by_list: bool = False) -> bool:
    """Take again what an expired order held: all of it within quota and limit, or nothing.

    The limit is each buyer's; an organisation's list (`by_list`) has none.
    """
    lock_offers(order_ids=[order_id])
    with connection.cursor() as cursor:
        cursor.execute(_FITS, {"order": order_id, "by_list": by_list})
        if not cursor.fetchall()[0][0]:
            return False
        cursor.execute(_TAKE, {"order": order_id})
    return True
