"""What the feed tells rooms, look by look, of what nobody does in particular."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from django.core.cache import cache

from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.storefront.room_body import room_body
from lukou_market.storefront.room_feed import RoomFeed
from lukou_market.streams.hearts import add_hearts
from lukou_market.streams.models import LiveSession, Offer, SessionMinute
from lukou_market.streams.run_session import end_session
from lukou_market.streams.viewers import count_viewer
from tests.factories import NOW, make_offer, make_session, make_user, place
from tests.recording_edge import RecordingEdge, Told
from tests.storefront.listening_page import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]

LOOK = timedelta(seconds=0.5)
Look = Callable[[], None]


class Clock:
    """Time that passes from look to look only."""

    def __init__(self) -> None:
        self.now = NOW

    def look(self, feed: RoomFeed, after: timedelta = LOOK) -> None:
        self.now += after
        feed.look(self.now)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def kinds(told: Told) -> list[str]:
    return [kind for kind, _ in told]


def test_a_room_seen_first_is_told_all_and_then_nothing_until_something_changes(
    edge: RecordingEdge, clock: Clock
) -> None:
    feed, offer = RoomFeed(), make_offer()
    clock.look(feed)
    assert kinds(edge.news(offer.session_id)) == [
        "session",
        "pinned",
        "notice",
        "viewers",
        "hearts",
        "offer",
    ]
    clock.look(feed)
    assert edge.news(offer.session_id) == []


def test_sales_move_what_is_left_and_are_told_with_a_masked_name(
    edge: RecordingEdge, clock: Clock
) -> None:
    feed, offer = RoomFeed(), make_offer(quota=10)
    untouched = make_offer(offer.session)
    clock.look(feed)
    edge.news(offer.session_id)
    order = place(make_user("王小明"), offer, 2)
    clock.look(feed)
    clock.look(feed)
    assert edge.news(offer.session_id) == [
        ("left", {"offers": [{"id": offer.pk, "left": 8}]}),
        ("sold", {"id": order.pk, "who": "王**", "quantity": 2, "offer": offer.pk}),
    ]
    assert untouched.left == 100


def test_a_hundred_orders_between_two_looks_are_one_message_of_what_is_left(
    edge: RecordingEdge, clock: Clock
) -> None:
    feed, offer = RoomFeed(), make_offer(quota=200, limit=200)
    clock.look(feed)
    edge.news(offer.session_id)
    buyer = make_user()
    orders = [place(buyer, offer) for _ in range(100)]
    told: Told = []
    for _ in range(10):
        clock.look(feed)
        told += edge.news(offer.session_id)
    assert [payload for kind, payload in told if kind == "left"] == [
        {"offers": [{"id": offer.pk, "left": 100}]}
    ]
    assert [sale["id"] for kind, sale in told if kind == "sold"] == [
        order.pk for order in orders[-5:]
    ]


def test_stock_that_comes_back_is_told(edge: RecordingEdge, clock: Clock) -> None:
    feed, offer = RoomFeed(), make_offer(quota=3)
    place(make_user(), offer, 3, now=NOW)
    clock.look(feed)
    edge.news(offer.session_id)
    expire_due_orders(now=NOW + timedelta(hours=1))
    clock.look(feed)
    assert ("left", {"offers": [{"id": offer.pk, "left": 3}]}) in edge.news(offer.session_id)


def test_a_flash_offer_opens_and_closes_in_time(edge: RecordingEdge, clock: Clock) -> None:
    opens, closes = NOW + timedelta(seconds=2), NOW + timedelta(seconds=4)
    feed, offer = RoomFeed(), make_offer(opens_at=opens, closes_at=closes)
    heard: list[tuple[datetime, bool]] = []
    for _ in range(10):
        clock.look(feed)
        heard += [
            (clock.now, payload["open"])
            for kind, payload in edge.news(offer.session_id)
            if kind == "offer"
        ]
    assert heard == [(NOW + LOOK, False), (opens, True), (closes, False)]


def test_viewers_and_hearts_are_told_every_three_seconds_viewers_kept_by_the_minute(
    edge: RecordingEdge, clock: Clock
) -> None:
    feed, session = RoomFeed(), make_session()
    edge.listeners[session.pk] = 3
    clock.look(feed)
    assert ("viewers", {"viewers": 0, "watching": 3}) in edge.news(session.pk)
    for visitor in ("a", "b", "b"):
        count_viewer(session.pk, visitor, clock.now)
    edge.listeners[session.pk] = 4
    add_hearts(session.pk, "a", 3, clock.now)
    told: list[tuple[datetime, Any]] = []
    for _ in range(7):
        clock.look(feed)
        told += [(clock.now, event) for event in edge.news(session.pk)]
    assert [at for at, _ in told] == [NOW + LOOK + 6 * LOOK] * 2
    assert [event for _, event in told] == [
        ("viewers", {"viewers": 2, "watching": 5}),
        ("hearts", {"hearts": 3}),
    ]
    [minute] = SessionMinute.objects.all()
    assert (minute.minute, minute.watching, minute.arrived) == (NOW, 5, 2)
    assert minute.watched_s == 5 * 3


def test_an_event_that_the_edge_did_not_get_is_told_when_it_is_back(
    edge: RecordingEdge, clock: Clock
) -> None:
    feed, offer = RoomFeed(), make_offer(quota=10)
    clock.look(feed)
    edge.news(offer.session_id)
    edge.away = True
    place(make_user(), offer, 2)
    LiveSession.objects.update(notice="马上回来")
    clock.look(feed)
    edge.away = False
    clock.look(feed)
    told = edge.news(offer.session_id)
    assert ("notice", {"text": "马上回来"}) in told
    assert [payload["left"] for kind, payload in told if kind == "offer"] == [8]


def test_a_room_that_ends_is_told_what_closes_and_then_forgotten(
    edge: RecordingEdge, clock: Clock
) -> None:
    feed, offer = RoomFeed(), make_offer()
    clock.look(feed)
    edge.news(offer.session_id)
    end_session(session_id=offer.session_id, now=clock.now)
    clock.look(feed)
    told = edge.news(offer.session_id)
    assert ("session", {"status": "ended", "picture": False}) in told
    assert [payload["open"] for kind, payload in told if kind == "offer"] == [False]
    for _ in range(3):
        clock.look(feed)
    Offer.objects.update(taken=1)
    clock.look(feed)
    assert edge.news(offer.session_id) == []


def test_a_page_that_only_listens_knows_what_a_fresh_state_says(
    edge: RecordingEdge, clock: Clock
) -> None:
    feed, offer = RoomFeed(), make_offer(quota=20, limit=20)
    clock.look(feed)
    edge.news(offer.session_id)
    page = Page(fresh_state(offer.session_id))
    flash = make_offer(offer.session, closes_at=NOW + timedelta(seconds=3), position=1)
    place(make_user("李雷"), offer, 3)
    clock.look(feed)
    LiveSession.objects.update(pinned_offer=flash, notice="抢")
    Offer.objects.filter(pk=offer.pk).update(paused=True, position=2)
    place(make_user("韩梅梅"), flash)
    for _ in range(20):
        clock.look(feed)
    page.hear(edge.news(offer.session_id))
    assert page.state == fresh_state(offer.session_id)


@pytest.mark.parametrize("rooms", [1, 5])
def test_many_rooms_cost_the_database_as_many_queries_as_one(
    edge: RecordingEdge, clock: Clock, rooms: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rooms):
        place(make_user(), make_offer())
    feed = RoomFeed()
    clock.look(feed)
    for _ in range(5):
        with django_assert_num_queries(3):
            clock.look(feed)
    with django_assert_num_queries(6):
        clock.look(feed)


def test_without_an_edge_the_feed_still_counts(clock: Clock) -> None:
    session = make_session()
    for _ in range(2):
        count_viewer(session.pk, "a", NOW)
    clock.look(RoomFeed())
    session.refresh_from_db()
    assert session.viewers == 1
    assert SessionMinute.objects.get().watching == 1


def fresh_state(session_id: int) -> dict[str, Any]:
    cache.delete(f"room-state:{session_id}")
    state: dict[str, Any] = orjson.loads(room_body(session_id).json)
    return state
