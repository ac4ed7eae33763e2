"""The rules of granting an order, one refusal at a time."""

from datetime import timedelta

import pytest

from lukou_market.accounts.models import User
from lukou_market.orders import errors
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.models import Order
from lukou_market.orders.place_order import PlacedOrder, place_order
from lukou_market.streams.errors import OfferNotFound
from lukou_market.streams.models import Offer
from tests.factories import NOW, make_offer, make_session, make_user, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return make_user()


def order(
    buyer: User, offer: Offer, quantity: int = 1, *, key: str = "k1", fen: int = 0
) -> PlacedOrder:
    return place_order(
        buyer_id=buyer.pk,
        key=key,
        offer_id=offer.pk,
        quantity=quantity,
        shown_total_fen=fen or offer.price_fen * quantity,
        now=NOW,
    )


def assert_nothing_changed(offer: Offer, *, orders: int = 0, taken: int = 0) -> None:
    offer.refresh_from_db()
    assert (Order.objects.count(), offer.taken) == (orders, taken)


def test_an_order_reserves_its_units_for_fifteen_minutes(buyer: User) -> None:
    offer = make_offer(quota=10)

    placed = order(buyer, offer, 2)

    offer.refresh_from_db()
    assert offer.taken == 2
    assert placed.pay_by == NOW + timedelta(minutes=15)
    assert placed.total_fen == 7980
    row = Order.objects.get(number=placed.number)
    assert row.status == "placed"
    line = row.lines.get()
    assert (line.quantity, line.total_fen, line.weight_g) == (2, 7980, 5000)
    assert line.producer == offer.sku.product.producer


def test_the_same_key_and_body_give_the_same_order_again(buyer: User) -> None:
    offer = make_offer()
    first = order(buyer, offer)

    again = order(buyer, offer)

    assert again.replayed
    assert (again.number, again.total_fen, again.pay_by) == (
        first.number, first.total_fen, first.pay_by,
    )  # fmt: skip
    assert_nothing_changed(offer, orders=1, taken=1)


def test_a_replay_answers_even_when_the_offer_has_sold_out_meanwhile(buyer: User) -> None:
    offer = make_offer(quota=1)
    first = order(buyer, offer)
    assert order(buyer, offer).number == first.number


def test_the_same_key_with_another_body_is_refused(buyer: User) -> None:
    offer = make_offer()
    order(buyer, offer, 1)
    with pytest.raises(errors.IdempotencyKeyReused):
        order(buyer, offer, 2)
    assert_nothing_changed(offer, orders=1, taken=1)


def test_two_buyers_may_use_the_same_key() -> None:
    offer = make_offer()
    assert order(make_user(), offer).number != order(make_user(), offer).number


@pytest.mark.parametrize("status", ["scheduled", "ended", "cancelled"])
def test_a_session_that_is_not_live_takes_no_orders(buyer: User, status: str) -> None:
    offer = make_offer(make_session(status))
    with pytest.raises(errors.SessionNotLive):
        order(buyer, offer)
    assert_nothing_changed(offer)


def test_an_interrupted_session_goes_on_taking_orders(buyer: User) -> None:
    assert order(buyer, make_offer(make_session("interrupted"))).number


@pytest.mark.parametrize(
    "window",
    [
        {"paused": True},
        {"opens_at": NOW + timedelta(seconds=1)},
        {"closes_at": NOW},
    ],
)
def test_an_offer_outside_its_window_or_paused_is_not_open(buyer: User, window: dict) -> None:  # type: ignore[type-arg]
    offer = make_offer(**window)
    with pytest.raises(errors.OfferNotOpen):
        order(buyer, offer)
    assert_nothing_changed(offer)


def test_a_flash_offer_is_open_from_its_first_moment(buyer: User) -> None:
    offer = make_offer(opens_at=NOW, closes_at=NOW + timedelta(seconds=1))
    assert order(buyer, offer).number


def test_another_total_than_the_shown_one_is_refused(buyer: User) -> None:
    offer = make_offer(price_fen=3990)
    with pytest.raises(errors.PriceChanged):
        order(buyer, offer, fen=3989)
    assert_nothing_changed(offer)


def test_the_limit_counts_all_live_orders_of_the_buyer(buyer: User) -> None:
    offer = make_offer(limit=3)
    order(buyer, offer, 2, key="a")
    with pytest.raises(errors.LimitReached):
        order(buyer, offer, 2, key="b")
    assert_nothing_changed(offer, orders=1, taken=2)
    assert order(buyer, offer, 1, key="c").number


def test_a_cancelled_order_no_longer_counts_towards_the_limit(buyer: User) -> None:
    offer = make_offer(limit=1)
    first = order(buyer, offer, key="a")
    cancel_order(buyer_id=buyer.pk, number=first.number, now=NOW)
    assert order(buyer, offer, key="b").number


def test_more_than_what_is_left_is_sold_out_and_less_still_sells(buyer: User) -> None:
    offer = make_offer(quota=3, limit=9)
    place(make_user(), offer, 2)
    with pytest.raises(errors.SoldOut):
        order(buyer, offer, 2)
    assert_nothing_changed(offer, orders=1, taken=2)
    assert order(buyer, offer, 1, key="smaller").number


def test_an_unknown_offer_is_not_found(buyer: User) -> None:
    offer = make_offer()
    missing = Offer(pk=offer.pk + 10_000, price_fen=1)
    with pytest.raises(OfferNotFound):
        order(buyer, missing)
    assert_nothing_changed(offer)


def test_every_refusal_has_its_own_code_and_a_sentence() -> None:
    sentences = {str(error.sentence) for error in errors.REFUSALS.values()}
    assert len(sentences) == len(errors.REFUSALS) == 7
    assert all(sentences)
