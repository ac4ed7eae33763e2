from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from lukou_market.accounts.tokens import issue_tokens
from lukou_market.streams.models import Offer
from lukou_market.streams.viewers import viewers_of
from tests.factories import make_offer, make_session, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


@pytest.fixture
def client() -> APIClient:
    return APIClient()


def ask(client: APIClient, session_id: int, **headers: str) -> Any:
    return client.get(f"/api/v1/live-sessions/{session_id}/state/", headers=headers)


def bearer() -> str:
    return f"Bearer {issue_tokens(make_user())['access']}"


def test_the_state_is_json_that_may_be_kept_for_a_second(client: APIClient) -> None:
    offer = make_offer()
    answer = ask(client, offer.session.pk)
    assert answer.json()["offers"][0]["left"] == 100
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "private, max-age=1"


def test_an_unchanged_state_is_not_sent_again(client: APIClient) -> None:
    session = make_session()
    etag = ask(client, session.pk)["ETag"]
    again = ask(client, session.pk, **{"If-None-Match": f'"other", W/{etag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_a_changed_state_is_sent_again(client: APIClient) -> None:
    offer = make_offer()
    etag = ask(client, offer.session.pk)["ETag"]
    Offer.objects.update(taken=1)
    cache.clear()  # a second passes
    again = ask(client, offer.session.pk, **{"If-None-Match": etag})
    assert (again.status_code, again.json()["offers"][0]["left"]) == (200, 99)


def test_a_warm_answer_makes_no_query(client: APIClient, django_assert_num_queries: Any) -> None:
    session, token = make_session(), bearer()
    ask(client, session.pk)
    with django_assert_num_queries(0):
        ask(client, session.pk, Authorization=token)


def test_a_browser_counts_once_and_keeps_its_cookie(client: APIClient) -> None:
    session = make_session()
    cookie = ask(client, session.pk).cookies["visitor"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert not ask(client, session.pk).cookies
    assert viewers_of(session.pk) == 1
    ask(APIClient(), session.pk)
    assert viewers_of(session.pk) == 2


@pytest.mark.parametrize(
    "invented", ["me", "me:and-a-signature", "\N{LATIN SMALL LETTER E WITH ACUTE}", ""]
)
def test_an_invented_cookie_is_replaced(client: APIClient, invented: str) -> None:
    session = make_session()
    client.cookies["visitor"] = invented
    assert ":" in ask(client, session.pk).cookies["visitor"].value
    assert viewers_of(session.pk) == 1


def test_a_user_counts_once_on_any_device(client: APIClient) -> None:
    session, token = make_session(), bearer()
    for device in (client, APIClient()):
        assert not ask(device, session.pk, Authorization=token).cookies
    assert viewers_of(session.pk) == 1


@pytest.mark.parametrize(
    "token", ["Bearer stale", "Bearer", "Basic x", "Bearer \xff\0", "Bearer a b"]
)
def test_who_brings_a_bad_token_is_a_visitor_like_others(client: APIClient, token: str) -> None:
    session = make_session()
    answer = ask(client, session.pk, Authorization=token)
    assert (answer.status_code, "visitor" in answer.cookies) == (200, True)
    assert viewers_of(session.pk) == 1


@pytest.mark.parametrize("status", ["scheduled", "ended"])
def test_only_a_running_session_has_viewers(client: APIClient, status: str) -> None:
    session = make_session(status)
    assert not ask(client, session.pk).cookies
    assert viewers_of(session.pk) == 0


def test_without_redis_the_room_still_answers(client: APIClient, no_redis: None) -> None:
    offer = make_offer()
    answer = ask(client, offer.session.pk)
    assert (answer.status_code, answer.json()["viewers"]) == (200, 0)
