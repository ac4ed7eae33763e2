"""A dispute and the refunds of the same payment: together never more than was paid."""

from datetime import datetime

from django.db.models import Sum

from lukou_market.payments.models import Dispute, Payment, Refund

_HOLDING = (*Dispute.UNDECIDED, Dispute.Status.LOST)


def make_room(*, payment: Payment, dispute: Dispute, now: datetime) -> None:
    """Let the dispute hold what is left of the locked payment, or let go of it.

    Refunds that nobody has approved are rejected: the buyer has gone to the bank instead.
    Approved ones wait, and fail when the dispute is lost; a payment that pays no order then
    gives back what the bank has left.
    """
    lost, holds = dispute.status == Dispute.Status.LOST, dispute.status in _HOLDING
    if holds:
        _end(payment, Refund.Status.REQUESTED, Refund.Status.REJECTED, now)
    waiting = _end(payment, Refund.Status.APPROVED, Refund.Status.FAILED, now) if lost else []
    others = payment.disputes.exclude(pk=dispute.pk).aggregate(fen=Sum("held_fen", default=0))
    left_fen = payment.amount_fen - payment.refunding_fen - others["fen"]
    dispute.held_fen = min(dispute.amount_fen, left_fen) if holds else 0
    payment.disputed_fen = others["fen"] + dispute.held_fen
    payment.save(update_fields=["refunding_fen", "disputed_fen"])
    if lost and not payment.applied and waiting:
        _give_back_the_rest(payment, waiting[0].reason, now)


def _end(payment: Payment, since: str, status: str, now: datetime) -> list[Refund]:
    """End the refunds that Stripe has not heard of, and free their amounts."""
    rows = payment.refunds.select_for_update().filter(status=since, stripe_id=None)
    refunds = list(rows.order_by("id"))
    for refund in refunds:
        refund.status, refund.settled_at = status, now
        refund.save(update_fields=["status", "settled_at"])
        payment.refunding_fen -= refund.amount_fen
    return refunds


def _give_back_the_rest(payment: Payment, reason: str, now: datetime) -> None:
    left_fen = payment.amount_fen - payment.refunding_fen - payment.disputed_fen
    if left_fen:
        payment.refunding_fen += left_fen
        payment.save(update_fields=["refunding_fen"])
        payment.refunds.create(
            status=Refund.Status.APPROVED,
            reason=reason,
            amount_fen=left_fen,
            requested_at=now,
            next_attempt_at=now,
        )
