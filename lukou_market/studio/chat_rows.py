"""The latest messages as who keeps order sees them: hidden ones too, and who is muted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lukou_market.streams.chat_queries import shown
from lukou_market.streams.models import ChatMessage, ChatRestriction, LiveSession

SHOWN = 100


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A message, its author's name as the room shows it, and what keeps the author silent."""

    message: ChatMessage
    who: str
    by_host: bool
    restriction: ChatRestriction | None


def chat_rows(session: LiveSession, *, now: datetime) -> list[ChatRow]:
    """The last 100 messages, oldest first."""
    spoken = ChatMessage.objects.filter(session=session).select_related("author", "session__host")
    latest = list(spoken.order_by("-pk")[:SHOWN])
    held = _held({message.author_id for message in latest}, session, now)
    return [
        ChatRow(
            message=message,
            who=shown(message)["who"],
            by_host=message.author_id == session.host.user_id,
            restriction=held.get(message.author_id),
        )
        for message in reversed(latest)
    ]


def _held(people: set[int], session: LiveSession, now: datetime) -> dict[int, ChatRestriction]:
    lasting = Q(until__isnull=True) | Q(until__gt=now)
    held = ChatRestriction.objects.filter(lasting, host=session.host, person__in=people)
    return {restriction.person_id: restriction for restriction in held}
