"""A buyer wants money back."""

from datetime import datetime

from django.db import transaction

from lukou_market.kernel.errors import constraint_errors
from lukou_market.kernel.nudge import nudge
from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Order, Status
from lukou_market.payments import tasks
from lukou_market.payments.errors import (
    NotRefundable,
    PaymentDisputed,
    RefundInProgress,
    RefundTooLarge,
)
from lukou_market.payments.models import Dispute, Payment, Refund

_REFUNDABLE = (Status.PAID, Status.PACKED, Status.SHIPPED, Status.RECEIVED)
_UNDER_WAY = (Refund.Status.REQUESTED, Refund.Status.APPROVED, Refund.Status.SENT)


@transaction.atomic
def request_refund(
    *, buyer_id: int, number: str, amount_fen: int | None, note: str, now: datetime
) -> Refund:
    """Ask for `amount_fen` back, or for all that is left when it is None.

    All of an order that nobody has packed yet is approved at once; the rest is decided by
    a person. Raises OrderNotFound, NotRefundable, PaymentDisputed (a bank is deciding),
    RefundInProgress, RefundTooLarge.
    """
    order = lock_own_order(number=number, buyer_id=buyer_id)
    payment = _refundable_payment(order)
    left_fen = payment.amount_fen - payment.refunding_fen - payment.disputed_fen
    amount_fen = left_fen if amount_fen is None else amount_fen
    _reserve(payment, amount_fen)
    at_once = order.status == Status.PAID and amount_fen == left_fen
    refund = Refund.objects.create(
        payment=payment,
        status=Refund.Status.APPROVED if at_once else Refund.Status.REQUESTED,
        reason=Refund.Reason.BUYER,
        note=note,
        amount_fen=amount_fen,
        requested_at=now,
        next_attempt_at=now,
    )
    if at_once:
        nudge(tasks.send_due_refunds)
    return refund


def _refundable_payment(order: Order) -> Payment:
    """The locked payment behind the order. Raises what request_refund raises."""
    payment = order.payments.select_for_update().filter(applied=True).first()
    if payment is None or order.status not in _REFUNDABLE:
        raise NotRefundable(order_status=order.status)
    if payment.disputes.filter(status__in=Dispute.UNDECIDED).exists():
        raise PaymentDisputed
    if payment.refunds.filter(status__in=_UNDER_WAY).exists():
        raise RefundInProgress
    return payment


def _reserve(payment: Payment, amount_fen: int) -> None:
    payment.refunding_fen += amount_fen
    with constraint_errors({"payment_refunds_within_amount": RefundTooLarge}):
        payment.save(update_fields=["refunding_fen"])
