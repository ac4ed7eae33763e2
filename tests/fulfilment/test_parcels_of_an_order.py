"""An order in several parcels."""

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, transaction

from lukou_market.fulfilment.boxes import left_to_pack
from lukou_market.fulfilment.errors import (
    NotToPack,
    NotToShip,
    PackedMeanwhile,
    RestIsPaid,
    TooManyBoxes,
)
from lukou_market.fulfilment.models import Shipment
from lukou_market.orders.models import Order
from lukou_market.payments.models import Refund
from tests.factories import NOW, make_offer, make_user
from tests.fulfilment.parcels import pack, ship, sold, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db: None) -> Order:
    """Three boxes of 2.5 kg."""
    return sold(quantity=3)


def test_boxes_go_in_two_parcels_and_the_order_is_shipped_with_the_last(order: Order) -> None:
    pack(order, 5000, boxes=2)
    ship(order, "E1")
    assert (status_of(order), left_to_pack(order).count) == ("packed", 1)
    pack(order, 2500, first_box=3)
    assert status_of(order) == "packed"
    ship(order, "E2", first_box=3)
    assert status_of(order) == "shipped"
    parcels = Shipment.objects.values_list("first_box", "boxes", "of_boxes", "closes")
    assert list(parcels) == [(1, 2, 3, False), (3, 1, 3, True)]


def told(order: Order) -> list[tuple[str, int | None]]:
    return list(order.notices.order_by("id").values_list("kind", "first_box"))


def test_the_buyer_is_told_of_each_parcel_once_and_with_the_last_of_the_whole(
    order: Order,
) -> None:
    for first_box in (1, 2, 3):
        pack(order, 2500, first_box=first_box, boxes=1)
        for _ in range(2):
            ship(order, f"E{first_box}", first_box=first_box)
    assert told(order) == [("parcel", 1), ("parcel", 2), ("shipped", None)]


def test_an_order_in_one_parcel_is_told_of_once(order: Order) -> None:
    pack(order, 7500)
    ship(order)
    assert told(order) == [("shipped", None)]


def test_the_last_parcel_may_leave_first(order: Order) -> None:
    pack(order, 2500, boxes=1)
    pack(order, 5000, first_box=2)
    ship(order, "E2", first_box=2)
    ship(order, "E1")
    assert told(order) == [("parcel", 2), ("shipped", None)]


def test_the_order_waits_for_the_parcel_that_is_not_packed_yet(order: Order) -> None:
    pack(order, 2500, boxes=1)
    with pytest.raises(NotToShip):
        ship(order, "E2", first_box=2)
    ship(order, "E1")
    assert status_of(order) == "packed"


def test_somebody_who_packs_the_same_boxes_later_is_told_so(order: Order) -> None:
    pack(order, 2500, boxes=1)
    with pytest.raises(PackedMeanwhile):
        pack(order, 2550, packer=make_user("另一位"), boxes=1)
    assert Shipment.objects.count() == 1


def test_more_boxes_than_are_left_are_not_packed(order: Order) -> None:
    pack(order, 2500, boxes=1)
    with pytest.raises(TooManyBoxes):
        pack(order, 7500, first_box=2, boxes=3)
    assert Shipment.objects.count() == 1


def test_a_parcel_is_not_shipped_under_another_number(order: Order) -> None:
    pack(order, 5000, boxes=2)
    ship(order, "E1")
    with pytest.raises(NotToShip):
        ship(order, "E2")
    assert Shipment.objects.get().tracking_number == "E1"


def give_back(order: Order, amount_fen: int) -> None:
    Refund.objects.create(
        payment=order.payments.get(), status="approved", reason="buyer", amount_fen=amount_fen,
        requested_at=NOW, next_attempt_at=NOW,
    )  # fmt: skip


def test_boxes_whose_money_went_back_stay_here(order: Order) -> None:
    give_back(order, 7980)
    pack(order, 2500, boxes=1, rest_stays=True)
    ship(order)
    assert (status_of(order), left_to_pack(order).count) == ("shipped", 0)


@pytest.mark.parametrize(("fen", "may_stay"), [(5320, True), (5319, False)])
def test_of_boxes_that_stay_only_what_the_buyer_paid_goes_back(fen: int, may_stay: bool) -> None:
    order = sold(make_offer(limit=3), quantity=3, discount_fen=3990)
    give_back(order, fen)
    with nullcontext() if may_stay else pytest.raises(RestIsPaid):
        pack(order, 2500, boxes=1, rest_stays=True)
    assert Shipment.objects.exists() == may_stay


def test_boxes_that_are_paid_for_do_not_stay_here(order: Order) -> None:
    give_back(order, 7979)
    with pytest.raises(RestIsPaid):
        pack(order, 2500, boxes=1, rest_stays=True)
    assert (status_of(order), Shipment.objects.count()) == ("paid", 0)


def test_an_order_that_is_closed_takes_no_parcel(order: Order) -> None:
    pack(order, 7500)
    with pytest.raises(NotToPack):
        pack(order, 2500, first_box=4)
    assert Shipment.objects.count() == 1


@pytest.mark.parametrize(
    ("first_box", "boxes", "rule"),
    [
        (2, 1, "shipment_box_once"),
        (3, 2, "shipment_boxes_within_order"),
        (0, 1, "shipment_boxes_within_order"),
    ],
)
def test_the_database_knows_each_box_once(
    order: Order, first_box: int, boxes: int, rule: str
) -> None:
    pack(order, 5000, boxes=2)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Shipment.objects.create(
            order=order, first_box=first_box, boxes=boxes, of_boxes=3, closes=False,
            ordered_g=2500, packed_g=2500, packed_by=make_user(), packed_at=NOW,
        )  # fmt: skip
    assert Shipment.objects.count() == 1
