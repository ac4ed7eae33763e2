"""A host's picture has stopped: the session waits for it to come back."""

from datetime import datetime, timedelta

from django.db import transaction

from lukou_market.streams.locks import lock_session
from lukou_market.streams.models import LiveSession, StreamKey
from lukou_market.streams.run_session import interrupt_session, tell_session

# The edge speaks for each publisher every few seconds; one it has been silent about is gone.
SILENCE = timedelta(seconds=20)


@transaction.atomic
def publisher_gone(*, session_id: int, publisher: str, now: datetime) -> bool:
    """Interrupt the session if its picture came from `publisher`, the edge's connection.

    False: it comes from another, or from nobody. What is told late of a connection that has been
    replaced changes nothing. Raises SessionNotFound.
    """
    session = lock_session(session_id)
    key = StreamKey.objects.filter(session=session, publisher=publisher).exclude(publisher="")
    if not key.update(publisher="", publishing_since=None, seen_at=None):
        return False
    if session.status == LiveSession.Status.LIVE:
        interrupt_session(session_id=session_id, now=now)
    elif session.takes_orders:
        tell_session(session)
    return True


def miss_publishers(*, now: datetime) -> int:
    """Take those for gone whom the edge no longer speaks of; return how many.

    Their end was told to nobody: the edge was killed, or we were away.
    """
    silent = StreamKey.objects.filter(seen_at__lte=now - SILENCE)
    gone = list(silent.values_list("session_id", "publisher"))
    return sum(_still_silent(session_id, publisher, now) for session_id, publisher in gone)


@transaction.atomic
def _still_silent(session_id: int, publisher: str, now: datetime) -> bool:
    lock_session(session_id)
    silent = StreamKey.objects.filter(session_id=session_id, seen_at__lte=now - SILENCE)
    if not silent.exists():
        return False  # the edge has spoken, or another sweep was here
    return publisher_gone(session_id=session_id, publisher=publisher, now=now)
