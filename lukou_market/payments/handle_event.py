"""What each kind of Stripe's events means to us. Safe in any order, any number of times."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lukou_market.payments import stripe_gateway
from lukou_market.payments.checkout_session import close_payment, follow_session, received_by
from lukou_market.payments.confirm_payments import confirm_payments
from lukou_market.payments.follow_dispute import follow_dispute
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.settle_refund import settle_refund
from lukou_market.payments.stripe_gateway import Checkout, SentRefund

logger = logging.getLogger(__name__)

Event = dict[str, Any]


def handle_event(*, event: Event, now: datetime) -> None:
    """Do what the event asks for; kinds we don't know ask for nothing."""
    handler = _HANDLERS.get(event["type"])
    if handler is not None:
        handler(event, now)


def confirm_paid(*, events: Mapping[int, Event], now: datetime) -> set[int]:
    """Confirm together all payments of ours that these events say are paid.

    Returns the keys of the events that are done with by it; the others are for
    `handle_event`, which also says what is wrong with one that can't be read.
    """
    checkouts = {key: paid for key, event in events.items() if (paid := _paid_checkout(event))}
    payments = _payments_of(checkouts)
    received = [received_by(payment.pk, checkouts[key]) for key, payment in payments.items()]
    confirm_payments(received=received, now=now)
    return set(payments)


def _paid_checkout(event: Event) -> Checkout | None:
    if event["type"] not in _PAID_KINDS:
        return None
    try:
        checkout = stripe_gateway.checkout_in(event)
    except Exception:  # whatever is odd about it must not hold up the others
        return None
    return checkout if checkout.paid else None


def _session_moved(event: Event, now: datetime) -> None:
    take_session(checkout=stripe_gateway.checkout_in(event), now=now)


def take_session(*, checkout: Checkout, now: datetime) -> None:
    """Bring the payment to where its session is; one that is not ours asks for nothing."""
    payment = _payment_of(checkout)
    if payment is not None:
        follow_session(payment_id=payment.pk, checkout=checkout, now=now)


def _session_failed(event: Event, now: datetime) -> None:
    payment = _payment_of(stripe_gateway.checkout_in(event))
    if payment is not None:
        close_payment(payment_id=payment.pk)


def _payment_of(checkout: Checkout) -> Payment | None:
    payment = _payments_of({0: checkout}).get(0)
    if payment is None:
        logger.warning("session %s belongs to none of our payments", checkout.id)
    return payment


def _payments_of(checkouts: Mapping[int, Checkout]) -> dict[int, Payment]:
    """The payments of those that are ours; a session may come before we have stored its id."""
    found = Payment.objects.in_bulk({_row_of(one.reference) for one in checkouts.values()})
    payments = {key: found.get(_row_of(one.reference)) for key, one in checkouts.items()}
    return {
        key: payment
        for key, payment in payments.items()
        if payment and payment.checkout_session_id in (None, checkouts[key].id)
    }


def _refund_moved(event: Event, now: datetime) -> None:
    take_refund(sent=stripe_gateway.refund_in(event), now=now)


def take_refund(*, sent: SentRefund, now: datetime) -> None:
    """Settle our refund if Stripe has; one that is not ours asks for nothing."""
    refund = Refund.objects.filter(pk=_row_of(sent.reference)).first()
    if refund is None:
        logger.warning("refund %s was not made by us", sent.id)
    elif sent.status != "pending":
        settle_refund(
            refund_id=refund.pk,
            succeeded=sent.status == "succeeded",
            stripe_id=sent.id,
            now=now,
        )


def _row_of(reference: str) -> int:
    """The id we gave to Stripe; 0, which no row has, for anything else."""
    return int(reference) if reference.isdecimal() and len(reference) < 19 else 0


def _charge_refunded(event: Event, now: datetime) -> None:
    """The charge doesn't say which refund it was: look at those that wait, now."""
    intent_id = event["data"]["object"]["payment_intent"]
    waiting = Refund.objects.filter(
        payment__payment_intent_id=intent_id, status=Refund.Status.SENT, next_attempt_at__gt=now
    )
    waiting.update(next_attempt_at=now)


def _dispute_moved(event: Event, now: datetime) -> None:
    told = stripe_gateway.dispute_in(event)
    if not follow_dispute(told=told, now=now):
        # Not heard of its payment yet: the nightly matching looks the dispute up again.
        logger.warning("dispute %s belongs to none of our payments", told.id)


_PAID_KINDS = {"checkout.session.completed", "checkout.session.async_payment_succeeded"}
_HANDLERS: dict[str, Callable[[Event, datetime], None]] = {
    "checkout.session.completed": _session_moved,
    "checkout.session.async_payment_succeeded": _session_moved,
    "checkout.session.async_payment_failed": _session_failed,
    "checkout.session.expired": _session_moved,
    "refund.updated": _refund_moved,
    "refund.failed": _refund_moved,
    "charge.refunded": _charge_refunded,
    "charge.dispute.created": _dispute_moved,
    "charge.dispute.updated": _dispute_moved,
    "charge.dispute.funds_withdrawn": _dispute_moved,
    "charge.dispute.funds_reinstated": _dispute_moved,
    "charge.dispute.closed": _dispute_moved,
}
HANDLED_KINDS = frozenset(_HANDLERS)
