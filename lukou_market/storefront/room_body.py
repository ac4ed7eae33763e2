"""The state that every phone in a room asks for again and again: one small body.

Kept in the cache for a second, so that 50,000 askers cost the database what one does.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.core.cache import cache
from django.utils import timezone

from lukou_market.storefront.room_state import room_states
from lukou_market.streams.chat_queries import latest_messages
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession

_KEPT_S = 1
_MESSAGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class RoomBody:
    """The state as JSON with its entity tag; `running` tells whether onlookers count."""

    json: bytes
    etag: str
    running: bool


def room_body(session_id: int) -> RoomBody:
    """The state, at most a second old. Raises SessionNotFound."""
    key = f"room-state:{session_id}"
    body: RoomBody | None = cache.get(key)
    if body is None:
        body = _body(session_id, timezone.now())
        cache.set(key, body, _KEPT_S)
    return body


def _body(session_id: int, now: datetime) -> RoomBody:
    sessions = LiveSession.objects.select_related("stream_key").filter(pk=session_id)
    found = sessions.first()
    if found is None:
        raise SessionNotFound
    chat = latest_messages(session_id, _MESSAGES_SHOWN)
    json = orjson.dumps({**room_states([found], now)[session_id], "chat": chat})
    etag = f'"{hashlib.blake2b(json, digest_size=12).hexdigest()}"'
    return RoomBody(json, etag, found.takes_orders)
