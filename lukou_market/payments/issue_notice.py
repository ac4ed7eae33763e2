"""An organisation pays by bank transfer: it gets a notice, and its boxes are kept."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Order, Status
from lukou_market.orders.settle_charges import must_be_due
from lukou_market.payments.errors import OrderNotPayable, TransferNotOffered
from lukou_market.payments.models import PaymentNotice

_ON_ITS_WAY = timedelta(days=3)
"""What is sent on the last day stands in the statement after the weekend."""


def takes_transfers() -> bool:
    """Whether the shop has told its bank account."""
    return all(
        (settings.TRANSFER_ACCOUNT_NAME, settings.TRANSFER_ACCOUNT_NUMBER, settings.TRANSFER_BANK)
    )


@transaction.atomic
def issue_notice(*, buyer_id: int, number: str, shown_due_fen: int, now: datetime) -> PaymentNotice:
    """The notice of an organisation's order; asked for again, the same one.

    The order is kept until the transfer must have come, once: a second notice would hold it
    again. Raises OrderNotFound, OrderNotPayable, TransferNotOffered, TotalChanged.
    """
    order = lock_own_order(number=number, buyer_id=buyer_id)
    before = PaymentNotice.objects.filter(order=order).first()
    if before is not None:
        return before
    if order.status != Status.PLACED or order.pay_by <= now:
        raise OrderNotPayable(order_status=order.status)
    if not (order.goes_by_list and takes_transfers()):
        raise TransferNotOffered
    must_be_due(order=order, shown_fen=shown_due_fen)
    due_on = timezone.localdate(now) + timedelta(days=settings.TRANSFER_DAYS)
    _keep(order, due_on)
    return PaymentNotice.objects.create(
        order=order, amount_fen=order.due_fen, issued_at=now, due_on=due_on
    )


def _keep(order: Order, due_on: date) -> None:
    kept_until = datetime.combine(due_on + timedelta(days=1), datetime.min.time()) + _ON_ITS_WAY
    order.pay_by = max(order.pay_by, timezone.make_aware(kept_until))
    order.save(update_fields=["pay_by"])
