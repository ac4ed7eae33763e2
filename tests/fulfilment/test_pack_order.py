import pytest

from lukou_market.fulfilment.errors import GoingBack, NotToPack, WrongWeight
from lukou_market.fulfilment.models import Shipment
from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order
from tests.factories import NOW, make_offer, make_user, place
from tests.fulfilment.parcels import (
    money_going_back,
    pack,
    packed,
    paid,
    shipped,
    status_of,
)

pytestmark = pytest.mark.django_db


def test_packing_notes_the_weight_and_the_packer() -> None:
    order, packer = paid(), make_user("李梅")
    shipment = pack(order, 2610, packer)
    assert (shipment.packed_g, shipment.packed_by, shipment.packed_at) == (2610, packer, NOW)
    assert status_of(order) == "packed"


def test_packing_again_with_the_same_weight_changes_nothing() -> None:
    order = paid()
    assert pack(order) == pack(order)
    assert status_of(order) == "packed"


def test_packing_again_after_shipping_changes_nothing() -> None:
    order = shipped()
    assert pack(order).tracking_number == "EMS1"
    assert status_of(order) == "shipped"


def test_a_packed_order_is_not_packed_otherwise() -> None:
    order = packed()
    with pytest.raises(NotToPack):
        pack(order, 1)
    assert Shipment.objects.get().packed_g == 2600


def test_an_unpaid_order_is_not_packed() -> None:
    order = place(make_user(), make_offer())
    with pytest.raises(NotToPack):
        pack(order)
    assert (status_of(order), Shipment.objects.count()) == ("placed", 0)


def test_an_order_without_weight_is_not_packed() -> None:
    order = paid()
    with pytest.raises(WrongWeight):
        pack(order, 0)
    assert (status_of(order), Shipment.objects.count()) == ("paid", 0)


def test_an_unknown_order_is_not_found() -> None:
    with pytest.raises(OrderNotFound):
        pack(Order(pk=0))


@pytest.mark.parametrize("status", ["approved", "sent"])
def test_an_order_whose_money_goes_back_is_not_packed(status: str) -> None:
    order = paid()
    money_going_back(order, status="approved")
    order.payments.get().refunds.update(status=status)
    with pytest.raises(GoingBack):
        pack(order)
    assert (status_of(order), Shipment.objects.count()) == ("paid", 0)


@pytest.mark.parametrize(("status", "amount_fen"), [("requested", 3990), ("approved", 3989)])
def test_an_order_that_keeps_some_money_is_packed(status: str, amount_fen: int) -> None:
    order = paid()
    money_going_back(order, status=status, amount_fen=amount_fen)
    pack(order)
    assert status_of(order) == "packed"
