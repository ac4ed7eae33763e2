"""The one place that locks live sessions."""

from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession


def lock_session(session_id: int) -> LiveSession:
    """The session, locked until the transaction ends. Raises SessionNotFound.

    A lock that leaves keys alone: orders that refer to the session needn't wait for it.
    """
    sessions = LiveSession.objects.select_for_update(of=("self",), no_key=True)
    session = sessions.select_related("host__user").filter(pk=session_id).first()
    if session is None:
        raise SessionNotFound
    return session
