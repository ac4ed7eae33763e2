"""The order button."""

import uuid
from typing import Any

import pytest
from django.test import Client

from lukou_market.kernel.errors import DomainError
from lukou_market.orders import errors
from lukou_market.orders.models import Order
from lukou_market.streams.errors import OfferNotFound
from lukou_market.streams.models import Offer
from tests.factories import make_offer, make_session, make_user
from tests.storefront.pages import place_now, sentences, signed_in, tap

pytestmark = pytest.mark.django_db


def test_a_tap_places_the_order_and_leads_to_it() -> None:
    buyer, offer = make_user(), make_offer()
    response = tap(signed_in(buyer), offer, quantity=2, follow=False)
    order = Order.objects.get()
    assert response.headers["Location"] == f"/orders/{order.number}/"
    assert (order.buyer, order.total_fen) == (buyer, 2 * offer.price_fen)


def test_the_same_form_sent_twice_is_one_order() -> None:
    client, offer, key = signed_in(make_user()), make_offer(), str(uuid.uuid4())
    responses = [tap(client, offer, key=key, follow=False) for _ in range(2)]
    assert Order.objects.count() == 1
    assert responses[0].headers["Location"] == responses[1].headers["Location"]


def test_a_refusal_is_a_sentence_in_the_room_and_the_quantity_stays() -> None:
    client, offer = signed_in(make_user()), make_offer(quota=3, limit=9)
    page = tap(client, offer, quantity=4)
    assert sentences(page) == [str(errors.SoldOut.sentence)]
    assert [card.quantity for card in page.context["cards"]] == [4]  # type: ignore[attr-defined]
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"shown_price_fen": 1}, errors.PriceChanged),
        ({"quantity": 6}, errors.LimitReached),
        ({"offer": 999_999}, OfferNotFound),
    ],
)
def test_each_refusal_says_why(wrong: Any, error: type[DomainError]) -> None:
    offer = make_offer(limit=5)
    assert sentences(tap(signed_in(make_user()), offer, **wrong)) == [str(error.sentence)]
    assert not Order.objects.exists()


def test_nothing_is_sold_before_the_stream() -> None:
    offer = make_offer(make_session("scheduled"))
    page = tap(signed_in(make_user()), offer)
    assert sentences(page) == [str(errors.SessionNotLive.sentence)]


@pytest.mark.parametrize(
    "wrong", [{"quantity": "0"}, {"quantity": "many"}, {"key": "x"}, {"offer": "-1"}]
)
def test_a_form_that_makes_no_sense_leads_back_to_the_room(wrong: dict[str, str]) -> None:
    offer = make_offer()
    response = tap(signed_in(make_user()), offer, follow=False, **wrong)
    assert response.headers["Location"] == f"/live/{offer.session_id}/"
    assert not Order.objects.exists()


def test_a_tap_needs_a_token_against_forgery() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    assert tap(client, make_offer(), follow=False).status_code == 403
    assert not Order.objects.exists()


def test_a_stranger_signs_in_first(client: Client) -> None:
    offer = make_offer()
    response = tap(client, offer, follow=False)
    assert response.headers["Location"] == f"/sign-in/?next=%2Flive%2F{offer.session_id}%2F"
    assert not Order.objects.exists()


def test_what_is_left_goes_down_with_each_order(client: Client) -> None:
    offer = make_offer(quota=7)
    place_now(make_user(), offer, 3)
    card = client.get(f"/live/{offer.session_id}/").context["cards"][0]
    assert card.offer.left == Offer.objects.get().left == 4
