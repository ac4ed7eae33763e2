"""Look up at Stripe what we disagree on: what a lost webhook should have told is told now."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from lukou_market.payments import stripe_gateway
from lukou_market.payments.errors import StripeRefused
from lukou_market.payments.follow_dispute import follow_dispute
from lukou_market.payments.handle_event import take_refund, take_session
from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.models import Dispute, Refund

logger = logging.getLogger(__name__)

Healer = Callable[[str, datetime], None]


def heal_differences(*, differences: Sequence[Difference], now: datetime) -> None:
    """Bring each to where it is at Stripe, the way its webhook would have.

    Payments first: what we have not heard of can't be refunded or disputed. Raises
    StripeUnavailable.
    """
    for what, heal in _HEALERS.items():
        for difference in differences:
            if difference.what == what:
                _try(heal, difference.reference, now)


def refresh_refunds(*, now: datetime) -> None:
    """Look up refunds that are on their way. Raises StripeUnavailable."""
    sent = Refund.objects.filter(status=Refund.Status.SENT, stripe_id__isnull=False)
    for stripe_id in list(sent.order_by("id").values_list("stripe_id", flat=True)):
        _try(_heal_refund, stripe_id or "", now)


def refresh_disputes(*, since: datetime | None, now: datetime) -> None:
    """Follow disputes opened since then, and those that are not over. Raises StripeUnavailable.

    A bank's inquiry and its last word move no money, so that no movement tells of them.
    """
    listed = list(stripe_gateway.disputes(since=since))
    for told in listed:
        follow_dispute(told=told, now=now)
    unfinished = Dispute.objects.filter(closed_at=None) | Dispute.objects.filter(
        status=Dispute.Status.WON, reinstated_at=None, withdrawn_at__isnull=False
    )
    left = unfinished.exclude(stripe_id__in=[told.id for told in listed])
    for stripe_id in list(left.values_list("stripe_id", flat=True)):
        _try(_heal_dispute, stripe_id, now)


def _heal_payment(reference: str, now: datetime) -> None:
    checkout = stripe_gateway.find_checkout(reference)
    if checkout is not None:
        take_session(checkout=checkout, now=now)


def _heal_refund(reference: str, now: datetime) -> None:
    take_refund(sent=stripe_gateway.fetch_refund(reference), now=now)


def _heal_dispute(reference: str, now: datetime) -> None:
    follow_dispute(told=stripe_gateway.fetch_dispute(reference), now=now)


_HEALERS = {"payment": _heal_payment, "refund": _heal_refund, "dispute": _heal_dispute}


def _try(heal: Healer, reference: str, now: datetime) -> None:
    try:
        heal(reference, now)
    except StripeRefused as error:
        logger.warning("%s can't be looked up: %s", reference, error.__cause__)
