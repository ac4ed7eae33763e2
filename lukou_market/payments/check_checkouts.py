"""Ask Stripe about open sessions: heals lost webhooks, ends sessions nobody should pay."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from lukou_market.orders.models import Status
from lukou_market.payments import stripe_gateway
from lukou_market.payments.checkout_session import (
    CHECKOUT_LIFE,
    close_payment,
    follow_session,
    start_session,
)
from lukou_market.payments.errors import StripeRefused, StripeUnavailable
from lukou_market.payments.models import Payment

logger = logging.getLogger(__name__)

_LOOK_EVERY = timedelta(seconds=30)
# Longer than the request that creates a session can take.
_CREATED_AFTER = timedelta(minutes=2)


def check_open_checkouts(*, now: datetime, limit: int = 100) -> int:
    """Ask Stripe about sessions it has told us nothing of for a while; return how many."""
    due = Payment.objects.filter(
        Q(status=Payment.Status.OPEN, checked_at__lte=now - _LOOK_EVERY)
        | Q(status=Payment.Status.CREATING, checked_at__lte=now - _CREATED_AFTER)
    )
    return _each(due, _check, now, limit)


def close_stale_checkouts(*, now: datetime, limit: int = 100) -> int:
    """End open sessions that a later one replaced or whose order waits for no payment.

    One that was paid in the meantime is confirmed. Returns how many were tried.
    """
    newer = Payment.objects.filter(
        order=OuterRef("order"), pk__gt=OuterRef("pk"), status=Payment.Status.OPEN
    )
    not_payable = ~Q(order__status=Status.PLACED) | Q(order__pay_by__lte=now)
    open_ones = Payment.objects.filter(status=Payment.Status.OPEN, checked_at__lt=now)
    return _each(open_ones.filter(not_payable | Exists(newer)), _expire, now, limit)


def _each(
    due: QuerySet[Payment], act: Callable[[Payment, datetime], None], now: datetime, limit: int
) -> int:
    tried = 0
    while tried < limit and (payment := _claim(due, now)) is not None:
        tried += 1
        try:
            act(payment, now)
        except StripeUnavailable as error:
            logger.warning("payment %s waits for Stripe: %s", payment.pk, error.__cause__)
            break
        except StripeRefused as error:
            logger.error("payment %s can't be looked up: %s", payment.pk, error.__cause__)
    return tried


@transaction.atomic
def _claim(due: QuerySet[Payment], now: datetime) -> Payment | None:
    """The due payment looked at longest ago; noted as looked at now, so others leave it."""
    rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("order")
    payment = rows.order_by("checked_at", "id").first()
    if payment is not None:
        payment.checked_at = now
        payment.save(update_fields=["checked_at"])
    return payment


def _check(payment: Payment, now: datetime) -> None:
    if payment.checkout_session_id:
        checkout = stripe_gateway.fetch_checkout(payment.checkout_session_id)
        follow_session(payment_id=payment.pk, checkout=checkout, now=now)
    elif payment.created_at + CHECKOUT_LIFE <= now:
        close_payment(payment_id=payment.pk)  # no buyer ever got the address of its page
    else:
        _start_again(payment)


def _start_again(payment: Payment) -> None:
    """Our first attempt died: Stripe gives the session it made, or refuses to make one so late."""
    try:
        start_session(payment=payment)
    except StripeRefused:
        close_payment(payment_id=payment.pk)


def _expire(payment: Payment, now: datetime) -> None:
    checkout = stripe_gateway.expire_checkout(payment.checkout_session_id or "")
    follow_session(payment_id=payment.pk, checkout=checkout, now=now)
