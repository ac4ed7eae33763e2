from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from lukou_market.streams.forget_chat import forget_old_chat
from lukou_market.streams.models import ChatMessage, LiveSession
from tests.factories import make_session
from tests.streams.rooms import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> LiveSession:
    return make_session()


@pytest.mark.parametrize("days", [0, 365, 3 * 365 - 1])
def test_what_is_younger_than_three_years_can_not_be_deleted(room: LiveSession, days: int) -> None:
    message = said(room, at=timezone.now() - timedelta(days=days))
    with pytest.raises(IntegrityError, match="chat_kept_three_years"), transaction.atomic():
        ChatMessage.objects.filter(pk=message.pk).delete()
    assert ChatMessage.objects.get() == message


def test_the_chat_can_not_be_emptied(room: LiveSession) -> None:
    said(room, at=timezone.now() - timedelta(days=4 * 365))
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="chat_kept_three_years"), transaction.atomic():
            cursor.execute("TRUNCATE streams_chatmessage")
    assert ChatMessage.objects.count() == 1


def test_older_words_are_forgotten_and_younger_ones_kept(
    room: LiveSession, as_application: None
) -> None:
    now = timezone.now()
    said(room, "老", at=now - timedelta(days=3 * 365 + 3))
    kept = said(room, "新", at=now - timedelta(days=3 * 365 - 1))
    assert [forget_old_chat(now=now), forget_old_chat(now=now)] == [1, 0]
    assert ChatMessage.objects.get() == kept
