"""An order's payment has arrived."""

from datetime import datetime

from lukou_market.orders.models import Order, Status
from lukou_market.orders.stock import retake_stock


def mark_paid(*, order: Order, now: datetime) -> bool:
    """Move the locked order to paid, taking stock again when its reservation had expired.

    False when the order can't be paid any more (cancelled, paid already, or its stock is
    gone): the caller gives the money back.
    """
    late = order.status == Status.EXPIRED
    if order.status != Status.PLACED and not (late and retake_stock(order_id=order.pk)):
        return False
    order.status, order.status_at, order.paid_at = Status.PAID, now, now
    order.save(update_fields=["status", "status_at", "paid_at"])
    return True
