import pytest

from lukou_market.fulfilment.queries import to_pack, to_ship
from lukou_market.payments.queries import refunds_to_decide
from lukou_market.regions.jurisdiction import EVERYWHERE, Jurisdiction
from lukou_market.streams.models import Offer
from tests.factories import make_offer, make_producer, make_region, make_sku
from tests.fulfilment.parcels import money_going_back, packed, paid

pytestmark = pytest.mark.django_db

VILLAGE, NEIGHBOUR, FAR_AWAY = "430212101001", "430212101002", "430212102001"


def offer_of(code: str) -> Offer:
    return make_offer(sku=make_sku(make_producer(village=make_region(code))))


def inside(code: str) -> Jurisdiction:
    return Jurisdiction.of_regions([make_region(code)])


def test_packers_see_what_their_village_has_to_pack_and_to_ship() -> None:
    here, there = offer_of(VILLAGE), offer_of(NEIGHBOUR)
    to_be_packed, to_be_shipped = paid(here), packed(here)
    paid(there), packed(there)
    assert list(to_pack(inside(VILLAGE))) == [to_be_packed]
    assert list(to_ship(inside(VILLAGE))) == [to_be_shipped]
    assert to_ship(inside(VILLAGE)).get().shipment.packed_g == 2600


def test_a_town_sees_its_villages_and_the_auditor_everything() -> None:
    orders = [paid(offer_of(code)) for code in (VILLAGE, NEIGHBOUR, FAR_AWAY)]
    assert list(to_pack(inside("430212101000"))) == orders[:2]
    assert list(to_pack(EVERYWHERE)) == orders
    assert list(to_pack(Jurisdiction(()))) == []


def test_a_cadre_decides_on_refunds_of_their_own_villages() -> None:
    order = paid(offer_of(VILLAGE))
    money_going_back(order, status="requested")
    assert refunds_to_decide(inside(VILLAGE)).get().payment.order == order
    assert not refunds_to_decide(inside(NEIGHBOUR)).exists()


def test_a_refund_that_is_decided_waits_for_nobody() -> None:
    money_going_back(paid(offer_of(VILLAGE)), status="approved")
    assert not refunds_to_decide(EVERYWHERE).exists()
