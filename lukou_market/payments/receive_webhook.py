"""Stripe delivers an event."""

from datetime import datetime

from lukou_market.kernel.nudge import nudge
from lukou_market.payments import stripe_gateway, tasks
from lukou_market.payments.handle_event import HANDLED_KINDS
from lukou_market.payments.models import WebhookEvent


def receive_webhook(*, payload: bytes, signature: str, now: datetime) -> None:
    """Keep the signed event, once, for the worker; of a kind nobody handles it is done with.

    `payload` is the body as it came: the signature covers its very bytes. Raises BadSignature.
    """
    event = stripe_gateway.construct_event(payload, signature)
    waits = event["type"] in HANDLED_KINDS
    row = WebhookEvent(
        stripe_id=event["id"],
        type=event["type"],
        payload=event,
        received_at=now,
        next_attempt_at=now,
        processed_at=None if waits else now,
    )
    WebhookEvent.objects.bulk_create([row], ignore_conflicts=True)
    if waits:
        nudge(tasks.process_webhooks)
