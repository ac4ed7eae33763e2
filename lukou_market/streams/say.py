"""Say something in a room, for all who watch."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from lukou_market.accounts.models import User
from lukou_market.streams.chat_errors import (
    MayNotChat,
    MessageLength,
    MessageNamesNumber,
    MessageRefused,
    MessageRepeated,
    RoomNotOpen,
    TooManyMessages,
)
from lukou_market.streams.chat_queries import shown
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.locks import lock_author
from lukou_market.streams.models import BlockedWord, ChatMessage, ChatRestriction, LiveSession
from lukou_market.streams.plain_words import names_number, names_word, tidied
from lukou_market.streams.publish import RoomEvent, publish

LONGEST = 120
_BREATH = timedelta(seconds=2)
_REPEATED_WITHIN = timedelta(seconds=30)
_SPAN, _MOST_IN_SPAN = timedelta(minutes=5), 20


@transaction.atomic
def say(*, session_id: int, author: User, text: str, now: datetime) -> ChatMessage:
    """Keep the message and tell the room.

    Raises SessionNotFound, RoomNotOpen, MayNotChat, MessageLength, MessageRefused,
    MessageNamesNumber, TooManyMessages (one in 2 seconds, 20 in 5 minutes, over all rooms and
    processes) and MessageRepeated (the same words within 30 seconds).
    """
    session = _open_room(session_id)
    line = tidied(text)
    _require_sayable(line)
    lock_author(author.pk)  # so that two messages sent at once are counted one after the other
    _require_welcome(session, author, now)
    _require_patience(author, line, now)
    message = ChatMessage.objects.create(session=session, author=author, text=line, said_at=now)
    publish(session.pk, RoomEvent.CHAT, dict(shown(message)))
    return message


def _open_room(session_id: int) -> LiveSession:
    sessions = LiveSession.objects.select_related("host").filter(pk=session_id)
    session = sessions.first()
    if session is None:
        raise SessionNotFound
    if not session.takes_orders:
        raise RoomNotOpen
    return session


def _require_sayable(line: str) -> None:
    if not 1 <= len(line) <= LONGEST:
        raise MessageLength
    if names_number(line):
        raise MessageNamesNumber
    if names_word(line, BlockedWord.objects.values_list("word", flat=True)):
        raise MessageRefused


def _require_welcome(session: LiveSession, author: User, now: datetime) -> None:
    lasting = Q(until__isnull=True) | Q(until__gt=now)
    if ChatRestriction.objects.filter(lasting, host=session.host, person=author).exists():
        raise MayNotChat


def _require_patience(author: User, line: str, now: datetime) -> None:
    of_span = ChatMessage.objects.filter(author=author, said_at__gt=now - _SPAN)
    said = list(of_span.order_by("-pk").values_list("said_at", "text")[:_MOST_IN_SPAN])
    if said and said[0][0] > now - _BREATH:
        raise TooManyMessages(wait_s=_BREATH.seconds)
    if len(said) == _MOST_IN_SPAN:
        raise TooManyMessages(wait_s=1 + (said[-1][0] + _SPAN - now).seconds)
    if any(text == line and at > now - _REPEATED_WITHIN for at, text in said):
        raise MessageRepeated
