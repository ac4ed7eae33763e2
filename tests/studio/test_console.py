"""The console of a session: order, flash offers, notice, key, and what it shows when."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lukou_market.streams import errors
from lukou_market.streams.models import Host, LiveSession, Offer
from lukou_market.streams.stream_keys import stream_name
from lukou_market.studio.live_parts import live_parts
from tests.factories import make_offer, make_producer, make_session, make_sku, make_user
from tests.storefront.pages import place_now, sentences

pytestmark = pytest.mark.django_db
FLASH = {"price": "9.90", "quota": "20", "seconds": "60", "limit_per_buyer": "1"}


@pytest.fixture
def session(host: Host) -> LiveSession:
    return make_session(host=host, at=timezone.now() - timedelta(minutes=9))


def order_of(session: LiveSession) -> list[int]:
    return [offer.pk for offer in session.offers.all()]


def test_an_offer_moves_up_and_down_and_not_beyond_the_ends(
    console: Client, session: LiveSession
) -> None:
    first, second, third = (make_offer(session).pk for _ in range(3))
    seen = []
    for pk, step in ((third, "up"), (first, "down"), (third, "up"), (second, "down")):
        console.post(f"/studio/sessions/{session.pk}/offers/{pk}/", {"step": step})
        seen.append(order_of(session))
    assert seen == [
        [first, third, second],
        [third, first, second],
        [third, first, second],
        [third, first, second],
    ]


def test_a_flash_offer_opens_at_once_and_is_pinned(console: Client, session: LiveSession) -> None:
    sku = make_offer(session).sku
    before = timezone.now()
    console.post(f"/studio/sessions/{session.pk}/flash/", FLASH | {"sku": str(sku.pk)})
    offer = Offer.objects.get(price_fen=990)
    session.refresh_from_db()
    assert (offer.sku, offer.quota, offer.limit_per_buyer) == (sku, 20, 1)
    assert offer.opens_at and before <= offer.opens_at <= timezone.now()
    assert offer.closes_at == offer.opens_at + timedelta(seconds=60)
    assert session.pinned_offer == offer


@pytest.mark.parametrize(
    "wrong", [{"price": "9.905"}, {"quota": "0"}, {"seconds": "999999"}, {"sku": "0"}]
)
def test_wrong_terms_of_a_flash_offer_are_shown_again(
    console: Client, session: LiveSession, wrong: dict[str, str]
) -> None:
    form = FLASH | {"sku": str(make_offer(session).sku_id)} | wrong
    page = console.post(f"/studio/sessions/{session.pk}/flash/", form)
    assert list(page.context["flash_form"].errors) == list(wrong)
    assert Offer.objects.count() == 1


def test_only_what_the_session_sells_becomes_a_flash_offer(
    console: Client, host: Host, session: LiveSession
) -> None:
    make_offer(session)
    elsewhere = make_sku(make_producer(village=host.village))
    form = FLASH | {"sku": str(elsewhere.pk)}
    page = console.post(f"/studio/sessions/{session.pk}/flash/", form)
    assert list(page.context["flash_form"].errors) == ["sku"]
    assert Offer.objects.count() == 1


def test_before_the_stream_there_is_no_flash_offer(console: Client, host: Host) -> None:
    session = make_session("scheduled", host=host)
    form = FLASH | {"sku": str(make_offer(session).sku_id)}
    page = console.post(f"/studio/sessions/{session.pk}/flash/", form, follow=True)
    assert sentences(page) == [str(errors.SessionStatusWrong.sentence)]
    assert Offer.objects.count() == 1


def test_a_notice_is_shown_and_taken_away(console: Client, session: LiveSession) -> None:
    path = f"/studio/sessions/{session.pk}/notice/"
    seen = []
    for form in ({"text": " 今天 16 点前下单,当天发货 "}, {"text": "今天", "clear": "1"}):
        console.post(path, form)
        session.refresh_from_db()
        seen.append(session.notice)
    assert seen == ["今天 16 点前下单,当天发货", ""]


def test_a_notice_that_is_too_long_changes_nothing(console: Client, session: LiveSession) -> None:
    path = f"/studio/sessions/{session.pk}/notice/"
    console.post(path, {"text": "今天发货"}, follow=True)
    page = console.post(path, {"text": "长" * 121}, follow=True)
    assert sentences(page) == [str(errors.NoticeTooLong.sentence)]
    session.refresh_from_db()
    assert session.notice == "今天发货"


def test_the_stream_key_is_replaced_on_demand(
    console: Client, session: LiveSession, settings: Any
) -> None:
    settings.INGEST_URL = "rtmp://studio.example:1935/live"
    old = stream_name(session)
    page = console.get(f"/studio/sessions/{session.pk}/").content.decode()
    assert old in page and settings.INGEST_URL in page
    page = console.post(f"/studio/sessions/{session.pk}/key/", follow=True).content.decode()
    new = stream_name(LiveSession.objects.get(pk=session.pk))
    assert old != new and old not in page and new in page


def test_what_is_polled_does_not_tell_the_key(
    console: Client, session: LiveSession, settings: Any
) -> None:
    settings.INGEST_URL = "rtmp://studio.example:1935/live"
    key = stream_name(session)
    assert key not in console.get(f"/studio/sessions/{session.pk}/figures/").content.decode()


def test_where_no_picture_is_taken_in_there_is_no_key(
    console: Client, session: LiveSession, settings: Any
) -> None:
    settings.INGEST_URL = ""
    page = console.get(f"/studio/sessions/{session.pk}/").content.decode()
    assert "stream-name" not in page and "new-key" not in page
    assert not hasattr(LiveSession.objects.get(pk=session.pk), "stream_key")


@pytest.mark.parametrize("status", ["ended", "cancelled"])
def test_a_session_that_is_over_has_no_buttons_that_change_it(
    console: Client, host: Host, settings: Any, status: str
) -> None:
    settings.INGEST_URL = "rtmp://studio.example:1935/live"
    session = make_session("scheduled" if status == "cancelled" else status, host=host)
    LiveSession.objects.filter(pk=session.pk).update(status=status)
    make_offer(session)
    page = console.get(f"/studio/sessions/{session.pk}/").content.decode()
    assert f'action="/studio/sessions/{session.pk}/copy/"' in page
    for part in ('offers/"', "move/", "flash/", "notice/", "key/"):
        assert f'action="/studio/sessions/{session.pk}/{part}' not in page
    # Whoever missed the stream may still order for many; that is no change of the session.
    steps = set(re.findall(r'name="step" value="([^"]+)"', page))
    assert steps == ({"to-organisations"} if status == "ended" else set())
    assert "stream-name" not in page


def test_a_break_says_until_when(console: Client, session: LiveSession, settings: Any) -> None:
    settings.RECONNECT = timedelta(minutes=10)
    console.post(f"/studio/sessions/{session.pk}/move/", {"step": "interrupt"})
    session.refresh_from_db()
    page = console.get(f"/studio/sessions/{session.pk}/")
    until = timezone.localtime(session.status_at + timedelta(minutes=10))
    assert 'class="alarm"' in page.content.decode()
    assert f"{until:%H:%M}" in page.content.decode()
    settings.LONGEST_SESSION = timedelta(minutes=12)  # it began nine minutes ago
    assert session.started_at
    latest = session.started_at + timedelta(minutes=12)
    assert live_parts(session, now=timezone.now())["ends_at"] == latest


def test_states_of_offers_and_which_is_next(session: LiveSession) -> None:
    now = timezone.now()
    minute = timedelta(minutes=1)
    terms: list[dict[str, Any]] = [
        {},
        {"paused": True},
        {"quota": 3, "taken": 3},
        {"opens_at": now + minute},
        {"opens_at": now - minute, "closes_at": now},
        {"opens_at": now - minute, "closes_at": now + minute},
    ]
    offers = [make_offer(session, **fields) for fields in terms]
    session.pinned_offer = offers[0]
    parts = live_parts(session, now=now)
    states = [row.state for row in parts["rows"]]
    assert states == ["on_sale", "paused", "sold_out", "waiting", "over", "on_sale"]
    assert parts["next"].offer == offers[5]
    session.pinned_offer = offers[5]
    assert live_parts(session, now=now)["next"].offer == offers[0]


def test_nothing_is_next_when_all_is_sold_out(session: LiveSession) -> None:
    make_offer(session, quota=1, taken=1)
    assert live_parts(session, now=timezone.now())["next"] is None


def queries_of_a_look(console: Client, session: LiveSession) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert console.get(f"/studio/sessions/{session.pk}/figures/").status_code == 200
    return len(queries)


def test_a_look_costs_as_many_queries_however_much_is_sold(
    console: Client, session: LiveSession
) -> None:
    place_now(make_user(), make_offer(session))
    few = queries_of_a_look(console, session)
    for _ in range(4):
        place_now(make_user(), make_offer(session), 2)
    assert queries_of_a_look(console, session) == few <= 12
