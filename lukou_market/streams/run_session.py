"""A session's way: scheduled → live ⇄ interrupted → ended, or cancelled before.

Which steps are allowed is the database's rule (`live_session_edges`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from lukou_market.kernel.errors import constraint_errors
from lukou_market.streams.certificates import require_certificate
from lukou_market.streams.errors import HostAlreadyLive, SessionStatusWrong
from lukou_market.streams.locks import lock_session
from lukou_market.streams.models import LiveSession
from lukou_market.streams.publish import RoomEvent, publish
from lukou_market.streams.viewers import viewers_of

Status = LiveSession.Status

_REFUSALS = {
    "live_session_edges": SessionStatusWrong,
    "live_session_times": SessionStatusWrong,
    "host_one_live_session": HostAlreadyLive,
}
_MOVED = ["status", "status_at", "started_at", "ended_at", "pinned_offer", "viewers"]


def start_session(*, session_id: int, now: datetime) -> LiveSession:
    """Go live; from a break it goes on.

    Raises SessionNotFound, HostNotCertified, HostAlreadyLive and SessionStatusWrong.
    """
    with _moving(session_id, to=Status.LIVE, now=now) as session:
        require_certificate(session.host, now=now)
        session.started_at = session.started_at or now
    return session


def interrupt_session(*, session_id: int, now: datetime) -> LiveSession:
    """The picture is gone; orders stay open. Raises SessionNotFound and SessionStatusWrong."""
    with _moving(session_id, to=Status.INTERRUPTED, now=now) as session:
        pass
    return session


def resume_session(*, session_id: int, now: datetime) -> LiveSession:
    """The picture is back. Raises SessionNotFound and SessionStatusWrong."""
    with _moving(session_id, to=Status.LIVE, now=now) as session:
        pass
    return session


def end_session(*, session_id: int, now: datetime) -> LiveSession:
    """End for good: nothing is pinned any more, the count of viewers is kept.

    Raises SessionNotFound and SessionStatusWrong.
    """
    counted = viewers_of(session_id)
    with _moving(session_id, to=Status.ENDED, now=now) as session:
        session.ended_at = now
        session.pinned_offer = None
        session.viewers = max(session.viewers, counted)
    return session


def cancel_session(*, session_id: int, now: datetime) -> LiveSession:
    """Call off a session that has not begun. Raises SessionNotFound and SessionStatusWrong."""
    with _moving(session_id, to=Status.CANCELLED, now=now) as session:
        session.pinned_offer = None
    return session


def tell_session(session: LiveSession) -> None:
    """Tell the room and the studio in which status the session is, and whether it has a picture."""
    payload: dict[str, object] = {"status": session.status, "picture": session.has_picture}
    publish(session.pk, RoomEvent.SESSION, payload)


@contextmanager
def _moving(session_id: int, *, to: LiveSession.Status, now: datetime) -> Iterator[LiveSession]:
    """The locked session for the block to complete; saved in status `to` after it, and told."""
    with constraint_errors(_REFUSALS):
        session = lock_session(session_id)
        if session.status == to:
            raise SessionStatusWrong
        session.status, session.status_at = to, now
        yield session
        session.save(update_fields=_MOVED)
        tell_session(session)
