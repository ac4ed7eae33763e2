"""Work through the inbox of Stripe's events."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from lukou_market.payments.backoff import wait_after
from lukou_market.payments.handle_event import handle_event
from lukou_market.payments.models import WebhookEvent

logger = logging.getLogger(__name__)

_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_ERROR = 1000


def process_due_webhooks(*, now: datetime, limit: int = 100) -> int:
    """Handle up to `limit` due events, each in its own transaction; return how many.

    An event that fails keeps its error and waits for its next attempt; the others go on.
    """
    handled = 0
    while handled < limit and _process_next(now):
        handled += 1
    return handled


@transaction.atomic
def _process_next(now: datetime) -> bool:
    due = WebhookEvent.objects.filter(processed_at=None, next_attempt_at__lte=now)
    event = due.select_for_update(skip_locked=True).order_by("next_attempt_at", "id").first()
    if event is None:
        return False
    event.attempts += 1
    try:
        with transaction.atomic():
            handle_event(event=event.payload, now=now)
    except Exception as error:  # whatever it is, it must not hold up the other events
        logger.exception("event %s failed", event)
        event.last_error = repr(error)[:_LONGEST_ERROR]
        event.next_attempt_at = now + wait_after(event.attempts, first=_FIRST_WAIT)
    else:
        event.processed_at, event.last_error = now, ""
    event.save(update_fields=["attempts", "last_error", "next_attempt_at", "processed_at"])
    return True
