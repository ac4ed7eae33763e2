"""Tell a room what has happened: the one way to everybody who listens."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from lukou_market.streams.edge_gateway import send_to_room

VERSION = 1


class RoomEvent(StrEnum):
    """What a room is told of. The payload of each is in docs/api.md."""

    SESSION = "session"
    PINNED = "pinned"
    OFFER = "offer"
    LEFT = "left"
    SOLD = "sold"
    CHAT = "chat"
    CHAT_HIDDEN = "chat_hidden"
    NOTICE = "notice"
    VIEWERS = "viewers"
    HEARTS = "hearts"


def publish(session_id: int, event: RoomEvent, payload: dict[str, object]) -> None:
    """Send `event` to the room after the current transaction commits; never fails."""
    told = envelope(event, payload, timezone.now())
    transaction.on_commit(lambda: send_to_room(session_id, told))


def envelope(event: RoomEvent, payload: dict[str, object], now: datetime) -> dict[str, object]:
    """The event as it travels: version, type, server time, payload."""
    return {"v": VERSION, "type": event.value, "at": now, "payload": payload}
