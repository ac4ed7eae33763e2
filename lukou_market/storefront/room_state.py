"""What a live room shows and every phone in it asks for again and again: one small body.

Kept in the cache for a second, so that 50,000 askers cost the database what one does.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.core.cache import cache
from django.utils import timezone

from lukou_market.orders.latest_sales import latest_sales
from lukou_market.streams.count_audience import watching_in
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.offer_state import offer_state
from lukou_market.streams.viewers import viewers_of

SALES_SHOWN = 5
_KEPT_S = 1


@dataclass(frozen=True, slots=True)
class RoomBody:
    """The state as JSON with its entity tag; `running` tells whether onlookers count."""

    json: bytes
    etag: str
    running: bool


def room_body(session_id: int) -> RoomBody:
    """The state, at most a second old; its members are those of `RoomStateAnswer`.

    Raises SessionNotFound.
    """
    key = f"room-state:{session_id}"
    body: RoomBody | None = cache.get(key)
    if body is None:
        body = _body(session_id, timezone.now())
        cache.set(key, body, _KEPT_S)
    return body


def _body(session_id: int, now: datetime) -> RoomBody:
    session = LiveSession.objects.select_related("stream_key").filter(pk=session_id).first()
    if session is None:
        raise SessionNotFound
    json = orjson.dumps(room_state(session, now))
    etag = f'"{hashlib.blake2b(json, digest_size=12).hexdigest()}"'
    return RoomBody(json, etag, session.takes_orders)


def room_state(session: LiveSession, now: datetime) -> dict[str, object]:
    """The state at `now`, read afresh. The room's events have its members, with their shapes."""
    counted = viewers_of(session.pk) if session.takes_orders else 0
    offers = Offer.objects.filter(session=session)
    return {
        "session": session.pk,
        "status": session.status,
        "picture": _has_picture(session),
        "notice": session.notice,
        "pinned_offer": session.pinned_offer_id,
        "viewers": max(session.viewers, counted),
        "watching": watching_in(session.pk) if session.takes_orders else 0,
        "offers": [offer_state(offer, session, now) for offer in offers],
        "sold": latest_sales([session.pk], SALES_SHOWN)[session.pk],
    }


def _has_picture(session: LiveSession) -> bool:
    key = getattr(session, "stream_key", None)
    return key is not None and bool(key.publisher)
