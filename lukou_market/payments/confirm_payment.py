"""Stripe says that a payment succeeded."""

from datetime import datetime

from django.db import transaction

from lukou_market.orders.mark_paid import mark_paid
from lukou_market.orders.models import Order
from lukou_market.payments.book import post_received
from lukou_market.payments.locks import lock_payment
from lukou_market.payments.models import Payment, Refund


@transaction.atomic
def confirm_payment(
    *, payment_id: int, payment_intent_id: str, amount_fen: int, now: datetime
) -> None:
    """Take the payment into the book and pay its order; what pays no order is given back.

    Repeating it changes nothing. Raises PaymentNotFound.
    """
    order, payment = lock_payment(payment_id=payment_id)
    if payment.status == Payment.Status.SUCCEEDED:
        return
    surplus = _pay_order(order, amount_fen=amount_fen, now=now)
    payment.status = Payment.Status.SUCCEEDED
    payment.payment_intent_id, payment.amount_fen = payment_intent_id, amount_fen
    payment.paid_at, payment.applied = now, surplus is None
    payment.refunding_fen = amount_fen if surplus else 0
    payment.save()
    post_received(payment=payment, now=now)
    if surplus:
        Refund.objects.create(
            payment=payment,
            status=Refund.Status.APPROVED,
            reason=surplus,
            amount_fen=amount_fen,
            requested_at=now,
            next_attempt_at=now,
        )


def _pay_order(order: Order, *, amount_fen: int, now: datetime) -> Refund.Reason | None:
    """Mark the locked order as paid, or say why this money has to go back."""
    if order.paid_at is not None:
        return Refund.Reason.PAID_TWICE
    if amount_fen != order.total_fen:
        return Refund.Reason.WRONG_AMOUNT
    return None if mark_paid(order=order, now=now) else Refund.Reason.PAID_LATE
