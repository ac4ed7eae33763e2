"""A session that nobody ends is ended: its picture does not come back, or it runs for ever."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from lukou_market.streams.models import LiveSession
from lukou_market.streams.run_session import end_session

Status = LiveSession.Status


def end_forgotten_sessions(*, now: datetime) -> int:
    """End sessions interrupted for RECONNECT or started LONGEST_SESSION ago; return how many."""
    return sum(_end(session_id, now) for session_id in _forgotten(now).values_list("pk", flat=True))


@transaction.atomic
def _end(session_id: int, now: datetime) -> bool:
    """End it, unless its host has come back in the meantime."""
    due = _forgotten(now).filter(pk=session_id)
    if due.select_for_update(no_key=True, skip_locked=True).first() is None:
        return False
    end_session(session_id=session_id, now=now)
    return True


def _forgotten(now: datetime) -> QuerySet[LiveSession]:
    waited = Q(status=Status.INTERRUPTED, status_at__lte=now - settings.RECONNECT)
    ran = Q(
        status__in=[Status.LIVE, Status.INTERRUPTED],
        started_at__lte=now - settings.LONGEST_SESSION,
    )
    return LiveSession.objects.filter(waited | ran)
