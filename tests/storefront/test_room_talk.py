"""Saying something and giving hearts, from the room's page."""

from typing import Any

import pytest
from django.test import Client

from lukou_market.streams.hearts import hearts_of
from lukou_market.streams.models import BlockedWord, ChatMessage, LiveSession
from tests.factories import make_session, make_user
from tests.storefront.pages import sentences, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]
JSON = {"Accept": "application/json"}


@pytest.fixture
def room() -> LiveSession:
    return make_session()


def say(client: Client, room: LiveSession, text: str, **headers: str) -> Any:
    """What the server answers to words sent into the room."""
    return client.post(f"/live/{room.pk}/chat/", {"text": text}, headers=headers or None)


def give(client: Client, room: LiveSession, count: object, **headers: str) -> Any:
    return client.post(f"/live/{room.pk}/hearts/", {"count": count}, headers=headers or None)


def test_a_script_is_answered_with_the_message(room: LiveSession) -> None:
    buyer = make_user("王小明")
    answer = say(signed_in(buyer), room, " 甜吗 ", **JSON)
    message = ChatMessage.objects.get()
    assert (message.author, message.text, message.session) == (buyer, "甜吗", room)
    body = answer.json()
    assert answer.status_code == 201
    assert (body["id"], body["who"], body["text"]) == (message.pk, "王**", "甜吗")
    assert set(body) == {"id", "who", "text", "said_at"}


def test_a_script_is_told_why_not(room: LiveSession) -> None:
    BlockedWord.objects.create(word="微信")
    answer = say(signed_in(make_user()), room, "加微信", **JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "message_refused"
    assert "微信" not in answer.json()["title"]
    assert not ChatMessage.objects.exists()


def test_a_script_without_a_sign_in_learns_where_to(room: LiveSession) -> None:
    for send in (say, give):
        answer = send(Client(), room, "1", **JSON)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
        assert answer.json()["sign_in"] == f"/sign-in/?next=%2Flive%2F{room.pk}%2F"
    assert not ChatMessage.objects.exists() and hearts_of(room.pk) == 0


def test_a_plain_form_leads_back_to_the_room(room: LiveSession) -> None:
    client = signed_in(make_user())
    for answer in (say(client, room, "甜吗"), give(client, room, 3)):
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/live/{room.pk}/")
    assert ChatMessage.objects.get().text == "甜吗"
    assert hearts_of(room.pk) == 3


def test_what_a_plain_form_was_refused_is_in_it_again_once(room: LiveSession) -> None:
    client = signed_in(make_user())
    page: Any = client.post(f"/live/{room.pk}/chat/", {"text": "打13812345678"}, follow=True)
    assert len(sentences(page)) == 1
    assert 'name="text" value="打13812345678"' in page.content.decode()
    assert client.get(f"/live/{room.pk}/").context["unsent"] == ""
    assert not ChatMessage.objects.exists()


def test_words_wait_for_the_sign_in_and_are_not_sent_unasked(room: LiveSession) -> None:
    client = Client()
    answer = say(client, room, "甜吗")
    assert answer.headers["Location"] == f"/sign-in/?next=%2Flive%2F{room.pk}%2F"
    client.force_login(make_user())
    assert client.get(f"/live/{make_session().pk}/").context["unsent"] == ""
    assert client.get(f"/live/{room.pk}/").context["unsent"] == "甜吗"
    assert not ChatMessage.objects.exists()


@pytest.mark.parametrize("count", ["-5", "x", "", "1e3", "99999", "٣"])
def test_what_is_no_count_gives_no_hearts(room: LiveSession, count: str) -> None:
    answer = give(signed_in(make_user()), room, count, **JSON)
    assert (answer.status_code, answer.json()) == (200, {"hearts": 0})


def test_a_room_that_does_not_exist_takes_nothing() -> None:
    nowhere, client = LiveSession(pk=2**70), signed_in(make_user())
    for send in (say, give):
        assert send(client, nowhere, "1", **JSON).json()["code"] == "session_not_found"
        assert send(client, nowhere, "1").status_code == 302
    assert hearts_of(2**70) == 0


def test_another_site_can_not_make_somebody_talk(room: LiveSession) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    for send in (say, give):
        assert send(client, room, "1", **JSON).status_code == 403
    assert not ChatMessage.objects.exists() and hearts_of(room.pk) == 0
