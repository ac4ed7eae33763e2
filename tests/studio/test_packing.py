"""Packing by weight, shipping, and deciding on refunds."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from lukou_market.accounts.models import Role, RoleGrant
from lukou_market.demo.carrier_standin.server import CarrierStandIn
from lukou_market.fulfilment.errors import CarrierNotAnswering, NotToPack
from lukou_market.fulfilment.models import Shipment
from lukou_market.orders.models import Order
from lukou_market.payments.errors import RefundDecided
from lukou_market.payments.models import Payment, Refund
from lukou_market.streams.models import Host
from tests.factories import (
    NOW,
    make_offer,
    make_producer,
    make_session,
    make_sku,
    make_user,
    make_village,
    place_paid,
)
from tests.fulfilment.carrier import carrier_at_work
from tests.storefront.pages import sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(host: Host) -> Order:
    return place_paid(make_user(), make_offer(make_session(host=host)), 2)


@pytest.fixture
def refund(order: Order) -> Refund:
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, created_at=NOW, checked_at=NOW
    )
    payment.status, payment.applied, payment.paid_at = "succeeded", True, NOW
    payment.payment_intent_id, payment.refunding_fen = "pi_1", 500
    payment.save()
    return Refund.objects.create(
        payment=payment, status="requested", reason="buyer", amount_fen=500,
        requested_at=NOW, next_attempt_at=NOW,
    )  # fmt: skip


def test_the_ordered_weight_is_proposed(console: Client, order: Order) -> None:
    assert 'value="5"' in console.get("/studio/packing/").content.decode()


def test_an_order_is_packed_by_weight_and_then_shipped(
    console: Client, host: Host, order: Order
) -> None:
    console.post(f"/studio/packing/{order.number}/pack/", {"packed_kg": "5.075"})
    shipment = Shipment.objects.get()
    assert (shipment.packed_g, shipment.packed_by) == (5075, host.user)
    listed = console.get("/studio/packing/").content.decode()
    assert order.address in listed and "5.075" in listed
    parcel = {"carrier": "ems", "tracking_number": "EA123456789CN"}
    console.post(f"/studio/packing/{order.number}/ship/", parcel)
    order.refresh_from_db()
    shipment.refresh_from_db()
    assert (order.status, shipment.tracking_number) == ("shipped", "EA123456789CN")


def test_boxes_leave_in_two_parcels(console: Client, order: Order) -> None:
    path = f"/studio/packing/{order.number}"
    console.post(f"{path}/pack/", {"first_box": "1", "boxes": "1", "packed_kg": "2.5"})
    listed = console.get("/studio/packing/").context
    assert (len(listed["to_pack"]), len(listed["to_ship"])) == (1, 1)
    console.post(f"{path}/ship/", {"carrier": "ems", "tracking_number": "EA1"})
    console.post(f"{path}/pack/", {"first_box": "2", "packed_kg": "2.5"})
    parcel = {"first_box": "2", "carrier": "ems", "tracking_number": "EA2"}
    console.post(f"{path}/ship/", parcel)
    order.refresh_from_db()
    numbers = order.shipments.values_list("first_box", "tracking_number")
    assert (order.status, list(numbers)) == ("shipped", [(1, "EA1"), (2, "EA2")])


@pytest.mark.parametrize("weight", ["0", "-1", "1.0005", "heavy", ""])
def test_a_weight_that_is_none_is_refused(console: Client, order: Order, weight: str) -> None:
    form = {"packed_kg": weight}
    page = console.post(f"/studio/packing/{order.number}/pack/", form, follow=True)
    assert len(sentences(page)) == 1
    order.refresh_from_db()
    assert order.status == "paid" and not Shipment.objects.exists()


def test_an_order_is_not_packed_twice(console: Client, order: Order) -> None:
    path = f"/studio/packing/{order.number}/pack/"
    console.post(path, {"packed_kg": "5"}, follow=True)
    page = console.post(path, {"packed_kg": "6"}, follow=True)
    assert sentences(page) == [str(NotToPack.sentence)]
    assert Shipment.objects.get().packed_g == 5000


@pytest.mark.parametrize(
    ("decision", "status", "refunding_fen"),
    [("approve", "approved", 500), ("reject", "rejected", 0)],
)
def test_a_request_for_money_back_is_decided(
    console: Client, refund: Refund, decision: str, status: str, refunding_fen: int
) -> None:
    assert list(console.get("/studio/refunds/").context["asked"]) == [refund]
    console.post(f"/studio/refunds/{refund.pk}/", {"decision": decision})
    refund.refresh_from_db()
    assert (refund.status, Payment.objects.get().refunding_fen) == (status, refunding_fen)
    assert list(console.get("/studio/refunds/").context["asked"]) == []


def test_a_decision_stands(console: Client, refund: Refund) -> None:
    path = f"/studio/refunds/{refund.pk}/"
    console.post(path, {"decision": "reject"}, follow=True)
    page = console.post(path, {"decision": "approve"}, follow=True)
    assert sentences(page) == [str(RefundDecided.sentence)]
    refund.refresh_from_db()
    assert refund.status == "rejected"


@pytest.fixture
def packer(client: Client, order: Order) -> Client:
    """A packer of the village the goods come from."""
    user = make_user("打包员")
    village = order.lines.get().producer.village
    RoleGrant.objects.create(user=user, role=Role.PACKER, region=village)
    client.force_login(user)
    return client


def test_a_packer_packs_and_ships_what_comes_from_their_village(
    packer: Client, order: Order
) -> None:
    assert order.number in packer.get("/studio/packing/").content.decode()
    packer.post(f"/studio/packing/{order.number}/pack/", {"packed_kg": "5"})
    parcel = {"carrier": "ems", "tracking_number": "EA1"}
    packer.post(f"/studio/packing/{order.number}/ship/", parcel)
    order.refresh_from_db()
    assert order.status == "shipped"


def test_a_packer_sees_no_other_villages_parcels(packer: Client) -> None:
    elsewhere = make_producer(village=make_village("430212102001"))
    other = place_paid(make_user(), make_offer(sku=make_sku(elsewhere)))
    assert other.number not in packer.get("/studio/packing/").content.decode()
    answer = packer.post(f"/studio/packing/{other.number}/pack/", {"packed_kg": "5"})
    other.refresh_from_db()
    assert (answer.status_code, other.status) == (404, "paid")


def test_a_packer_is_led_to_the_packing_table_and_into_no_session(packer: Client) -> None:
    assert packer.get("/studio/")["Location"] == "/studio/packing/"


def test_who_neither_sells_nor_packs_sees_no_parcel(client: Client, order: Order) -> None:
    client.force_login(make_user())
    answer = client.get("/studio/packing/")
    assert answer.status_code == 403
    assert order.number not in answer.content.decode()


@pytest.fixture
def carrier(settings: Any) -> Iterator[CarrierStandIn]:
    with carrier_at_work(settings) as standin:
        yield standin


def test_one_tap_books_a_packed_parcel_and_the_next_hands_it_over(
    console: Client, order: Order, carrier: CarrierStandIn
) -> None:
    path = f"/studio/packing/{order.number}"
    console.post(f"{path}/pack/", {"packed_kg": "5"}, follow=True)
    assert f"{path}/book/" in console.get("/studio/packing/").content.decode()
    page = console.post(f"{path}/book/", {"carrier": "ems", "first_box": "1"}, follow=True)
    parcel = Shipment.objects.get()
    assert parcel.tracking_number in sentences(page)[0]
    listed = page.content.decode()
    assert f'value="{parcel.tracking_number}"' in listed and f"{path}/book/" not in listed
    known = {"carrier": parcel.carrier, "tracking_number": parcel.tracking_number}
    console.post(f"{path}/ship/", known)
    order.refresh_from_db()
    assert order.status == "shipped"


def test_a_carrier_that_is_away_is_told_and_the_number_can_be_typed(
    console: Client, order: Order, settings: Any
) -> None:
    settings.CARRIER_API_BASE = "http://127.0.0.1:9"
    path = f"/studio/packing/{order.number}"
    console.post(f"{path}/pack/", {"packed_kg": "5"}, follow=True)
    page = console.post(f"{path}/book/", {"carrier": "ems"}, follow=True)
    assert sentences(page) == [str(CarrierNotAnswering.sentence)]
    console.post(f"{path}/ship/", {"carrier": "ems", "tracking_number": "EA1"})
    assert Shipment.objects.get().tracking_number == "EA1"


def test_without_a_carrier_there_is_no_button(console: Client, order: Order) -> None:
    console.post(f"/studio/packing/{order.number}/pack/", {"packed_kg": "5"}, follow=True)
    assert "/book/" not in console.get("/studio/packing/").content.decode()


@pytest.mark.parametrize("form", [{}, {"carrier": "pigeon"}, {"carrier": "ems", "first_box": "x"}])
def test_a_booking_that_is_none_is_refused(
    console: Client, order: Order, carrier: CarrierStandIn, form: dict[str, str]
) -> None:
    console.post(f"/studio/packing/{order.number}/pack/", {"packed_kg": "5"}, follow=True)
    page = console.post(f"/studio/packing/{order.number}/book/", form, follow=True)
    assert len(sentences(page)) == 1 and not carrier.booked


def test_a_packer_books_no_other_villages_parcels(packer: Client, carrier: CarrierStandIn) -> None:
    elsewhere = make_producer(village=make_village("430212102001"))
    other = place_paid(make_user(), make_offer(sku=make_sku(elsewhere)))
    answer = packer.post(f"/studio/packing/{other.number}/book/", {"carrier": "ems"})
    assert answer.status_code == 404 and not carrier.booked
