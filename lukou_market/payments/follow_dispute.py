"""Stripe tells of a dispute: bring ours to where it is. Safe in any order, any number of times."""

from datetime import datetime

from django.db import transaction

from lukou_market.orders.record_refund import record_refund
from lukou_market.payments.book import post_lost, post_reinstated, post_withdrawn
from lukou_market.payments.locks import lock_payments
from lukou_market.payments.make_room import make_room
from lukou_market.payments.models import Dispute, Payment
from lukou_market.payments.stripe_gateway import ToldDispute

_Status = Dispute.Status
# What is told later by its nature; won and lost stay.
_RANK = {
    _Status.INQUIRY: 0, _Status.ENDED: 1, _Status.OPEN: 2, _Status.REVIEW: 3, _Status.WON: 4,
    _Status.LOST: 4,
}  # fmt: skip
_CLOSED = (_Status.ENDED, _Status.WON, _Status.LOST)


@transaction.atomic
def follow_dispute(*, told: ToldDispute, now: datetime) -> bool:
    """Take over what is new in `told`; False when its payment is none of ours (yet).

    While the bank decides, the money stands on `disputed` and the payment gives no refund.
    Lost, the order has given it back; whatever a refund had given back before stays out of it.
    """
    payment = _payment_of(told)
    if payment is None:
        return False
    dispute = Dispute.objects.filter(stripe_id=told.id).first() or _new(payment, told)
    was_lost = dispute.status == _Status.LOST and dispute.withdrawn_at is not None
    _move(dispute, told, now)
    if not was_lost:
        make_room(payment=payment, dispute=dispute, now=now)
    dispute.save()
    _book_money(dispute, told, now)
    if dispute.status == _Status.LOST and dispute.withdrawn_at and not was_lost:
        post_lost(dispute=dispute, applied=payment.applied, now=now)
        if payment.applied and dispute.held_fen:
            record_refund(order=payment.order, amount_fen=dispute.held_fen, now=now)
    return True


def _payment_of(told: ToldDispute) -> Payment | None:
    """The disputed payment and its order, locked."""
    ours = Payment.objects.filter(status=Payment.Status.SUCCEEDED)
    found = ours.filter(payment_intent_id=told.payment_intent_id).values_list("pk", flat=True)
    payment_id = found.first()
    return None if payment_id is None else lock_payments(payment_ids=[payment_id])[payment_id]


def _new(payment: Payment, told: ToldDispute) -> Dispute:
    return Dispute(
        payment=payment,
        stripe_id=told.id,
        status=told.status,
        reason=told.reason,
        amount_fen=told.amount_fen,
        opened_at=told.opened_at,
        due_by=told.due_by,
    )


def _move(dispute: Dispute, told: ToldDispute, now: datetime) -> None:
    if _RANK[_Status(told.status)] > _RANK[_Status(dispute.status)]:
        dispute.status, dispute.due_by = told.status, told.due_by or dispute.due_by
    closed = dispute.status in _CLOSED
    dispute.closed_at = (dispute.closed_at or now) if closed else None


def _book_money(dispute: Dispute, told: ToldDispute, now: datetime) -> None:
    """What Stripe moved and the book has not seen. Money that comes back after a dispute was
    lost is left to the nightly matching: a person has to say whose it is.
    """
    if told.withdrawn and dispute.withdrawn_at is None:
        post_withdrawn(dispute=dispute, now=now)
        dispute.withdrawn_at = now
    if told.reinstated and dispute.status == _Status.WON and dispute.reinstated_at is None:
        post_reinstated(dispute=dispute, now=now)
        dispute.reinstated_at = now
    dispute.save(update_fields=["withdrawn_at", "reinstated_at"])
