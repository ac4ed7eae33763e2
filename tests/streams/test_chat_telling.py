"""The room hears what is said and what is hidden, once it is kept, and nothing else."""

from typing import Any

import pytest
from django.test import TestCase
from django.utils.dateparse import parse_datetime

from lukou_market.streams.chat_errors import NotModerator, RoomNotOpen
from lukou_market.streams.hide_message import hide_message
from lukou_market.streams.models import LiveSession
from tests.factories import NOW, make_session, make_user
from tests.recording_edge import RecordingEdge
from tests.streams.rooms import said

pytestmark = pytest.mark.django_db
kept: Any = TestCase.captureOnCommitCallbacks


def hidden(room: LiveSession, message_id: int) -> None:
    hide_message(session_id=room.pk, message_id=message_id, by=room.host.user, now=NOW)


def test_what_is_said_is_told_with_the_name_masked(edge: RecordingEdge) -> None:
    room = make_session()
    with kept(execute=True):
        message = said(room, " 甜吗 ", by=make_user("王小明"))
        assert edge.told(room.pk) == []
    [(kind, payload)] = edge.told(room.pk)
    assert parse_datetime(payload.pop("said_at")) == NOW
    assert (kind, payload) == ("chat", {"id": message.pk, "who": "王**", "text": "甜吗"})


def test_what_is_hidden_is_told_once(edge: RecordingEdge) -> None:
    room = make_session()
    message = said(room)
    with kept(execute=True):
        hidden(room, message.pk)
        hidden(room, message.pk)
    assert edge.told(room.pk) == [("chat_hidden", {"id": message.pk})]


def test_what_is_refused_is_not_told(edge: RecordingEdge) -> None:
    room, over = make_session(), make_session("ended")
    message = said(room)
    with kept(execute=True):
        with pytest.raises(RoomNotOpen):
            said(over)
        with pytest.raises(NotModerator):
            hide_message(session_id=room.pk, message_id=message.pk, by=make_user(), now=NOW)
    assert edge.told(room.pk) == edge.told(over.pk) == []
