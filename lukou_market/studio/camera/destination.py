"""Where a session's picture goes: looked up once for each take."""

from typing import NamedTuple

from django.conf import settings
from django.db import connection

from lukou_market.streams.errors import SessionNotFound, SessionStatusWrong
from lukou_market.streams.models import LiveSession
from lukou_market.streams.stream_keys import stream_name
from lukou_market.studio.camera.errors import NoIngest
from lukou_market.studio.camera.permit import Permit, may_show_picture


class Destination(NamedTuple):
    """The ingest's address and the stream's name there, which has the key in it."""

    url: str
    name: str


def destination(permit: Permit) -> Destination:
    """What ffmpeg needs to send; runs in a thread, on a connection that ends with it.

    Raises NoIngest, SessionNotFound and SessionStatusWrong.
    """
    if not settings.INGEST_URL:
        raise NoIngest
    try:
        return Destination(settings.INGEST_URL, stream_name(_session(permit)))
    finally:
        connection.close()


def _session(permit: Permit) -> LiveSession:
    sessions = LiveSession.objects.select_related("host__user")
    session = sessions.filter(pk=permit.session_id, host__user=permit.user_id).first()
    if session is None:
        raise SessionNotFound
    if not may_show_picture(session):
        raise SessionStatusWrong
    return session
