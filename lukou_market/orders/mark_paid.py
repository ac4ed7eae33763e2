"""Orders whose payment has arrived."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from lukou_market.orders.models import Order, Status
from lukou_market.orders.stock import retake_stock


def make_payable(*, order: Order) -> bool:
    """Whether the locked order can be paid now; one that expired takes its stock again.

    Not when a voucher was to pay a part: somebody may have used it since.

    False when it can't be paid any more (cancelled, paid already, or its stock is gone): the
    caller gives the money back. After True the caller marks it as paid.
    """
    if order.status == Status.EXPIRED:
        return not order.discount_fen and retake_stock(
            order_id=order.pk, by_list=order.goes_by_list
        )
    return order.status == Status.PLACED


def mark_paid(*, orders: Collection[Order], now: datetime) -> None:
    """Move these locked, payable orders to paid, in one statement, and promise when they leave."""
    ship_by = now + settings.SHIP_WITHIN
    paid = Order.objects.filter(pk__in=[order.pk for order in orders])
    paid.update(status=Status.PAID, status_at=now, paid_at=now, ship_by=ship_by)
    for order in orders:
        order.status, order.status_at, order.paid_at = Status.PAID, now, now
        order.ship_by = ship_by
