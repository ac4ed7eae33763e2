from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.utils import timezone

from lukou_market.storefront.room_body import room_body
from lukou_market.streams.count_audience import count_audience
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.hearts import add_hearts
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.pin_offer import pin_offer
from lukou_market.streams.say import say
from lukou_market.streams.viewers import count_viewer
from tests.factories import make_offer, make_session, make_user, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]
MINUTE = timedelta(minutes=1)


def room_state(session_id: int) -> dict[str, Any]:
    state: dict[str, Any] = orjson.loads(room_body(session_id).json)
    return state


def test_the_state_tells_what_a_room_shows() -> None:
    offer = make_offer(quota=50, price_fen=3990)
    order = place(make_user("王小明"), offer, 2)
    Offer.objects.update(taken=8)
    LiveSession.objects.update(notice="明天接着来")
    pin_offer(session_id=offer.session.pk, offer_id=offer.pk)
    now = timezone.now()
    count_viewer(offer.session.pk, "a", now)
    count_viewer(offer.session.pk, "a", now)
    count_audience(now=now)
    add_hearts(offer.session.pk, "a", 4, now)
    message = say(session_id=offer.session.pk, author=make_user("李雷"), text="真甜", now=now)
    terms = {"id": offer.pk, "position": 0, "left": 42, "price_fen": 3990, "open": True}
    assert room_state(offer.session.pk) == {
        "session": offer.session.pk,
        "status": "live",
        "picture": False,
        "notice": "明天接着来",
        "pinned_offer": offer.pk,
        "viewers": 1,
        "watching": 1,
        "hearts": 4,
        "offers": [{**terms, "opens_at": None, "closes_at": None}],
        "sold": [{"id": order.pk, "who": "王**", "quantity": 2, "offer": offer.pk}],
        "chat": [
            {"id": message.pk, "who": "李*", "text": "真甜", "said_at": message.said_at.isoformat()}
        ],
    }


def test_the_last_five_sales_are_told_oldest_first() -> None:
    offer, elsewhere = make_offer(), make_offer()
    orders = [place(make_user(), offer) for _ in range(6)]
    place(make_user(), elsewhere)
    assert [sale["id"] for sale in room_state(offer.session.pk)["sold"]] == [
        order.pk for order in orders[1:]
    ]


def test_who_never_gave_a_name_is_told_by_a_masked_phone() -> None:
    offer = make_offer()
    place(make_user("138****5678"), offer)
    assert room_state(offer.session.pk)["sold"][0]["who"] == "138****5678"


@pytest.mark.parametrize(
    ("opens", "closes", "paused", "is_open"),
    [
        (None, None, False, True),
        (None, None, True, False),
        (-MINUTE, MINUTE, False, True),
        (MINUTE, None, False, False),
        (None, -MINUTE, False, False),
    ],
)
def test_an_offer_is_open_within_its_window_unless_paused(
    opens: timedelta | None, closes: timedelta | None, paused: bool, is_open: bool
) -> None:
    now = timezone.now()
    offer = make_offer(
        opens_at=now + opens if opens else None,
        closes_at=now + closes if closes else None,
        paused=paused,
    )
    assert room_state(offer.session.pk)["offers"][0]["open"] is is_open


@pytest.mark.parametrize(
    ("status", "is_open"),
    [("scheduled", False), ("live", True), ("interrupted", True), ("ended", False)],
)
def test_an_offer_is_open_while_its_session_takes_orders(status: str, is_open: bool) -> None:
    offer = make_offer(make_session(status))
    assert room_state(offer.session.pk)["offers"][0]["open"] is is_open


def test_a_warm_state_makes_no_query(django_assert_num_queries: Any) -> None:
    offer = make_offer()
    with django_assert_num_queries(4):
        first = room_state(offer.session.pk)
    with django_assert_num_queries(0):
        assert room_state(offer.session.pk) == first


def test_without_redis_the_database_answers_with_the_stored_viewers(no_redis: None) -> None:
    offer = make_offer()
    LiveSession.objects.update(viewers=7)
    assert room_state(offer.session.pk)["viewers"] == 7


def test_there_is_no_state_without_a_session() -> None:
    with pytest.raises(SessionNotFound):
        room_state(2**70)
