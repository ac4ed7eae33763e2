"""What a host changes is told to the room at once, and only then, and only if it changed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import TestCase
from django.utils import timezone

from lukou_market.kernel.errors import DomainError
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.models import LiveSession, Offer
from lukou_market.streams.move_offer import move_offer
from lukou_market.streams.pause_offer import set_paused
from lukou_market.streams.pin_offer import pin_offer
from lukou_market.streams.publish import RoomEvent, publish
from lukou_market.streams.set_notice import set_notice
from lukou_market.streams.start_flash_offer import start_flash_offer
from tests.factories import make_offer, make_session, make_sku
from tests.recording_edge import RecordingEdge, Told

pytestmark = pytest.mark.django_db

TERMS: dict[str, Any] = {"price_fen": 990, "quota": 5, "limit_per_buyer": 1}


@pytest.fixture
def hear(edge: RecordingEdge) -> Iterator[Callable[[int, Callable[[], object]], Told]]:
    """What a room is told once `act` is committed."""

    def heard(session_id: int, act: Callable[[], object]) -> Told:
        with TestCase.captureOnCommitCallbacks(execute=True):
            act()
            assert edge.told(session_id) == []
        return edge.news(session_id)

    yield heard


@pytest.mark.parametrize("pinned", [True, False])
def test_a_pinned_offer_is_told_and_its_end_too(hear: Any, pinned: bool) -> None:
    offer = make_offer()
    offer_id = offer.pk if pinned else None
    told = hear(offer.session_id, lambda: pin_offer(session_id=offer.session_id, offer_id=offer_id))
    assert told == [("pinned", {"offer": offer_id})]


def test_a_paused_offer_is_told_with_all_that_may_have_changed(hear: Any) -> None:
    offer = make_offer(quota=7)
    told = hear(offer.session_id, lambda: set_paused(offer_id=offer.pk, paused=True))
    assert told == [
        (
            "offer",
            {
                "id": offer.pk,
                "position": 0,
                "left": 7,
                "price_fen": 3990,
                "open": False,
                "opens_at": None,
                "closes_at": None,
            },
        )
    ]


def test_a_new_offer_is_told_below_the_others(hear: Any) -> None:
    session = make_session()
    sku = make_sku()
    make_offer(session, position=4)
    [(kind, offer)] = hear(session.pk, lambda: add_offer(session=session, sku=sku, **TERMS))
    assert (kind, offer["left"], offer["open"], offer["position"]) == ("offer", 5, True, 5)


def test_only_offers_whose_place_changed_are_told(hear: Any) -> None:
    session = make_session()
    offers = [make_offer(session, position=place) for place in range(4)]
    told = hear(
        session.pk, lambda: move_offer(session_id=session.pk, offer_id=offers[2].pk, position=1)
    )
    assert [(offer["id"], offer["position"]) for _, offer in told] == [
        (offers[2].pk, 1),
        (offers[1].pk, 2),
    ]


def test_a_notice_is_told_and_taken_away(hear: Any) -> None:
    session = make_session()
    told = hear(session.pk, lambda: set_notice(session_id=session.pk, text=" 三点\n抽奖 "))
    assert told == [("notice", {"text": "三点 抽奖"})]
    session.refresh_from_db()
    assert session.notice == "三点 抽奖"
    told = hear(session.pk, lambda: set_notice(session_id=session.pk, text=""))
    assert told == [("notice", {"text": ""})]


def test_a_flash_offer_is_told_with_its_times_and_then_pinned(hear: Any) -> None:
    session, now = make_session(), timezone.now()
    (first, offer), second = hear(
        session.pk,
        lambda: start_flash_offer(
            session_id=session.pk, sku=make_sku(), seconds=30, now=now, **TERMS
        ),
    )
    assert (first, offer["open"]) == ("offer", True)
    assert offer["closes_at"] == (now + timedelta(seconds=30)).isoformat()
    assert second == ("pinned", {"offer": offer["id"]})


@pytest.mark.parametrize(
    "act",
    [
        lambda session, offer: pin_offer(session_id=session.pk, offer_id=offer.pk),
        lambda session, _: set_notice(session_id=session.pk, text="再见"),
        lambda session, _: set_notice(session_id=session.pk, text="长" * 121),
        lambda session, _: add_offer(session=session, sku=make_sku(), **TERMS),
        lambda session, _: start_flash_offer(
            session_id=session.pk, sku=make_sku(), seconds=9, now=timezone.now(), **TERMS
        ),
        lambda session, offer: move_offer(session_id=session.pk, offer_id=offer.pk, position=0),
    ],
)
def test_what_is_refused_is_neither_done_nor_told(hear: Any, act: Any) -> None:
    session, elsewhere = make_session("ended"), make_offer()
    before = LiveSession.objects.values().get(pk=session.pk)

    def refused() -> None:
        with pytest.raises(DomainError):
            act(session, elsewhere)

    assert hear(session.pk, refused) == []
    assert LiveSession.objects.values().get(pk=session.pk) == before
    assert Offer.objects.get() == elsewhere


def test_an_edge_that_is_away_disturbs_nobody(edge: RecordingEdge) -> None:
    offer = make_offer()
    edge.away = True
    with TestCase.captureOnCommitCallbacks(execute=True):
        pin_offer(session_id=offer.session_id, offer_id=offer.pk)
    offer.session.refresh_from_db()
    assert offer.session.pinned_offer == offer


def test_an_event_says_its_version_type_and_time(edge: RecordingEdge) -> None:
    before = timezone.now()
    with TestCase.captureOnCommitCallbacks(execute=True):
        publish(3, RoomEvent.HEARTS, {"hearts": 1})
    [event] = edge.events[3]
    assert set(event) == {"v", "type", "at", "payload"}
    assert (event["v"], event["type"]) == (1, "hearts")
    assert before.isoformat() <= event["at"] <= timezone.now().isoformat()
