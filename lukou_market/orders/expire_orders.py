"""Reservations that nobody paid for in time go back on sale."""

from datetime import datetime

from django.db import connection, transaction

from lukou_market.orders.stock import release_stock
from lukou_market.orders.use_voucher import give_back_vouchers

_EXPIRE = """
    UPDATE orders_order SET status = 'expired', status_at = %(now)s
    WHERE id IN (
        SELECT id FROM orders_order WHERE status = 'placed' AND pay_by <= %(now)s
        ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
    RETURNING id
"""


@transaction.atomic
def expire_due_orders(*, now: datetime, limit: int = 1000) -> int:
    """Expire up to `limit` unpaid orders whose time is over; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRE, {"now": now, "limit": limit})
        order_ids = [row[0] for row in cursor.fetchall()]
    if order_ids:
        release_stock(order_ids=order_ids)
        give_back_vouchers(order_ids=order_ids)
    return len(order_ids)
