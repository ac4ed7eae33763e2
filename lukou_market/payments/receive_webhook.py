"""Stripe delivers an event."""

from datetime import datetime

from django.db import connection

from lukou_market.kernel.nudge import nudge
from lukou_market.payments import stripe_gateway, tasks
from lukou_market.payments.handle_event import HANDLED_KINDS

# One statement, committed by itself: each payment brings three events, most of them for nobody.
_KEEP = """
    INSERT INTO payments_webhookevent
        (stripe_id, type, payload, received_at, next_attempt_at, processed_at, attempts, last_error)
    VALUES (%(id)s, %(type)s, %(payload)s, %(now)s, %(now)s, %(processed_at)s, 0, '')
    ON CONFLICT (stripe_id) DO NOTHING
"""


def receive_webhook(*, payload: bytes, signature: str, now: datetime) -> None:
    """Keep the signed event, once, for the worker; of a kind nobody handles it is done with.

    `payload` is the body as it came: the signature covers its very bytes. Raises BadSignature.
    """
    event = stripe_gateway.construct_event(payload, signature)
    waits = event["type"] in HANDLED_KINDS
    row = {
        "id": event["id"],
        "type": event["type"],
        "payload": payload.decode(),
        "now": now,
        "processed_at": None if waits else now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, row)
    if waits:
        nudge(tasks.process_webhooks)
