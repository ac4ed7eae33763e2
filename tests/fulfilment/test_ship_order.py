import pytest

from lukou_market.fulfilment.errors import (
    GoingBack,
    NotToShip,
    TrackingMissing,
    TrackingNumberUsed,
)
from lukou_market.fulfilment.models import Shipment
from tests.factories import NOW, make_offer
from tests.fulfilment.parcels import money_going_back, packed, paid, ship, shipped, status_of

pytestmark = pytest.mark.django_db


def test_shipping_notes_the_carrier_and_its_number() -> None:
    order = packed()
    shipment = ship(order, "SF123", "sf")
    assert (shipment.carrier, shipment.tracking_number, shipment.shipped_at) == ("sf", "SF123", NOW)
    assert status_of(order) == "shipped"


def test_shipping_again_with_the_same_number_changes_nothing() -> None:
    order = packed()
    assert ship(order) == ship(order)
    assert status_of(order) == "shipped"


def test_a_shipped_order_is_not_shipped_otherwise() -> None:
    order = shipped()
    with pytest.raises(NotToShip):
        ship(order, "EMS2")
    assert Shipment.objects.get().tracking_number == "EMS1"


def test_an_order_that_is_not_packed_is_not_shipped() -> None:
    order = paid()
    with pytest.raises(NotToShip):
        ship(order)
    assert status_of(order) == "paid"


def test_a_tracking_number_is_for_one_parcel() -> None:
    offer = make_offer()
    shipped(offer)
    order = packed(offer)
    with pytest.raises(TrackingNumberUsed):
        ship(order)
    assert status_of(order) == "packed"
    assert ship(order, carrier="sf").tracking_number == "EMS1"


@pytest.mark.parametrize(("carrier", "number"), [("", "1"), ("pigeon", "1"), ("ems", "")])
def test_a_parcel_needs_a_known_carrier_and_a_number(carrier: str, number: str) -> None:
    order = packed()
    with pytest.raises(TrackingMissing):
        ship(order, number, carrier)
    assert (status_of(order), Shipment.objects.get().carrier) == ("packed", "")


def test_an_order_whose_money_goes_back_is_not_shipped() -> None:
    order = packed()
    money_going_back(order, status="approved")
    with pytest.raises(GoingBack):
        ship(order)
    assert status_of(order) == "packed"
