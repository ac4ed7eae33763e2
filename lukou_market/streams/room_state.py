"""What a live room shows and every phone in it asks for again and again: one small body.

Kept in the cache for a second, so that 50,000 askers cost the database what one does.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.core.cache import cache
from django.utils import timezone

from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.viewers import viewers_of

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
    key = f"room:{session_id}"
    body: RoomBody | None = cache.get(key)
    if body is None:
        body = _body(session_id, timezone.now())
        cache.set(key, body, _KEPT_S)
    return body


def _body(session_id: int, now: datetime) -> RoomBody:
    session = LiveSession.objects.filter(pk=session_id).first()
    if session is None:
        raise SessionNotFound
    counted = viewers_of(session_id) if session.takes_orders else 0
    offers = Offer.objects.filter(session_id=session_id)
    json = orjson.dumps(
        {
            "session": session.pk,
            "status": session.status,
            "pinned_offer": session.pinned_offer_id,
            "viewers": max(session.viewers, counted),
            "offers": [_offer(offer, session, now) for offer in offers],
        }
    )
    etag = f'"{hashlib.blake2b(json, digest_size=12).hexdigest()}"'
    return RoomBody(json, etag, session.takes_orders)


def _offer(offer: Offer, session: LiveSession, now: datetime) -> dict[str, Any]:
    opened = offer.opens_at is None or offer.opens_at <= now
    closed = offer.closes_at is not None and offer.closes_at <= now
    return {
        "id": offer.pk,
        "left": offer.left,
        "price_fen": offer.price_fen,
        "open": session.takes_orders and opened and not closed and not offer.paused,
        "opens_at": offer.opens_at,
        "closes_at": offer.closes_at,
    }
