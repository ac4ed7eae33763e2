"""Orders whose payment has arrived."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from lukou_market.orders.models import Order, Status
from lukou_market.orders.stock import retake_stock
from lukou_market.orders.use_voucher import give_back_vouchers, retake_voucher


def make_payable(*, order: Order) -> bool:
    """Whether the locked order can be paid now; one that expired takes its stock and voucher again.

    False when it can't be paid any more (cancelled, paid already, or its stock or voucher is
    gone): the caller gives the money back. After True the caller marks it as paid.
    """
    if order.status == Status.EXPIRED:
        return _take_again(order)
    return order.status == Status.PLACED


def _take_again(order: Order) -> bool:
    """Both or neither."""
    if order.discount_fen and not retake_voucher(order_id=order.pk):
        return False
    if retake_stock(order_id=order.pk, by_list=order.goes_by_list):
        return True
    give_back_vouchers(order_ids=[order.pk])
    return False


def mark_paid(*, orders: Collection[Order], now: datetime) -> None:
    """Move these locked, payable orders to paid, in one statement, and promise when they leave."""
    ship_by = now + settings.SHIP_WITHIN
    paid = Order.objects.filter(pk__in=[order.pk for order in orders])
    paid.update(status=Status.PAID, status_at=now, paid_at=now, ship_by=ship_by)
    for order in orders:
        order.status, order.status_at, order.paid_at = Status.PAID, now, now
        order.ship_by = ship_by
