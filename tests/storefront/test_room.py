"""The room as the server sends it: what works before, and without, its script."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lukou_market.streams.models import Offer
from tests.factories import make_household, make_link, make_offer, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def page_of(client: Client, offer: Offer) -> str:
    return client.get(f"/live/{offer.session_id}/").content.decode()


def test_the_room_shows_price_weight_and_what_is_left(client: Client) -> None:
    page = page_of(client, make_offer(price_fen=3990, quota=7, limit=3))
    assert "¥39.90" in page and "¥7.98" in page  # a box, and one of its five 斤
    assert '<span class="left number">7</span>' in page
    assert 'max="3"' in page
    assert "共 5 斤（2.5 公斤）" in page


def test_the_pinned_offer_stands_below_the_picture(client: Client) -> None:
    session = make_session()
    make_offer(session)
    pinned = make_offer(session)
    session.pinned_offer = pinned
    session.save()
    context = client.get(f"/live/{session.pk}/").context
    assert context["pinned"].offer == pinned
    assert [card.pinned for card in context["cards"]] == [False, True]


def test_every_card_has_a_key_of_its_own_and_a_new_one_each_time(client: Client) -> None:
    session = make_session()
    make_offer(session), make_offer(session)
    pages = [client.get(f"/live/{session.pk}/") for _ in range(2)]
    keys = {card.key for page in pages for card in page.context["cards"]}
    assert len(keys) == 4
    assert "no-store" in pages[0].headers["Cache-Control"]


@pytest.mark.parametrize("status", ["scheduled", "ended"])
def test_nothing_can_be_ordered_before_and_after_the_stream(client: Client, status: str) -> None:
    page = page_of(client, make_offer(make_session(status)))
    assert page.count('class="button wide" disabled>') == 1


def test_a_paused_sold_out_or_coming_offer_can_not_be_ordered(client: Client) -> None:
    session, now = make_session(), timezone.now()
    make_offer(session, paused=True)
    gone = make_offer(session, quota=1)
    Offer.objects.filter(pk=gone.pk).update(taken=1)
    make_offer(session, opens_at=now + timedelta(hours=1))
    make_offer(session, closes_at=now - timedelta(hours=1))
    page = client.get(f"/live/{session.pk}/")
    states = [card.state for card in page.context["cards"]]
    assert states == ["closed", "soldOut", "soon", "closed"]
    assert page.content.decode().count('class="button wide" disabled>') == 4


def test_a_quantity_that_makes_no_sense_is_one(client: Client) -> None:
    offer = make_offer()
    for wanted in ("x", "-1", "99999", "٣x", "1.5"):
        page = client.get(
            f"/live/{offer.session_id}/", {"offer": str(offer.pk), "quantity": wanted}
        )
        assert page.context["cards"][0].quantity == 1
    page = client.get(f"/live/{offer.session_id}/", {"offer": str(offer.pk), "quantity": "3"})
    assert page.context["cards"][0].quantity == 3


def test_the_room_says_whom_a_box_helps(client: Client) -> None:
    offer = make_offer(price_fen=4000)
    village = offer.sku.product.producer.village
    household = make_household(village=village, head="李大山")
    make_link(offer.sku.product.producer, household, 2500)
    page = page_of(client, offer)
    assert "1 户" in page and "每份 ¥10.00（25.00%）" in page
    assert "李" not in page and household.number not in page


def test_a_room_with_an_edge_names_where_events_and_picture_come_from(
    client: Client, settings: Any
) -> None:
    offer = make_offer()
    assert "/events/" not in page_of(client, offer)
    settings.EDGE_URL = "http://127.0.0.1:9"
    page = page_of(client, offer)
    assert f'data-events="/events/room-{offer.session_id}"' in page
    assert f'data-video="/hls/{offer.session_id}.m3u8"' in page


def test_cards_alone_are_the_same_for_everybody(client: Client) -> None:
    offer = make_offer()
    answer = client.get(f"/live/{offer.session_id}/cards/zh-hans/")
    html = answer.content.decode()
    assert f'id="offer-{offer.pk}"' in html and "下单" in html
    assert "csrfmiddlewaretoken" not in html and 'name="key" value=""' in html
    assert answer.headers["Cache-Control"] == "public, max-age=1"
    assert not answer.cookies


def test_cards_come_in_the_language_of_their_address(client: Client) -> None:
    offer = make_offer()
    page = client.get(f"/live/{offer.session_id}/cards/en/").content.decode()
    assert "per box" in page and "每箱" not in page
    assert client.get(f"/live/{offer.session_id}/cards/xx/").status_code == 404
    assert client.get("/live/999999/cards/en/").status_code == 404


def test_a_room_asks_the_database_as_often_for_many_offers_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = make_session()
    for _ in range(8):
        make_offer(session)
    with django_assert_max_num_queries(11):
        client.get(f"/live/{session.pk}/")
