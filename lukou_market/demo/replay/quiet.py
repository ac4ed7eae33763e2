"""What is still due: the replay is over when nothing is."""

import json
import time
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

from lukou_market.demo.replay.village import persist
from lukou_market.fulfilment.book_parcel import can_book
from lukou_market.orders.models import Order, OrderEvent, Status
from lukou_market.payments.models import Payment, Refund, WebhookEvent
from lukou_market.screening.models import ScreeningDue


def dues() -> dict[str, int]:
    """What workers and Stripe still have to do, by name; without the zeros."""
    return {name: count for name, count in persist(_counted).items() if count}


def wait_until_quiet(*, seconds: float, meanwhile: Callable[[], None]) -> dict[str, int]:
    """Return {} once nothing is due, or what still is when `seconds` have passed.

    `meanwhile` is called at every look, for what people have to do.
    """
    deadline = time.monotonic() + seconds
    while True:
        meanwhile()
        due = dues() | persist(_on_their_way)
        if not due or time.monotonic() > deadline:
            return due
        time.sleep(0.5)


def _on_their_way() -> dict[str, int]:
    """Orders whose parcels the carrier still brings, if there is one to tell."""
    count = Order.objects.filter(status=Status.SHIPPED).count() if can_book() else 0
    return {"orders on their way": count} if count else {}


def _counted() -> dict[str, int]:
    refunds = [Refund.Status.REQUESTED, Refund.Status.APPROVED, Refund.Status.SENT]
    payments = [Payment.Status.CREATING, Payment.Status.OPEN]
    return {
        "orders waiting for payment": Order.objects.filter(status=Status.PLACED).count(),
        "payments open": Payment.objects.filter(status__in=payments).count(),
        "webhooks to process": WebhookEvent.objects.filter(processed_at=None).count(),
        "refunds on their way": Refund.objects.filter(status__in=refunds).count(),
        "events to post": OrderEvent.objects.filter(posted=False).count(),
        "sales to look at": ScreeningDue.objects.filter(look=0).count(),
        "webhooks to come": _owed_webhooks(),
    }


def _owed_webhooks() -> int:
    try:
        with urlopen(f"{settings.STRIPE_API_BASE}/_standin/health", timeout=5) as answer:  # noqa: S310
            return int(json.load(answer)["owed_webhooks"])
    except (URLError, TimeoutError, ConnectionError):
        return 1  # it is being restarted
