from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lukou_market.kernel.errors import DomainError
from lukou_market.streams import chat_errors as errors
from lukou_market.streams.chat_queries import latest_messages, said_around
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.hide_message import hide_message
from lukou_market.streams.models import BlockedWord, ChatMessage, ChatRestriction
from lukou_market.streams.say import say
from tests.factories import NOW, make_host, make_session, make_user
from tests.streams.rooms import said

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def assert_refused(refusal: type[DomainError], say_it: Callable[[], object]) -> DomainError:
    """The message is refused for this reason, and nothing is kept of it."""
    before = ChatMessage.objects.count()
    with pytest.raises(refusal) as raised:
        say_it()
    assert ChatMessage.objects.count() == before
    return raised.value


@pytest.mark.parametrize("status", ["live", "interrupted"])
def test_what_is_said_is_kept_on_one_line(status: str) -> None:
    session = make_session(status)
    message = said(session, "  瓜  甜吗?\n买两箱\0 ")
    message.refresh_from_db()
    assert (message.text, message.said_at, message.hidden_at) == ("瓜 甜吗? 买两箱", NOW, None)


@pytest.mark.parametrize("status", ["scheduled", "ended", "cancelled"])
def test_nothing_is_said_when_the_stream_is_not_on(status: str) -> None:
    session = make_session(status)
    assert_refused(errors.RoomNotOpen, lambda: said(session))


def test_nothing_is_said_in_a_room_that_does_not_exist() -> None:
    user = make_user()
    for nowhere in (1, 2**70):
        assert_refused(
            SessionNotFound, lambda: say(session_id=nowhere, author=user, text="好", now=NOW)  # noqa: B023
        )  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n\t", "\0", "\u200d \u200d", "\u202e", "瓜" * 121])
def test_a_message_has_1_to_120_characters(text: str) -> None:
    session = make_session()
    assert_refused(errors.MessageLength, lambda: said(session, text))


def test_the_longest_message_is_kept_whole() -> None:
    assert len(said(make_session(), "瓜" * 120).text) == 120


def test_a_blocked_word_is_refused_in_disguise_too() -> None:
    session = make_session()
    BlockedWord.objects.create(word="微信")
    for text in ("加我微信", "微 信", "微-1-信"):
        assert_refused(errors.MessageRefused, lambda: said(session, text))  # noqa: B023
    assert said(session, "微甜,可信").text == "微甜,可信"


def test_a_phone_number_is_refused_however_it_is_written() -> None:
    session = make_session()
    for text in ("我的电话 138-1234-5678", "一三八一二三四五六七八"):
        assert_refused(errors.MessageNamesNumber, lambda: said(session, text))  # noqa: B023


def test_one_message_in_two_seconds_whatever_the_room() -> None:
    user, room, other = make_user(), make_session(), make_session()
    said(room, "一", by=user)
    refusal = assert_refused(
        errors.TooManyMessages, lambda: said(other, "二", by=user, at=NOW + 1.9 * SECOND)
    )
    assert refusal.detail == {"wait_s": 2}
    said(other, "二", by=make_user(), at=NOW + 1.9 * SECOND)
    said(other, "二", by=user, at=NOW + 2 * SECOND)


def test_twenty_messages_in_five_minutes() -> None:
    user, room = make_user(), make_session()
    for n in range(20):
        said(room, f"第{n}句", by=user, at=NOW + n * 3 * SECOND)
    refusal = assert_refused(
        errors.TooManyMessages, lambda: said(room, "再来", by=user, at=NOW + 2 * MINUTE)
    )
    assert refusal.detail == {"wait_s": 181}
    said(room, "再来", by=user, at=NOW + 2 * MINUTE + 181 * SECOND)


def test_the_same_words_may_be_said_again_after_thirty_seconds() -> None:
    user, room = make_user(), make_session()
    said(room, "几天到?", by=user)
    assert_refused(
        errors.MessageRepeated, lambda: said(room, " 几天到? ", by=user, at=NOW + 29 * SECOND)
    )
    said(room, "几天到?", by=user, at=NOW + 30 * SECOND)


@pytest.mark.parametrize("minutes", [5, None])
def test_the_muted_and_the_banned_say_nothing_in_any_of_the_hosts_rooms(
    minutes: int | None,
) -> None:
    user, host = make_user(), make_host()
    ChatRestriction.objects.create(
        host=host, person=user, made_by=host.user, made_at=NOW,
        until=None if minutes is None else NOW + minutes * MINUTE,
    )  # fmt: skip
    room = make_session(host=host)
    assert_refused(errors.MayNotChat, lambda: said(room, by=user, at=NOW + 4 * MINUTE))
    said(make_session(), by=user, at=NOW + 4 * MINUTE)


def test_a_mute_is_over_after_its_minutes() -> None:
    user, host = make_user(), make_host()
    ChatRestriction.objects.create(
        host=host, person=user, made_by=host.user, made_at=NOW, until=NOW + MINUTE
    )
    assert said(make_session(host=host), by=user, at=NOW + MINUTE).pk


def test_the_latest_messages_come_oldest_first_masked_and_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    host = make_host(make_user("彭书记"))
    room = make_session(host=host)
    said(room, "太早")
    asked = said(room, "甜吗", by=make_user("王小明"))
    answered = said(room, "甜", by=host.user)
    hidden = said(room, "不甜")
    hide_message(session_id=room.pk, message_id=hidden.pk, by=host.user, now=NOW)
    said(make_session(), "别处")
    with django_assert_num_queries(1):
        latest = latest_messages(room.pk, 2)
    assert latest == [
        {"id": asked.pk, "who": "王**", "text": "甜吗", "said_at": NOW},
        {"id": answered.pk, "who": "彭书记", "text": "甜", "said_at": NOW},
    ]


def test_what_was_said_around_a_moment() -> None:
    host = make_host()
    room = make_session(host=host)
    for seconds in (-61, -60, 0, 60, 61):
        said(room, f"{seconds}", at=NOW + seconds * SECOND)
    hidden = said(room, "藏")
    hide_message(session_id=room.pk, message_id=hidden.pk, by=host.user, now=NOW)
    said(make_session(), "别处")
    assert [message["text"] for message in said_around(room.pk, NOW)] == ["-60", "0", "60"]
