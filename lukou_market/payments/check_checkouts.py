"""Ask Stripe about open sessions: heals lost webhooks, ends sessions nobody should pay."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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
from lukou_market.payments.stripe_gateway import Checkout

_Ask = Callable[[str], Checkout]

logger = logging.getLogger(__name__)

_LOOK_EVERY = timedelta(seconds=30)
# Longer than the request that creates a session can take.
_CREATED_AFTER = timedelta(minutes=2)


# Stripe takes a hundred calls a second from a shop; most of them are left to buyers.
_AT_ONCE = 8


def check_open_checkouts(*, now: datetime, limit: int = 1000) -> int:
    """Ask Stripe about sessions it has told us nothing of for a while; return how many."""
    due = Payment.objects.filter(
        Q(status=Payment.Status.OPEN, checked_at__lte=now - _LOOK_EVERY)
        | Q(status=Payment.Status.CREATING, checked_at__lte=now - _CREATED_AFTER)
    )
    return _each(due, stripe_gateway.fetch_checkout, now, limit)


def close_stale_checkouts(*, now: datetime, limit: int = 1000) -> int:
    """End open sessions that a later one replaced or whose order waits for no payment.

    One that was paid in the meantime is confirmed. Returns how many were tried.
    """
    newer = Payment.objects.filter(
        order=OuterRef("order"), pk__gt=OuterRef("pk"), status=Payment.Status.OPEN
    )
    not_payable = ~Q(order__status=Status.PLACED) | Q(order__pay_by__lte=now)
    open_ones = Payment.objects.filter(status=Payment.Status.OPEN, checked_at__lt=now)
    stale = open_ones.filter(not_payable | Exists(newer))
    return _each(stale, stripe_gateway.expire_checkout, now, limit)


def _each(due: QuerySet[Payment], ask: _Ask, now: datetime, limit: int) -> int:
    """Ask about due payments, some at once; stop at the first sign that Stripe is away."""
    tried = 0
    with ThreadPoolExecutor(_AT_ONCE) as calls:
        while tried < limit and (claimed := _claim(due, now, min(_AT_ONCE, limit - tried))):
            tried += len(claimed)
            asked = {
                payment.pk: calls.submit(ask, payment.checkout_session_id)
                for payment in claimed
                if payment.checkout_session_id
            }
            went_on = [_brought_on(payment, asked.get(payment.pk), now) for payment in claimed]
            if not all(went_on):
                break
    return tried


@transaction.atomic
def _claim(due: QuerySet[Payment], now: datetime, count: int) -> list[Payment]:
    """The due payments looked at longest ago; noted as looked at now, so others leave them."""
    rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("order")
    payments = list(rows.order_by("checked_at", "id")[:count])
    Payment.objects.filter(pk__in=[payment.pk for payment in payments]).update(checked_at=now)
    return payments


def _brought_on(payment: Payment, answer: Future[Checkout] | None, now: datetime) -> bool:
    """Bring the payment to where its session is; False when Stripe is away."""
    try:
        if answer is not None:
            follow_session(payment_id=payment.pk, checkout=answer.result(), now=now)
        elif payment.created_at + CHECKOUT_LIFE <= now:
            close_payment(payment_id=payment.pk)  # no buyer ever got the address of its page
        else:
            _start_again(payment)
    except StripeUnavailable as error:
        logger.warning("payment %s waits for Stripe: %s", payment.pk, error.__cause__)
        return False
    except StripeRefused as error:
        logger.error("payment %s can't be looked up: %s", payment.pk, error.__cause__)
    return True


def _start_again(payment: Payment) -> None:
    """Our first attempt died: Stripe gives the session it made, or refuses to make one so late."""
    try:
        start_session(payment=payment)
    except StripeRefused:
        close_payment(payment_id=payment.pk)
