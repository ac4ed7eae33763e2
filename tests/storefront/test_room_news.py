"""What a page knows after the events is what a fresh state says, whatever has happened."""

from copy import deepcopy
from dataclasses import asdict
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from lukou_market.orders.latest_sales import Sale
from lukou_market.storefront.room_news import room_news
from lukou_market.storefront.room_state import RoomState
from tests.factories import NOW
from tests.storefront.listening_page import Json, Page


@st.composite
def _shows(draw: st.DrawFn) -> list[RoomState]:
    """A room at several moments: offers come and change, never go; sales go on."""
    offers: dict[int, Any] = {}
    sales: list[Sale] = []
    show: list[RoomState] = []
    for _ in range(draw(st.integers(1, 6))):
        for offer_id in draw(st.sets(st.integers(1, 4))):
            offers[offer_id] = _offer(draw, offer_id, offers.get(offer_id))
        for _ in range(draw(st.integers(0, 8))):
            sales.append(Sale(len(sales) + 1, "王**", draw(st.integers(1, 3)), 1))
        show.append(
            {
                "session": 1,
                "status": draw(st.sampled_from(["live", "interrupted", "ended"])),
                "picture": draw(st.booleans()),
                "notice": draw(st.sampled_from(["", "抽奖"])),
                "pinned_offer": draw(st.sampled_from([None, 1, 2])),
                "viewers": draw(st.integers(0, 3)),
                "watching": draw(st.integers(0, 3)),
                "hearts": draw(st.integers(0, 3)),
                "offers": sorted(offers.values(), key=lambda o: (o["position"], o["id"])),
                "sold": sales[-5:],
            }
        )
    return show


def _offer(draw: st.DrawFn, offer_id: int, before: Any) -> Any:
    left = draw(st.integers(0, 3))
    if before and draw(st.booleans()):
        return {**before, "left": left}
    times = st.sampled_from([None, NOW])
    return {
        "id": offer_id,
        "position": draw(st.integers(0, 3)),
        "left": left,
        "price_fen": draw(st.integers(1, 2)),
        "open": draw(st.booleans()),
        "opens_at": draw(times),
        "closes_at": draw(times),
    }


def _json(state: RoomState) -> Json:
    shown: Json = orjson.loads(orjson.dumps(state))
    return shown


@given(_shows())
def test_events_lead_from_an_old_state_to_the_fresh_one(show: list[RoomState]) -> None:
    told, last = show[0], show[-1]
    page, stranger = Page(_json(show[0])), Page(_json(show[0]))
    for state in [*show[1:], *[last] * 5]:  # the last sales need five turns to be told
        events, told = room_news(told, state)
        page.hear(events)
        everything, _ = room_news(None, state)
        stranger.hear(everything)
    assert page.state == _json(last)
    assert room_news(told, last) == ([], told)
    del page.state["sold"], stranger.state["sold"]  # to a stranger sales are told one by one
    assert stranger.state == page.state


@given(_shows())
def test_only_what_changed_is_told_and_a_message_that_comes_twice_does_no_harm(
    show: list[RoomState],
) -> None:
    told = show[0]
    page = Page(_json(told))
    for state in show[1:]:
        events, told = room_news(told, state)
        for event in events:
            before = deepcopy(page.state)
            page.hear([event])
            assert page.state != before
            page.hear([event])
        assert len([event for event, _ in events if event in ("left", "sold")]) <= 2
        assert {key: value for key, value in page.state.items() if key != "sold"} == {
            key: value for key, value in _json(state).items() if key != "sold"
        }


def test_a_burst_of_sales_is_told_one_at_a_time_the_latest_five_of_it() -> None:
    quiet = _room([])
    burst = _room([Sale(number, "王**", 1, 7) for number in range(96, 101)])
    told, heard = quiet, []
    for _ in range(7):
        events, told = room_news(told, burst)
        heard.append(events)
    sold = [[("sold", asdict(sale))] for sale in burst["sold"]]
    assert heard == [*sold, [], []]


def test_what_is_left_comes_in_one_message_for_all_offers() -> None:
    before, after = _room([], left=9), _room([], left=8)
    [(event, payload)], _ = room_news(before, after)
    assert (event, payload) == ("left", {"offers": [{"id": 1, "left": 8}, {"id": 2, "left": 8}]})


def _room(sold: list[Sale], left: int = 9) -> RoomState:
    terms = {"position": 0, "price_fen": 1, "open": True, "opens_at": None, "closes_at": None}
    return {
        "session": 1,
        "status": "live",
        "picture": True,
        "notice": "",
        "pinned_offer": None,
        "viewers": 1,
        "watching": 1,
        "hearts": 0,
        "offers": [{"id": number, "left": left, **terms} for number in (1, 2)],
        "sold": sold,
    }
