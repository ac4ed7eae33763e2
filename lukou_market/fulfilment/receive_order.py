"""The buyer has the goods in their hands."""

from datetime import datetime

from django.db import transaction

from lukou_market.fulfilment.errors import NotShipped
from lukou_market.orders.advance import mark_received
from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Order, Status


@transaction.atomic
def receive_order(*, buyer_id: int, number: str, now: datetime) -> Order:
    """Confirm the receipt of a shipped order; a received one stays as it is.

    Raises OrderNotFound, NotShipped.
    """
    order = lock_own_order(number=number, buyer_id=buyer_id)
    if order.status in (Status.RECEIVED, Status.COMPLETED):
        return order
    if order.status != Status.SHIPPED:
        raise NotShipped(order_status=order.status)
    mark_received(order=order, now=now)
    return order
