"""Where parcels are, as their carrier tells it, and what follows from it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from lukou_market.demo.carrier_standin.server import API_KEY, CarrierStandIn
from lukou_market.fulfilment.follow_parcels import follow_due_parcels
from lukou_market.fulfilment.models import Shipment, TrackingEvent
from lukou_market.fulfilment.receive_overdue import receive_overdue_orders
from tests.factories import NOW, make_offer
from tests.fulfilment.carrier import carrier_at_work
from tests.fulfilment.parcels import pack, ship, shipped, sold, status_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
DELIVERED = NOW + timedelta(days=1)


@pytest.fixture
def carrier(settings: Any) -> Iterator[CarrierStandIn]:
    with carrier_at_work(settings) as standin:
        yield standin


def codes() -> list[str]:
    return list(TrackingEvent.objects.values_list("code", flat=True))


def test_scans_are_kept_once_and_the_last_one_delivers(carrier: CarrierStandIn) -> None:
    shipped(number="EMS1")
    carrier.scan("EMS1", "accepted", NOW)
    assert follow_due_parcels(now=NOW) == 1
    carrier.scan("EMS1", "delivered", DELIVERED)
    assert follow_due_parcels(now=NOW + timedelta(minutes=119)) == 0
    assert follow_due_parcels(now=LATER) == 1
    assert codes() == ["accepted", "delivered"]
    assert Shipment.objects.get().delivered_at == DELIVERED
    assert follow_due_parcels(now=LATER + timedelta(days=1)) == 0


def test_a_parcel_that_came_back_is_not_delivered(carrier: CarrierStandIn) -> None:
    order = shipped(number="EMS1")
    carrier.scan("EMS1", "delivered", DELIVERED)
    carrier.scan("EMS1", "returned", DELIVERED + timedelta(hours=1))
    follow_due_parcels(now=LATER)
    assert Shipment.objects.get().delivered_at is None
    assert receive_overdue_orders(now=NOW + timedelta(days=99)) == 0
    assert status_of(order) == "shipped"


@pytest.mark.parametrize("base", ["", "http://127.0.0.1:9"])
def test_without_an_answer_nothing_is_known(settings: Any, base: str) -> None:
    settings.CARRIER_API_BASE = base
    shipped()
    assert follow_due_parcels(now=NOW) == (1 if base else 0)
    assert codes() == [] and Shipment.objects.get().delivered_at is None


def test_a_carrier_that_does_not_know_us_is_asked_again(
    carrier: CarrierStandIn, settings: Any
) -> None:
    settings.CARRIER_API_KEY = "wrong"
    shipped(number="EMS1")
    carrier.scan("EMS1", "accepted", NOW)
    assert follow_due_parcels(now=NOW) == 1
    settings.CARRIER_API_KEY = API_KEY
    assert follow_due_parcels(now=LATER) == 1
    assert codes() == ["accepted"]


@pytest.mark.parametrize(
    "event",
    [{"code": "delivered"}, {"code": "x", "at": "soon", "place": "", "text": ""}, "delivered"],
)
def test_what_is_no_scan_is_not_believed(
    carrier: CarrierStandIn, monkeypatch: pytest.MonkeyPatch, event: Any
) -> None:
    shipped(number="EMS1")
    monkeypatch.setitem(carrier._told, "EMS1", [event])
    assert follow_due_parcels(now=NOW) == 1
    assert codes() == []


def test_own_delivery_is_not_asked_about(carrier: CarrierStandIn) -> None:
    order = sold(make_offer())
    pack(order)
    ship(order, "自送1", "self")
    assert follow_due_parcels(now=NOW) == 0


def delivered(number: str, at: datetime) -> None:
    Shipment.objects.filter(tracking_number=number).update(delivered_at=at)


def test_three_days_after_the_last_parcel_the_order_is_received() -> None:
    order = sold(make_offer(), quantity=2)
    for first_box in (1, 2):
        pack(order, 2500, first_box=first_box, boxes=1)
        ship(order, f"E{first_box}", first_box=first_box)
    delivered("E1", NOW)
    assert receive_overdue_orders(now=NOW + timedelta(days=4)) == 0
    delivered("E2", DELIVERED)
    assert receive_overdue_orders(now=DELIVERED + timedelta(days=3, seconds=-1)) == 0
    assert receive_overdue_orders(now=DELIVERED + timedelta(days=3)) == 1
    assert status_of(order) == "received"
