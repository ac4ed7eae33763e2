"""Money of an order has gone back to its buyer."""

from datetime import datetime

from lukou_market.orders.models import Order, OrderEvent, Status
from lukou_market.orders.stock import release_stock

_NOT_YET_SHIPPED = (Status.PAID, Status.PACKED)


def record_refund(*, order: Order, amount_fen: int, now: datetime) -> None:
    """Add to what the locked order gave back, and tell the book through an event.

    An order refunded whole ends as refunded; if it was not shipped, its stock is on sale
    again. More than the order's total is refused by the constraint order_refund_within_total.
    """
    order.refunded_fen += amount_fen
    whole = order.refunded_fen == order.total_fen
    was_here = order.status in _NOT_YET_SHIPPED
    if whole:
        order.status, order.status_at = Status.REFUNDED, now
    order.save(update_fields=["refunded_fen", "status", "status_at"])
    OrderEvent.objects.create(
        order=order, kind=OrderEvent.REFUND, amount_fen=amount_fen, occurred_at=now
    )
    if whole and was_here:
        release_stock(order_ids=[order.pk])
