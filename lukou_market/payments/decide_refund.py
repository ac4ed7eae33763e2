"""A host or a cadre decides on a refund; the caller has checked that they may."""

from datetime import datetime

from django.db import transaction

from lukou_market.kernel.nudge import nudge
from lukou_market.payments import tasks
from lukou_market.payments.errors import RefundDecided
from lukou_market.payments.locks import lock_refund
from lukou_market.payments.models import Refund

_APPROVED_OR_LATER = (Refund.Status.APPROVED, Refund.Status.SENT, Refund.Status.SUCCEEDED)


@transaction.atomic
def approve_refund(*, refund_id: int, now: datetime) -> Refund:
    """Let the worker send it; one that was approved before stays as it is.

    Raises RefundNotFound, RefundDecided (it was rejected, or failed at Stripe).
    """
    _order, _payment, refund = lock_refund(refund_id=refund_id)
    if refund.status in _APPROVED_OR_LATER:
        return refund
    if refund.status != Refund.Status.REQUESTED:
        raise RefundDecided(refund_status=refund.status)
    refund.status, refund.next_attempt_at = Refund.Status.APPROVED, now
    refund.save(update_fields=["status", "next_attempt_at"])
    nudge(tasks.send_due_refunds)
    return refund


@transaction.atomic
def reject_refund(*, refund_id: int, now: datetime) -> Refund:
    """Refuse it and free its amount; one that was rejected before stays as it is.

    Raises RefundNotFound, RefundDecided (it was approved).
    """
    _order, payment, refund = lock_refund(refund_id=refund_id)
    if refund.status == Refund.Status.REJECTED:
        return refund
    if refund.status != Refund.Status.REQUESTED:
        raise RefundDecided(refund_status=refund.status)
    refund.status, refund.settled_at = Refund.Status.REJECTED, now
    refund.save(update_fields=["status", "settled_at"])
    payment.refunding_fen -= refund.amount_fen
    payment.save(update_fields=["refunding_fen"])
    return refund
