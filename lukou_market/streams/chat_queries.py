"""What was said in a room, as it is shown to all: names masked, hidden messages left out."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db.models import QuerySet

from lukou_market.kernel.masking import mask_shown_name
from lukou_market.streams.models import ChatMessage

_AROUND = timedelta(minutes=1)
_MOST_ON_EACH_SIDE = 50


class ShownMessage(TypedDict):
    """A message in the room's state and in the `chat` event."""

    id: int
    who: str
    text: str
    said_at: datetime


def latest_messages(session_id: int, count: int) -> list[ShownMessage]:
    """The last `count` visible messages, oldest first."""
    latest = _visible(session_id).order_by("-pk")[:count]
    return [shown(message) for message in reversed(latest)]


def messages_after(session_id: int, after: int, count: int) -> list[ShownMessage]:
    """The first `count` visible messages with larger ids than `after`, oldest first."""
    return [shown(message) for message in _visible(session_id).filter(pk__gt=after)[:count]]


def said_around(session_id: int, at: datetime) -> list[ShownMessage]:
    """What was said from a minute before `at` to a minute after it: the nearest 50 on each side."""
    before = _visible(session_id).filter(said_at__gte=at - _AROUND, said_at__lte=at)
    after = _visible(session_id).filter(said_at__gt=at, said_at__lte=at + _AROUND)
    nearest = before.order_by("-pk")[:_MOST_ON_EACH_SIDE]
    return [shown(message) for message in [*reversed(nearest), *after[:_MOST_ON_EACH_SIDE]]]


def shown(message: ChatMessage) -> ShownMessage:
    """The message for all to see; a host's name stands above the room anyway."""
    name = message.author.display_name
    by_host = message.author_id == message.session.host.user_id
    return {
        "id": message.pk,
        "who": name if by_host else mask_shown_name(name),
        "text": message.text,
        "said_at": message.said_at,
    }


def _visible(session_id: int) -> QuerySet[ChatMessage]:
    spoken = ChatMessage.objects.select_related("author", "session__host")
    return spoken.filter(session_id=session_id, hidden_at=None)
