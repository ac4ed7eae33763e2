"""A room and the people in it, in the words of the chat's tests."""

from datetime import datetime

from lukou_market.accounts.models import User
from lukou_market.streams.models import ChatMessage, Host, LiveSession, Moderator
from lukou_market.streams.say import say
from tests.factories import NOW, make_user


def said(
    session: LiveSession, text: str = "瓜甜吗", *, by: User | None = None, at: datetime = NOW
) -> ChatMessage:
    """A message said the only way messages are said."""
    return say(session_id=session.pk, author=by or make_user("王小明"), text=text, now=at)


def make_moderator(host: Host, name: str = "场控") -> User:
    person = make_user(name)
    Moderator.objects.create(host=host, person=person)
    return person
