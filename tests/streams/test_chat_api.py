from typing import Any

import pytest
from rest_framework.test import APIClient

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.streams.models import ChatMessage, LiveSession
from tests.factories import make_session, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> LiveSession:
    return make_session()


def say(client: APIClient, room: LiveSession, by: User | None, body: Any) -> Any:
    headers = {"Authorization": f"Bearer {issue_tokens(by)['access']}"} if by else {}
    path = f"/api/v1/live-sessions/{room.pk}/chat/"
    return client.post(path, body, format="json", headers=headers)


def test_a_message_is_said_with_a_token(client: APIClient, room: LiveSession) -> None:
    author = make_user("王小明")
    answer = say(client, room, author, {"text": "甜吗"})
    message = ChatMessage.objects.get()
    assert (message.author, message.text) == (author, "甜吗")
    assert answer.status_code == 201
    assert answer.json() == {
        "id": message.pk, "who": "王**", "text": "甜吗",
        "said_at": answer.json()["said_at"],
    }  # fmt: skip


def test_without_a_token_nothing_is_said(client: APIClient, room: LiveSession) -> None:
    assert say(client, room, None, {"text": "甜吗"}).json()["code"] == "not_authenticated"
    assert not ChatMessage.objects.exists()


def test_whose_account_is_closed_says_nothing(client: APIClient, room: LiveSession) -> None:
    author = make_user()
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert say(client, room, author, {"text": "甜吗"}).json()["code"] == "account_closed"
    assert not ChatMessage.objects.exists()


@pytest.mark.parametrize(
    "body",
    [{}, [], {"text": None}, {"text": ""}, {"text": "瓜" * 121}, {"text": "\0"}, {"text": {}}],
)
def test_what_is_no_message_is_invalid(client: APIClient, room: LiveSession, body: Any) -> None:
    answer = say(client, room, make_user(), body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not ChatMessage.objects.exists()


def test_a_refusal_carries_its_code_and_facts(client: APIClient, room: LiveSession) -> None:
    author = make_user()
    say(client, room, author, {"text": "甜吗"})
    answer = say(client, room, author, {"text": "大吗"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_messages")
    assert answer.json()["wait_s"] == 2
    assert ChatMessage.objects.count() == 1


def test_a_flood_is_stopped_before_it_costs_queries(
    client: APIClient, room: LiveSession, django_assert_num_queries: Any
) -> None:
    author = make_user()
    for _ in range(60):
        say(client, room, author, {})
    with django_assert_num_queries(0):
        answer = say(client, room, author, {"text": "甜吗"})
    assert (answer.status_code, answer.json()["code"]) == (429, "throttled")
    assert not ChatMessage.objects.exists()
