"""The host's notice: a sentence that stays above the room until the host changes it."""

from lukou_market.streams.errors import NoticeTooLong, SessionNotFound, SessionStatusWrong
from lukou_market.streams.models import LiveSession
from lukou_market.streams.publish import RoomEvent, publish

LONGEST_NOTICE = 120
_OVER = (LiveSession.Status.ENDED, LiveSession.Status.CANCELLED)


def set_notice(*, session_id: int, text: str) -> None:
    """Show `text` in the room; empty takes the notice away. Spaces are put in order.

    Raises NoticeTooLong, SessionNotFound and SessionStatusWrong (the session is over).
    """
    notice = " ".join(text.replace("\0", " ").split())
    if len(notice) > LONGEST_NOTICE:
        raise NoticeTooLong
    sessions = LiveSession.objects.filter(pk=session_id)
    if not sessions.exclude(status__in=_OVER).update(notice=notice):
        raise SessionStatusWrong if sessions.exists() else SessionNotFound
    publish(session_id, RoomEvent.NOTICE, {"text": notice})
