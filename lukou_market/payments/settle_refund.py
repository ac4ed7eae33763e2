"""Stripe, or our bank, says how a refund ended."""

from datetime import datetime

from django.db import transaction

from lukou_market.orders.record_refund import record_refund
from lukou_market.payments.book import post_surplus_refunded
from lukou_market.payments.locks import lock_refund
from lukou_market.payments.models import BankTransfer, Refund

_ON_ITS_WAY = (Refund.Status.APPROVED, Refund.Status.SENT)


@transaction.atomic
def settle_refund(
    *,
    refund_id: int,
    succeeded: bool,
    now: datetime,
    stripe_id: str | None = None,
    bank_transfer: BankTransfer | None = None,
) -> None:
    """End an approved or sent refund: tell its order or the book, or free its amount again.

    Repeating it, even with another outcome, changes nothing. Raises RefundNotFound.
    """
    order, payment, refund = lock_refund(refund_id=refund_id)
    if refund.status not in _ON_ITS_WAY:
        return
    refund.status = Refund.Status.SUCCEEDED if succeeded else Refund.Status.FAILED
    refund.stripe_id, refund.settled_at = stripe_id or refund.stripe_id, now
    refund.bank_transfer = bank_transfer
    refund.save(update_fields=["status", "stripe_id", "bank_transfer", "settled_at"])
    if not succeeded:
        payment.refunding_fen -= refund.amount_fen
        payment.save(update_fields=["refunding_fen"])
    elif payment.applied:
        by_transfer = bank_transfer is not None
        record_refund(order=order, amount_fen=refund.amount_fen, now=now, by_transfer=by_transfer)
    else:
        post_surplus_refunded(refund=refund, payment=payment, now=now)
