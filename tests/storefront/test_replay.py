"""The room of a session that is over: its replay, with what was shown and said in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from lukou_market.storefront.replay_page import moments_of
from lukou_market.streams.models import ChatMessage, LiveSession, PinChange, Replay, ReplayPart
from tests.factories import NOW, make_offer, make_session, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(settings: Any) -> LiveSession:
    """Ended; its picture was away from the tenth to the fifteenth minute."""
    cache.clear()
    settings.EDGE_URL = "http://127.0.0.1:9"
    session = make_session("ended")
    for number, minute in enumerate((0, 15)):
        ReplayPart.objects.create(
            session=session,
            file=f"{session.pk}-{number}.flv",
            started_at=NOW + timedelta(minutes=minute),
            length_ms=600_000,
        )
    Replay.objects.create(session=session, length_ms=1_200_000, made_at=NOW)
    return session


def pinned_at(session: LiveSession, minute: int, offer: Any) -> None:
    PinChange.objects.create(session=session, offer=offer, at=NOW + timedelta(minutes=minute))


def test_offers_are_at_the_moments_they_were_shown(session: LiveSession) -> None:
    first, second = make_offer(session), make_offer(session)
    for minute, offer in (
        (-5, first),
        (4, second),
        (5, second),
        (6, None),
        (12, first),
        (13, second),
    ):
        pinned_at(session, minute, offer)
    moments = [(one.at_ms, one.offer, one.clock) for one in moments_of(session)]
    assert moments == [
        (0, first, "0:00"),
        (240_000, second, "4:00"),
        (360_000, None, "6:00"),
        (600_000, second, "10:00"),  # both changes came while the picture was away
    ]


def test_the_room_lists_the_moments_and_takes_no_orders(
    client: Client, session: LiveSession
) -> None:
    offer = make_offer(session)
    pinned_at(session, 4, offer)
    page = client.get(f"/live/{session.pk}/").content.decode()
    assert f'data-replay="/replay/{session.pk}/index.m3u8"' in page
    assert 'data-ms="240000"' in page and "4:00" in page
    assert page.count('class="button wide" disabled>') == 1
    assert 'id="chat-form"' not in page


def test_without_an_edge_or_a_replay_the_room_has_none(
    client: Client, session: LiveSession, settings: Any
) -> None:
    settings.EDGE_URL = ""
    assert "data-replay" not in client.get(f"/live/{session.pk}/").content.decode()
    settings.EDGE_URL = "http://127.0.0.1:9"
    assert "data-replay" not in client.get(f"/live/{make_session().pk}/").content.decode()


def test_words_have_their_place_in_the_replay_and_hidden_ones_none(
    client: Client, session: LiveSession
) -> None:
    author = make_user("王小明")
    said = [
        ChatMessage.objects.create(
            session=session, author=author, text=text, said_at=NOW + timedelta(minutes=minute)
        )
        for minute, text in ((1, "甜吗？"), (2, "难听的话"), (16, "甜！"))
    ]
    ChatMessage.objects.filter(pk=said[1].pk).update(
        hidden_at=NOW + timedelta(minutes=3), hidden_by=session.host.user
    )
    answer = client.get(f"/live/{session.pk}/replay/chat/").json()
    assert [(one["text"], one["at_ms"]) for one in answer["chat"]] == [
        ("甜吗？", 60_000),
        ("甜！", 660_000),
    ]
    assert {one["who"] for one in answer["chat"]} == {"王**"}
    assert answer["next"] is None
    more = client.get(f"/live/{session.pk}/replay/chat/", {"after": said[0].pk}).json()
    assert [one["text"] for one in more["chat"]] == ["甜！"]


@pytest.mark.parametrize("after", ["x", "-1", "", "²", "9" * 400])
def test_a_place_that_makes_no_sense_is_no_crash(
    client: Client, session: LiveSession, after: str
) -> None:
    answer = client.get(f"/live/{session.pk}/replay/chat/", {"after": after})
    assert answer.status_code in (200, 404)


def test_what_is_said_in_a_running_room_is_not_given_out_as_a_replay(client: Client) -> None:
    assert client.get(f"/live/{make_session().pk}/replay/chat/").status_code == 404
