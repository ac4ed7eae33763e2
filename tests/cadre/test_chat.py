"""What was said, in the admin: found by its session, beside the orders it led to."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from lukou_market.streams.hide_message import hide_message
from lukou_market.streams.models import BlockedWord, LiveSession
from tests.factories import (
    NOW,
    make_offer,
    make_producer,
    make_region,
    make_session,
    make_sku,
    make_user,
    place,
)
from tests.streams.rooms import said

MESSAGES = "/admin/streams/chatmessage/"
WORDS = "/admin/streams/blockedword/"


def found(client: Client, sought: str) -> list[str]:
    page = client.get(MESSAGES, {"q": sought})
    return [message.text for message in page.context["cl"].result_list]


def test_messages_are_found_by_their_session(superuser: Client) -> None:
    melons, pickles = make_session(), make_session()
    LiveSession.objects.filter(pk=pickles.pk).update(title="李家村腌菜")
    said(melons, "甜吗")
    said(pickles, "咸吗")
    assert found(superuser, "腌菜") == ["咸吗"]
    assert found(superuser, str(melons.pk)) == ["甜吗"]


def test_a_message_tells_when_in_the_session_it_was_said(superuser: Client) -> None:
    message = said(make_session(), at=NOW + timedelta(hours=1, minutes=2, seconds=3.9))
    assert "1:02:03" in superuser.get(MESSAGES).content.decode()
    assert "1:02:03" in superuser.get(f"{MESSAGES}{message.pk}/change/").content.decode()


def test_nobody_changes_or_deletes_what_was_said(superuser: Client) -> None:
    message = said(make_session())
    assert superuser.post(f"{MESSAGES}{message.pk}/change/", {"text": "x"}).status_code == 403
    assert superuser.post(f"{MESSAGES}{message.pk}/delete/", {"post": "yes"}).status_code == 403
    message.refresh_from_db()
    assert message.text == "瓜甜吗"


def test_the_superuser_keeps_the_list_of_words(superuser: Client) -> None:
    superuser.post(f"{WORDS}add/", {"word": "微信"})
    assert BlockedWord.objects.get().word == "微信"
    refused = superuser.post(f"{WORDS}add/", {"word": "!!"})
    assert "word" in refused.context["adminform"].form.errors
    superuser.post(f"{WORDS}{BlockedWord.objects.get().pk}/delete/", {"post": "yes"})
    assert not BlockedWord.objects.exists()


def test_a_cadre_does_not_touch_the_list_of_words(cadre: Callable[[str], Client]) -> None:
    BlockedWord.objects.create(word="微信")
    client = cadre("430212000000")
    assert client.get(WORDS).status_code == 403
    assert client.post(f"{WORDS}add/", {"word": "赌博"}).status_code == 403
    assert [kept.word for kept in BlockedWord.objects.all()] == ["微信"]


def test_an_orders_page_tells_what_was_said_when_it_was_placed(
    cadre: Callable[[str], Client],
) -> None:
    producer = make_producer(village=make_region("430212101001"))
    offer = make_offer(sku=make_sku(producer))
    room = offer.session
    order = place(make_user("王小明"), offer)
    said(room, "<b>甜吗</b>", by=make_user("李大山"))
    said(room, "太晚", at=NOW + timedelta(minutes=2))
    hidden = said(room, "藏")
    hide_message(session_id=room.pk, message_id=hidden.pk, by=room.host.user, now=NOW)
    page = cadre("430212101001").get(f"/admin/orders/order/{order.pk}/change/").content.decode()
    assert "李**: &lt;b&gt;甜吗" in page
    assert "太晚" not in page and "藏" not in page
