from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from lukou_market.streams.models import LiveSession
from lukou_market.streams.pin_offer import pin_offer
from lukou_market.streams.queries import listed_sessions
from tests.factories import NOW, make_offer, make_producer, make_session, make_sku

pytestmark = pytest.mark.django_db
SESSIONS = "/api/v1/live-sessions/"


def test_live_sessions_come_first_then_the_next_then_the_latest(client: APIClient) -> None:
    def made(status: str, hours: int) -> int:
        return make_session(status, at=NOW + timedelta(hours=hours)).pk

    long_over, just_over = made("ended", -9), made("ended", -2)
    far_off, next_up = made("scheduled", 9), made("scheduled", 2)
    interrupted, live = made("interrupted", -1), made("live", 0)
    made("cancelled", 1)
    shown = [session["id"] for session in client.get(SESSIONS).json()["results"]]
    assert shown == [live, interrupted, next_up, far_off, just_over, long_over]


def test_the_list_costs_two_queries_however_long(
    client: APIClient, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        make_session()
    with django_assert_num_queries(2):
        answer = client.get(SESSIONS)
    assert answer.json()["count"] == 3
    assert set(answer.json()["results"][0]) == {
        "id", "title", "host", "village", "status", "scheduled_at", "started_at", "ended_at",
        "pinned_offer", "viewers",
    }  # fmt: skip


@pytest.mark.parametrize("page", ["0", "2", "last-but-one", "-1", "%00", "9" * 5000])
def test_a_page_that_does_not_exist_is_not_found(client: APIClient, page: str) -> None:
    answer = client.get(f"{SESSIONS}?page={page}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_session_shows_all_its_offers_in_two_queries(
    client: APIClient, django_assert_num_queries: Any
) -> None:
    session = make_session()
    producer = make_producer("浦湾甜瓜合作社")
    melons = make_offer(session, sku=make_sku(producer, weight_g=2500), price_fen=3990, limit=5)
    make_offer(session)
    pin_offer(session_id=session.pk, offer_id=melons.pk)
    with django_assert_num_queries(2):
        answer = client.get(f"{SESSIONS}{session.pk}/")
    first, second = answer.json()["offers"]
    assert first == {
        "id": melons.pk,
        "sku": "一箱",
        "product": melons.sku.product.name,
        "producer": "浦湾甜瓜合作社",
        "village": producer.village.name,
        "weight_g": 2500,
        "price_fen": 3990,
        "price_per_jin_fen": 798,
        "quota": 100,
        "left": 100,
        "limit_per_buyer": 5,
        "opens_at": None,
        "closes_at": None,
        "paused": False,
        "pinned": True,
    }
    assert second["pinned"] is False


@pytest.mark.parametrize("number", ["0", str(2**63), "9" * 40, "9" * 5000], ids=len)
@pytest.mark.parametrize("below", ["", "state/"])
def test_a_number_that_names_no_session_is_not_found(
    client: APIClient, number: str, below: str
) -> None:
    answer = client.get(f"{SESSIONS}{number}/{below}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_the_stored_viewers_are_listed() -> None:
    make_session()
    LiveSession.objects.update(viewers=50_000)
    assert listed_sessions().get().viewers == 50_000
