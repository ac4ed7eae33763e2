"""A buyer gives up a paid order that has not left the village."""

from datetime import datetime

from django.db import transaction

from lukou_market.fulfilment.errors import NotWithdrawable
from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Order, Status
from lukou_market.payments.decide_refund import approve_refund
from lukou_market.payments.models import Refund
from lukou_market.payments.request_refund import request_refund


@transaction.atomic
def withdraw_order(*, buyer_id: int, number: str, now: datetime) -> Refund:
    """Send all the money that is left back at once; nobody decides.

    Before it is packed, or, once it is late, until a parcel of it has left. Raises
    OrderNotFound, NotWithdrawable, and what request_refund raises.
    """
    order = lock_own_order(number=number, buyer_id=buyer_id)
    if not is_withdrawable(order, now):
        raise NotWithdrawable(order_status=order.status)
    refund = request_refund(buyer_id=buyer_id, number=number, amount_fen=None, note="", now=now)
    return approve_refund(refund_id=refund.pk, now=now)


def is_late(order: Order, now: datetime) -> bool:
    """Whether the order should have left by now and has not."""
    still_here = order.status in (Status.PAID, Status.PACKED)
    return still_here and order.ship_by is not None and order.ship_by <= now


def is_withdrawable(order: Order, now: datetime) -> bool:
    """Whether its buyer may still give the order up without asking anybody."""
    if order.status == Status.PAID:
        return True
    return is_late(order, now) and not order.shipments.exclude(shipped_at=None).exists()
