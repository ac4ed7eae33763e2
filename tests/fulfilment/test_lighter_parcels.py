"""What a lighter parcel gives back: once, to the fen, and through the book."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.fulfilment.errors import TooLight
from lukou_market.fulfilment.models import Shipment
from lukou_market.fulfilment.receive_order import receive_order
from lukou_market.fulfilment.weigh import lighter_fen
from lukou_market.payments.models import Payment, Refund
from tests.factories import NOW, make_offer, make_sku
from tests.fulfilment.parcels import (
    given_back,
    pack,
    paid,
    ship,
    sold,
    status_of,
    stripe_gives_back,
)

pytestmark = pytest.mark.django_db


def test_two_per_cent_less_gives_two_per_cent_back_at_once() -> None:
    order = sold(quantity=2)
    assert pack(order, 4900).lighter_fen == 160
    refund = Refund.objects.get()
    assert (refund.status, refund.reason, refund.amount_fen) == ("approved", "lighter", 160)
    assert Payment.objects.get().refunding_fen == 160


def test_what_a_voucher_paid_does_not_go_back_to_the_buyer() -> None:
    order = sold(quantity=2, shipping_fen=800, discount_fen=1980)
    assert pack(order, 4900).lighter_fen == 120  # two per cent of the 60.00 they paid for goods


def test_packing_again_gives_nothing_more() -> None:
    order = sold(quantity=2)
    assert pack(order, 4900) == pack(order, 4900)
    assert given_back(order) == [160]


def test_a_heavier_parcel_costs_nothing() -> None:
    order = sold()
    assert pack(order, 2600).lighter_fen == 0
    assert not Refund.objects.exists()


def test_below_the_tolerance_nothing_is_packed() -> None:
    order = sold(quantity=2)
    with pytest.raises(TooLight) as refusal:
        pack(order, 4499)
    assert refusal.value.detail == {"least_kg": "4.5"} and "4.5" in str(refusal.value)
    assert (status_of(order), Shipment.objects.count(), Refund.objects.count()) == ("paid", 0, 0)


def test_no_more_goes_back_than_is_left_of_the_payment() -> None:
    order = sold()
    Payment.objects.update(refunding_fen=3900)
    assert pack(order, 2250).lighter_fen == 90
    assert Payment.objects.get().refunding_fen == 3990


def test_an_order_that_stripe_did_not_see_is_packed_and_gives_nothing() -> None:
    assert pack(paid(), 2450).lighter_fen == 0
    assert not Refund.objects.exists()


PARCELS = st.lists(st.tuples(st.integers(1, 3), st.integers(9_000, 11_000)), min_size=1, max_size=4)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(price_fen=st.integers(1, 20_000), weight_g=st.integers(10, 20_000), parcels=PARCELS)
def test_any_parcels_give_back_what_they_lack_and_the_book_stays_right(
    db: None, price_fen: int, weight_g: int, parcels: list[tuple[int, int]]
) -> None:
    offer = make_offer(sku=make_sku(weight_g=weight_g), price_fen=price_fen, limit=100)
    order = sold(offer, quantity=sum(boxes for boxes, _ in parcels))
    first_box = 1
    lacks_fen = 0
    for boxes, rate_bp in parcels:
        ordered_g = weight_g * boxes
        packed_g = -(-ordered_g * rate_bp // 10_000)
        for _twice in range(2):
            pack(order, packed_g, first_box=first_box, boxes=boxes)
        lacks_fen += lighter_fen(price_fen * boxes, ordered_g=ordered_g, packed_g=packed_g)
        first_box += boxes
    assert sum(given_back(order)) == lacks_fen == Payment.objects.get(order=order).refunding_fen
    for parcel in order.shipments.all():
        ship(order, f"E{parcel.pk}", first_box=parcel.first_box)
    stripe_gives_back()
    order.refresh_from_db()
    assert (order.status, order.refunded_fen) == ("shipped", lacks_fen)
    receive_order(buyer_id=order.buyer_id, number=order.number, now=NOW)
    post_due_orders(now=NOW)
    assert audit_books(with_stripe=False).findings == []
