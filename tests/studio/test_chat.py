"""Reading and moderating a room's chat; nobody reaches into a room they don't keep."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.streams.chat_errors import NotRestrictable
from lukou_market.streams.models import ChatMessage, ChatRestriction, Host, LiveSession, Moderator
from lukou_market.streams.restrict_person import restrict_person
from lukou_market.studio.chat_rows import SHOWN
from tests.factories import make_host, make_session, make_user
from tests.streams.rooms import make_moderator, said

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def room(host: Host) -> LiveSession:
    return make_session(host=host)


@pytest.fixture
def message(room: LiveSession) -> ChatMessage:
    return said(room, "甜吗", by=make_user("王小明"), at=timezone.now())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def moderator_of(host: Host) -> Client:
    return signed_in(make_moderator(host))


def hide(client: Client, message: ChatMessage, **headers: str) -> Any:
    path = f"/studio/sessions/{message.session_id}/chat/{message.pk}/hide/"
    return client.post(path, headers=headers or None)


def restrict(client: Client, message: ChatMessage, step: str, **headers: str) -> Any:
    path = f"/studio/sessions/{message.session_id}/chat/{message.pk}/author/"
    return client.post(path, {"step": step}, headers=headers or None)


def another_host() -> Client:
    return signed_in(make_session().host.user)


def moderator_of_another_host() -> Client:
    return moderator_of(make_host())


def buyer() -> Client:
    user = make_user()
    said(make_session(), by=user, at=timezone.now())
    return signed_in(user)


@pytest.mark.parametrize("outsider", [another_host, moderator_of_another_host, buyer])
def test_the_chat_of_a_room_one_does_not_keep_does_not_exist(
    message: ChatMessage, outsider: Callable[[], Client]
) -> None:
    client, path = outsider(), f"/studio/sessions/{message.session_id}/chat/"
    answers = [client.get(path), client.get(f"{path}rows/"), hide(client, message)]
    answers += [restrict(client, message, step) for step in ("mute", "mute-day", "ban", "lift")]
    assert {answer.status_code for answer in answers} == {404}
    assert_untouched(message)


def test_a_stranger_signs_in_first(message: ChatMessage, client: Client) -> None:
    path = f"/studio/sessions/{message.session_id}/chat/"
    answers = [client.get(path), client.get(f"{path}rows/"), hide(client, message)]
    for answer in [*answers, restrict(client, message, "ban")]:
        assert answer.headers["Location"].startswith("/sign-in/?next=/studio/sessions/")
    assert_untouched(message)


def assert_untouched(message: ChatMessage) -> None:
    message.refresh_from_db()
    assert message.hidden_at is None
    assert not ChatRestriction.objects.exists()


def test_a_message_is_not_reached_through_another_room_of_ones_own(
    console: Client, message: ChatMessage
) -> None:
    elsewhere = said(make_session(), at=timezone.now())
    for path in ("hide", "author"):
        address = f"/studio/sessions/{message.session_id}/chat/{elsewhere.pk}/{path}/"
        assert console.post(address, {"step": "ban"}).status_code == 404
    assert_untouched(elsewhere)


@pytest.mark.parametrize("by_host", [True, False])
def test_who_keeps_the_room_hides_and_mutes(
    host: Host, message: ChatMessage, by_host: bool
) -> None:
    client = signed_in(host.user) if by_host else moderator_of(host)
    back = f"/studio/sessions/{message.session_id}/chat/"
    assert hide(client, message).headers["Location"] == back
    assert restrict(client, message, "mute").headers["Location"] == back
    message.refresh_from_db()
    assert message.hidden_at is not None
    held = ChatRestriction.objects.get(person=message.author, host=host)
    assert held.until is not None
    assert timedelta(minutes=9) < held.until - timezone.now() <= timedelta(minutes=10)


@pytest.mark.parametrize(("step", "days"), [("mute-day", 1), ("ban", None)])
def test_a_day_and_for_good(
    console: Client, message: ChatMessage, step: str, days: int | None
) -> None:
    restrict(console, message, step)
    held = ChatRestriction.objects.get()
    assert (held.until and held.until - held.made_at) == (days and timedelta(days=days))
    restrict(console, message, "lift")
    assert not ChatRestriction.objects.exists()


def test_a_step_that_does_not_exist_changes_nothing(console: Client, message: ChatMessage) -> None:
    assert restrict(console, message, "shoot").status_code == 404
    assert_untouched(message)


def test_a_script_is_told_what_was_done_and_why_not(host: Host, message: ChatMessage) -> None:
    client = moderator_of(host)
    assert set(hide(client, message, **JSON).json()) == {"done"}
    by_host = said(message.session, "甜", by=host.user, at=timezone.now())
    refusal = restrict(client, by_host, "ban", **JSON)
    assert (refusal.status_code, refusal.json()["code"]) == (409, "not_restrictable")
    assert not ChatRestriction.objects.exists()


def test_a_refusal_is_a_sentence_on_the_page(host: Host, room: LiveSession) -> None:
    by_host = said(room, "甜", by=host.user, at=timezone.now())
    path = f"/studio/sessions/{room.pk}/chat/{by_host.pk}/author/"
    page: Any = moderator_of(host).post(path, {"step": "ban"}, follow=True)
    assert [str(each) for each in page.context["messages"]] == [str(NotRestrictable())]


def test_the_page_masks_names_and_shows_what_is_hidden_and_who_is_muted(
    console: Client, host: Host, message: ChatMessage
) -> None:
    hide(console, message)
    restrict(console, message, "ban")
    page = console.get(f"/studio/sessions/{message.session_id}/chat/").content.decode()
    assert "王**" in page and "王小明" not in page and message.author.phone not in page
    [row] = console.get(f"/studio/sessions/{message.session_id}/chat/").context["chat"]
    assert row.message.hidden_at and row.restriction.until is None
    assert 'value="lift"' in page and "/hide/" not in page


def test_a_mute_that_is_over_is_not_shown(console: Client, host: Host, room: LiveSession) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    message = said(room, at=long_ago)
    restrict_person(host=host, person_id=message.author_id, minutes=1, by=host.user, now=long_ago)
    [row] = console.get(f"/studio/sessions/{room.pk}/chat/rows/").context["chat"]
    assert row.restriction is None


def test_the_page_shows_the_latest_in_as_many_queries_however_many_there_are(
    console: Client, room: LiveSession, django_assert_max_num_queries: Any
) -> None:
    ChatMessage.objects.bulk_create(
        ChatMessage(session=room, author=make_user(), text=f"第{n}句") for n in range(SHOWN + 1)
    )
    with django_assert_max_num_queries(6):
        page = console.get(f"/studio/sessions/{room.pk}/chat/rows/")
    shown = [row.message.text for row in page.context["chat"]]
    assert (len(shown), shown[0], shown[-1]) == (SHOWN, "第1句", f"第{SHOWN}句")


def test_the_console_has_the_chat_in_it(console: Client, message: ChatMessage) -> None:
    page = console.get(f"/studio/sessions/{message.session_id}/").content.decode()
    assert f'id="message-{message.pk}"' in page


def test_a_moderator_who_is_no_host_finds_the_rooms_they_keep(host: Host) -> None:
    room = make_session(host=host)
    make_session()
    client = moderator_of(host)
    assert client.get("/studio/").headers["Location"] == "/studio/moderating/"
    page = client.get("/studio/moderating/")
    assert list(page.context["sessions"]) == [room]
    assert client.get(f"/studio/sessions/{room.pk}/chat/").status_code == 200


@pytest.mark.parametrize("path", ["", "figures/"])
def test_a_moderator_sees_nothing_else_of_a_session(room: LiveSession, path: str) -> None:
    answer = moderator_of(room.host).get(f"/studio/sessions/{room.pk}/{path}")
    assert answer.headers["Location"] == "/studio/moderating/"


def test_a_moderator_does_not_end_the_session(room: LiveSession) -> None:
    moderator_of(room.host).post(f"/studio/sessions/{room.pk}/move/", {"step": "end"})
    room.refresh_from_db()
    assert room.status == "live"


def test_the_host_appoints_by_phone_and_dismisses(console: Client, host: Host) -> None:
    console.post("/studio/moderators/appoint/", {"phone": "138 1234 5678"})
    moderator = Moderator.objects.get(host=host)
    page = console.get("/studio/moderators/").content.decode()
    assert "138****5678" in page and "13812345678" not in page
    another_host().post(f"/studio/moderators/{moderator.person_id}/dismiss/")
    assert Moderator.objects.exists()
    console.post(f"/studio/moderators/{moderator.person_id}/dismiss/")
    assert not Moderator.objects.exists()


def test_a_wrong_number_is_a_sentence_on_the_page(console: Client) -> None:
    page: Any = console.post("/studio/moderators/appoint/", {"phone": "1"}, follow=True)
    assert len(list(page.context["messages"])) == 1
    assert not Moderator.objects.exists()


def test_a_moderator_appoints_nobody(host: Host) -> None:
    client = moderator_of(host)
    client.post("/studio/moderators/appoint/", {"phone": "13812345678"})
    client.post(f"/studio/moderators/{Moderator.objects.get().person_id}/dismiss/")
    assert Moderator.objects.count() == 1
