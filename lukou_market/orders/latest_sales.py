"""The latest orders of sessions, for all to see: who bought how much, the name masked."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from lukou_market.kernel.masking import mask_shown_name

_LATEST = """
    SELECT session.id, latest.* FROM unnest(%s::bigint[]) AS session (id), LATERAL (
        SELECT placed.id AS placed_id, buyer.display_name, line.quantity, line.offer_id
        FROM orders_order placed
        JOIN orders_orderline line ON line.order_id = placed.id
        JOIN accounts_user buyer ON buyer.id = placed.buyer_id
        WHERE placed.session_id = session.id ORDER BY placed.id DESC LIMIT %s
    ) latest
    ORDER BY latest.placed_id
"""


@dataclass(frozen=True, slots=True)
class Sale:
    """An order as the room tells it, whatever has become of it since."""

    id: int
    who: str
    quantity: int
    offer: int


def latest_sales(session_ids: Collection[int], count: int) -> dict[int, list[Sale]]:
    """The last `count` sales of each session, oldest first."""
    sales: dict[int, list[Sale]] = {session_id: [] for session_id in session_ids}
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [list(session_ids), count])
        for session_id, order_id, name, quantity, offer_id in cursor.fetchall():
            sales[session_id].append(Sale(order_id, mask_shown_name(name), quantity, offer_id))
    return sales
