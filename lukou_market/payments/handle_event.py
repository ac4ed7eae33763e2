"""What each kind of Stripe's events means to us. Safe in any order, any number of times."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from lukou_market.payments import stripe_gateway
from lukou_market.payments.checkout_session import close_payment, follow_session
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.settle_refund import settle_refund
from lukou_market.payments.stripe_gateway import Checkout

logger = logging.getLogger(__name__)

Event = dict[str, Any]


def handle_event(*, event: Event, now: datetime) -> None:
    """Do what the event asks for; kinds we don't know ask for nothing."""
    handler = _HANDLERS.get(event["type"])
    if handler is not None:
        handler(event, now)


def _session_moved(event: Event, now: datetime) -> None:
    checkout = stripe_gateway.checkout_in(event)
    payment = _payment_of(checkout)
    if payment is not None:
        follow_session(payment_id=payment.pk, checkout=checkout, now=now)


def _session_failed(event: Event, now: datetime) -> None:
    payment = _payment_of(stripe_gateway.checkout_in(event))
    if payment is not None:
        close_payment(payment_id=payment.pk)


def _payment_of(checkout: Checkout) -> Payment | None:
    """The session's payment; its id may reach us before we have stored the session's."""
    payment = Payment.objects.filter(pk=_row_of(checkout.reference)).first()
    if payment is None or payment.checkout_session_id not in (None, checkout.id):
        logger.warning("session %s belongs to none of our payments", checkout.id)
        return None
    return payment


def _refund_moved(event: Event, now: datetime) -> None:
    sent = stripe_gateway.refund_in(event)
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


_HANDLERS: dict[str, Callable[[Event, datetime], None]] = {
    "checkout.session.completed": _session_moved,
    "checkout.session.async_payment_succeeded": _session_moved,
    "checkout.session.async_payment_failed": _session_failed,
    "checkout.session.expired": _session_moved,
    "refund.updated": _refund_moved,
    "refund.failed": _refund_moved,
    "charge.refunded": _charge_refunded,
}
