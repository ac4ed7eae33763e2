"""Work through the inbox of Stripe's events."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from lukou_market.payments.backoff import wait_after
from lukou_market.payments.handle_event import confirm_paid, handle_event
from lukou_market.payments.models import WebhookEvent

logger = logging.getLogger(__name__)

BATCH = 200
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_ERROR = 1000


def process_due_webhooks(*, now: datetime, limit: int = BATCH) -> int:
    """Handle up to `limit` due events; return how many there were.

    Payments that succeeded are confirmed together. What is left is handled one by one, each
    in its own transaction: an event that fails keeps its error and waits for its next
    attempt; the others go on.
    """
    confirmed, left = _confirm_together(now, limit)
    for event_id in left:
        _process_one(event_id, now)
    return confirmed + len(left)


@transaction.atomic
def _confirm_together(now: datetime, limit: int) -> tuple[int, list[int]]:
    """How many events that was, and the ids of the due ones that are left."""
    events = list(_due(now).order_by("next_attempt_at", "id")[:limit])
    # One that has failed before must not spoil the batch again.
    fresh = {event.pk: event.payload for event in events if not event.attempts}
    try:
        with transaction.atomic():
            done = confirm_paid(events=fresh, now=now)
    except Exception:  # each of them will tell in its own transaction whether it was to blame
        logger.exception("%d events are handled one by one", len(events))
        done = set()
    processed = WebhookEvent.objects.filter(pk__in=done)
    processed.update(attempts=F("attempts") + 1, processed_at=now)
    return len(done), [event.pk for event in events if event.pk not in done]


@transaction.atomic
def _process_one(event_id: int, now: datetime) -> None:
    event = _due(now).filter(pk=event_id).first()
    if event is None:
        return  # another worker was faster
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


def _due(now: datetime) -> QuerySet[WebhookEvent]:
    """The due events that no other worker is working on, locked."""
    due = WebhookEvent.objects.filter(processed_at=None, next_attempt_at__lte=now)
    return due.select_for_update(skip_locked=True)
