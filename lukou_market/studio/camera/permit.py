"""Who may send a picture into which session, said by the studio and read without a query."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing

from lukou_market.streams.certificates import require_certificate
from lukou_market.streams.errors import SessionStatusWrong
from lukou_market.streams.models import LiveSession
from lukou_market.studio.camera.errors import NoIngest, PermitExpired, PermitRefused

LIFE = timedelta(minutes=5)
_SALT = "lukou_market.studio.camera"


class Permit(NamedTuple):
    """A host's user may send into a session."""

    session_id: int
    user_id: int


def may_show_picture(session: LiveSession) -> bool:
    """Whether the session may be started or runs, so that a picture has a place to go."""
    return session.status == LiveSession.Status.SCHEDULED or session.takes_orders


def make_permit(*, session: LiveSession, now: datetime) -> str:
    """A permit for the session's host, good for LIFE.

    Raises NoIngest, SessionStatusWrong and HostNotCertified.
    """
    if not settings.INGEST_URL:
        raise NoIngest
    if not may_show_picture(session):
        raise SessionStatusWrong
    require_certificate(session.host, now=now)
    expires = int((now + LIFE).timestamp())
    return signing.dumps([session.pk, session.host.user_id, expires], salt=_SALT)


def read_permit(text: str, *, session_id: int, now: datetime) -> Permit:
    """The permit, if it is ours and for this session. Raises PermitRefused and PermitExpired."""
    try:
        permitted, user_id, expires = signing.loads(text, salt=_SALT)
    except signing.BadSignature as error:
        raise PermitRefused from error
    if permitted != session_id:
        raise PermitRefused
    if now.timestamp() >= expires:
        raise PermitExpired
    return Permit(session_id, user_id)
