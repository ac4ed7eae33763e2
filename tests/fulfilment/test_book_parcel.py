"""A parcel gets its number from the carrier, once."""

from collections.abc import Iterator
from typing import Any

import pytest

from lukou_market.demo.carrier_standin.journal import ems_number
from lukou_market.demo.carrier_standin.server import CarrierStandIn
from lukou_market.fulfilment.book_parcel import book_parcel
from lukou_market.fulfilment.errors import (
    BookingRefused,
    CarrierNotAnswering,
    GoingBack,
    NotBookable,
    NotToShip,
    TrackingNumberUsed,
)
from lukou_market.fulfilment.models import Shipment
from lukou_market.orders.models import Order
from tests.factories import ADDRESS, NOW, make_offer
from tests.fulfilment.carrier import carrier_at_work
from tests.fulfilment.parcels import (
    money_going_back,
    pack,
    packed,
    paid,
    ship,
    shipped,
    sold,
    status_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def carrier(settings: Any) -> Iterator[CarrierStandIn]:
    with carrier_at_work(settings) as standin:
        yield standin


def book(order: Order, carrier: str = "ems", first_box: int = 1) -> Shipment:
    return book_parcel(order_id=order.pk, carrier=carrier, now=NOW, first_box=first_box)


def test_a_packed_parcel_is_booked_and_leaves_with_its_number(carrier: CarrierStandIn) -> None:
    order = packed()
    parcel = book(order)
    assert parcel.tracking_number == carrier.journal.numbers[f"{order.number}-1"]
    assert (parcel.carrier, parcel.booked_at, parcel.shipped_at) == ("ems", NOW, None)
    assert status_of(order) == "packed"
    ship(order, parcel.tracking_number)
    parcel.refresh_from_db()
    assert (status_of(order), parcel.booked_at, parcel.shipped_at) == ("shipped", NOW, NOW)


def test_the_carrier_is_told_where_it_goes_and_what_it_weighs(carrier: CarrierStandIn) -> None:
    order = packed()
    book(order)
    told = carrier.booked[f"{order.number}-1"]
    assert told["to"] == {
        "name": ADDRESS.recipient, "phone": ADDRESS.phone, "address": ADDRESS.text
    }  # fmt: skip
    village = order.lines.get().producer.village
    assert told["from"] == {"village_code": village.code, "village": village.name}
    assert (told["weight_g"], told["boxes"]) == (2600, 1)


def test_a_lost_answer_books_nothing_twice(carrier: CarrierStandIn) -> None:
    order = packed()
    carrier.loses_answers = True
    with pytest.raises(CarrierNotAnswering):
        book(order)
    assert Shipment.objects.get().tracking_number == ""
    [first] = carrier.journal.numbers.values()
    carrier.loses_answers = False
    assert book(order).tracking_number == first
    assert book(order).tracking_number == first
    assert len(carrier.journal.numbers) == 1


def test_each_parcel_of_an_order_has_a_number_of_its_own(carrier: CarrierStandIn) -> None:
    order = sold(quantity=2)
    for first_box in (1, 2):
        pack(order, 2500, first_box=first_box, boxes=1)
        book(order, first_box=first_box)
    numbers = set(order.shipments.values_list("tracking_number", flat=True))
    assert len(numbers) == 2 and "" not in numbers


def test_a_number_typed_by_hand_takes_the_place_of_the_booked_one(carrier: CarrierStandIn) -> None:
    order = packed()
    book(order)
    ship(order, "SF100", "sf")
    parcel = Shipment.objects.get()
    assert (parcel.carrier, parcel.tracking_number, parcel.booked_at) == ("sf", "SF100", None)


def test_a_number_typed_while_the_carrier_answers_stays(
    carrier: CarrierStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = packed()
    answer = carrier.book

    def slowly(reference: str, body: dict[str, Any]) -> Any:
        Shipment.objects.update(carrier="sf", tracking_number="SF1", shipped_at=NOW)
        return answer(reference, body)

    monkeypatch.setattr("lukou_market.fulfilment.carrier_gateway.book", lambda booking: slowly(
        booking.reference, {"to": {"address": "某地"}}
    )[1]["tracking_number"])  # fmt: skip
    assert book(order).tracking_number == "SF1"
    assert Shipment.objects.get().booked_at is None


def test_a_parcel_that_has_its_number_needs_no_carrier(
    carrier: CarrierStandIn, settings: Any
) -> None:
    order = packed()
    number = book(order).tracking_number
    settings.CARRIER_API_BASE = "http://127.0.0.1:9"
    assert book(order).tracking_number == number


def test_what_is_not_packed_or_has_left_is_not_booked(carrier: CarrierStandIn) -> None:
    for order in (paid(), shipped()):
        with pytest.raises(NotToShip):
            book(order)
    assert not carrier.booked


def test_a_parcel_whose_money_goes_back_is_not_booked(carrier: CarrierStandIn) -> None:
    order = packed()
    money_going_back(order, status="approved")
    with pytest.raises(GoingBack):
        book(order)
    assert not carrier.booked


@pytest.mark.parametrize("name", ["self", "pigeon", ""])
def test_not_every_carrier_takes_bookings(carrier: CarrierStandIn, name: str) -> None:
    with pytest.raises(NotBookable):
        book(packed(), name)
    assert not carrier.booked


def test_without_a_carrier_numbers_are_typed() -> None:
    order = packed()
    with pytest.raises(NotBookable):
        book(order)
    ship(order)
    assert status_of(order) == "shipped"


def test_the_carrier_says_why_it_does_not_take_a_parcel(carrier: CarrierStandIn) -> None:
    order = packed()
    Order.objects.filter(pk=order.pk).update(address=" ")
    with pytest.raises(BookingRefused) as refusal:
        book(order)
    assert "没有收件地址" in str(refusal.value)
    assert Shipment.objects.get().tracking_number == ""


@pytest.mark.parametrize("number", ["", "x", "EA 1 2 3 4", "<b>1234</b>", 12345, None])
def test_what_is_no_number_is_not_believed(
    carrier: CarrierStandIn, monkeypatch: pytest.MonkeyPatch, number: Any
) -> None:
    monkeypatch.setattr(carrier, "book", lambda *_: (200, {"tracking_number": number}))
    with pytest.raises(CarrierNotAnswering):
        book(packed())
    assert Shipment.objects.get().tracking_number == ""


def test_a_number_of_another_parcel_is_refused(
    carrier: CarrierStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped(number="EA-USED")
    monkeypatch.setattr(carrier, "book", lambda *_: (200, {"tracking_number": "EA-USED"}))
    with pytest.raises(TrackingNumberUsed):
        book(packed(make_offer()))
    assert Shipment.objects.filter(tracking_number="").count() == 1


def test_ems_numbers_have_the_check_digit_of_the_postal_union() -> None:
    assert ems_number(47312482) == "EA473124829CN"  # the example of UPU S10: RR473124829GB
