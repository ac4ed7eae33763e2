"""A buyer changes their mind before paying."""

from datetime import datetime

from django.db import transaction

from lukou_market.orders.advance import move
from lukou_market.orders.errors import OrderNotCancellable
from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Order, Status
from lukou_market.orders.stock import release_stock
from lukou_market.orders.use_voucher import give_back_vouchers


@transaction.atomic
def cancel_order(*, buyer_id: int, number: str, now: datetime) -> Order:
    """Cancel an unpaid order and give its stock and voucher back; a cancelled one stays as it is.

    Raises OrderNotFound, OrderNotCancellable.
    """
    order = lock_own_order(number=number, buyer_id=buyer_id)
    if order.status == Status.CANCELLED:
        return order
    if order.status != Status.PLACED:
        raise OrderNotCancellable(order_status=order.status)
    move(order, to=Status.CANCELLED, now=now)
    release_stock(order_ids=[order.pk])
    give_back_vouchers(order_ids=[order.pk])
    return order
