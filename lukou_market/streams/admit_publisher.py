"""May this connection's picture come in? The edge asks when one begins, then every few seconds."""

from datetime import datetime

from django.db import transaction

from lukou_market.streams.certificates import require_certificate
from lukou_market.streams.errors import (
    AlreadyPublishing,
    SessionNotFound,
    SessionStatusWrong,
    StreamKeyWrong,
)
from lukou_market.streams.locks import lock_session
from lukou_market.streams.models import LiveSession, StreamKey
from lukou_market.streams.publisher_gone import SILENCE
from lukou_market.streams.run_session import start_session, tell_session
from lukou_market.streams.stream_keys import has_right, session_named


@transaction.atomic
def admit_publisher(*, name: str, publisher: str, now: datetime) -> int:
    """Let in the picture that comes as `name` over the edge's connection `publisher`.

    Returns the session. A scheduled session goes live by it, an interrupted one goes on. Asked
    again about the connection that is in already, only notes that it still sends: so a host's
    break stays one while the camera runs.

    Raises StreamKeyWrong, SessionStatusWrong (it is over), AlreadyPublishing, HostNotCertified
    and HostAlreadyLive.
    """
    session, key = _of(name)
    if not (session.takes_orders or session.status == LiveSession.Status.SCHEDULED):
        raise SessionStatusWrong
    if key.publisher == publisher:
        StreamKey.objects.filter(pk=key.pk).update(seen_at=now)
    else:
        _let_in(session, key, publisher, now)
    return session.pk


def _of(name: str) -> tuple[LiveSession, StreamKey]:
    """The locked session and its key, if `name` has the right to it."""
    session_id = session_named(name)
    if session_id is None:
        raise StreamKeyWrong
    try:
        session = lock_session(session_id)
    except SessionNotFound as error:
        raise StreamKeyWrong from error
    key = StreamKey.objects.filter(session=session).first()
    if key is None or not has_right(key, name):
        raise StreamKeyWrong
    return session, key


def _let_in(session: LiveSession, key: StreamKey, publisher: str, now: datetime) -> None:
    """Make `publisher` the one who sends, unless the earlier one still does.

    An address says nothing about who it is: a phone's changes, and a village shares one.
    """
    if key.publisher and key.seen_at is not None and key.seen_at > now - SILENCE:
        raise AlreadyPublishing
    require_certificate(session.host, now=now)
    key.publisher, key.publishing_since, key.seen_at = publisher, now, now
    key.save()
    if session.status == LiveSession.Status.LIVE:
        tell_session(session)
    else:
        start_session(session_id=session.pk, now=now)
