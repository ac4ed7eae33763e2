"""A buyer comes back from Stripe's page: ask once how it stands; then wait for the event."""

import logging
from datetime import datetime

from lukou_market.orders.models import Order
from lukou_market.payments import stripe_gateway
from lukou_market.payments.checkout_session import follow_session
from lukou_market.payments.errors import StripeRefused, StripeUnavailable
from lukou_market.payments.models import Payment

logger = logging.getLogger(__name__)


def look_up(*, order: Order, now: datetime) -> None:
    """Bring the order's open payments to where they are at Stripe, as the worker would.

    What Stripe can't tell now, its event or the worker will: no error.
    """
    opened = order.payments.filter(
        status=Payment.Status.OPEN, checkout_session_id__isnull=False, checked_at__lt=now
    )
    for payment in opened.order_by("-id")[:1]:
        if not opened.filter(pk=payment.pk).update(checked_at=now):
            continue  # somebody else is asking
        try:
            checkout = stripe_gateway.fetch_checkout(payment.checkout_session_id or "")
            follow_session(payment_id=payment.pk, checkout=checkout, now=now)
        except (StripeUnavailable, StripeRefused) as error:
            logger.warning("payment %s was not looked up: %s", payment.pk, error.__cause__)
