"""Sales at a stated price: lines draw on lots, and those who brought the goods are paid."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import HouseholdTotal, LotDraw, LotWait
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.catalog.models import LotSupply
from lukou_market.households.models import Farmer, Household, Producer
from lukou_market.ledger.entries import Place
from lukou_market.ledger.models import Transfer
from lukou_market.orders.models import OrderEvent
from lukou_market.orders.record_refund import record_refund
from lukou_market.streams.models import Offer
from tests.aid.test_post_orders import receive, totals
from tests.balance import balance_fen
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_lot,
    make_member,
    make_offer,
    make_pool,
    make_producer,
    make_sku,
    make_user,
    make_village,
    place_paid,
)

pytestmark = pytest.mark.django_db
JUNE_26, JUNE_27 = date(2026, 6, 26), date(2026, 6, 27)


@pytest.fixture
def producer() -> Producer:
    """Buys melons at 4.00 yuan a kilogram."""
    producer = make_producer()
    make_link(producer, None, mechanism="purchase", rate_fen_per_kg=400)
    return producer


@pytest.fixture
def offer(producer: Producer) -> Offer:
    """A box of 2.5 kg at 39.90."""
    return make_offer(sku=make_sku(producer), price_fen=3990)


def post() -> int:
    return post_due_orders(now=NOW)


def drawn() -> list[tuple[int, int, bool]]:
    draws = LotDraw.objects.order_by("id")
    return list(draws.values_list("household", "weight_g", "released"))


def test_households_get_the_price_of_what_they_brought_first_picked_first(offer: Offer) -> None:
    early, late = make_household(), make_household()
    make_lot(offer.sku.product, JUNE_27, {late: 10_000})
    make_lot(offer.sku.product, JUNE_26, {early: 3_000})
    for _ in range(2):
        receive(place_paid(make_user(), offer))
    post()
    assert drawn() == [
        (early.pk, 2500, False), (early.pk, 500, False), (late.pk, 2000, False)
    ]  # fmt: skip
    assert totals(early) == (1200, 0, 0)
    assert totals(late) == (800, 0, 0)
    assert HouseholdTotal.objects.get(household=early).income_kind == "business"
    assert list(LotSupply.objects.order_by("drawn_g").values_list("drawn_g", flat=True)) == [
        2000, 3000,
    ]  # fmt: skip


def test_an_order_waits_for_its_lot_and_goes_on_when_the_lot_is_there(offer: Offer) -> None:
    household = make_household()
    make_lot(offer.sku.product, JUNE_26, {household: 3_000})
    order = place_paid(make_user(), offer, 2)
    assert (post(), post()) == (0, 0)
    assert not Transfer.objects.exists() and not LotDraw.objects.exists()
    wait = LotWait.objects.get()
    assert (wait.order, wait.product, wait.needed_g) == (order, offer.sku.product, 5000)
    small = place_paid(make_user(), offer)
    assert post() == 1
    assert OrderEvent.objects.get(order=small, posted=True).kind == "paid"

    make_lot(offer.sku.product, JUNE_27, {household: 4_500})
    assert post() == 1
    assert not LotWait.objects.exists()
    assert drawn() == [(household.pk, g, False) for g in (2500, 500, 4500)]


def test_an_order_refunded_whole_before_receipt_gives_its_weight_back(offer: Offer) -> None:
    household = make_household()
    make_lot(offer.sku.product, JUNE_26, {household: 2_500})
    order = place_paid(make_user(), offer)
    post()
    record_refund(order=order, amount_fen=3990, now=NOW)
    post()
    assert drawn() == [(household.pk, 2500, True)]
    assert LotSupply.objects.get().drawn_g == 0
    receive(place_paid(make_user(), offer))
    post()
    assert drawn() == [(household.pk, 2500, True), (household.pk, 2500, False)]
    assert totals(household) == (1000, 0, 0)


def test_what_was_received_stays_drawn_after_a_refund(offer: Offer) -> None:
    household = make_household()
    make_lot(offer.sku.product, JUNE_26, {household: 2_500})
    order = place_paid(make_user(), offer)
    receive(order)
    post()
    record_refund(order=order, amount_fen=3990, now=NOW)
    post()
    assert drawn() == [(household.pk, 2500, False)]
    assert totals(household) == (1000, 1000, 0)
    assert balance_fen(Place("household", household.pk, "business")) == 0


def test_an_order_refunded_while_it_waits_needs_no_lot(offer: Offer) -> None:
    order = place_paid(make_user(), offer)
    post()
    record_refund(order=order, amount_fen=3990, now=NOW)
    assert post() == 2
    assert not LotWait.objects.exists() and not LotDraw.objects.exists()
    assert balance_fen(Place("producer_pending", offer.sku.product.producer_id)) == 0


def test_only_products_bought_at_a_stated_price_draw(offer: Offer) -> None:
    other = make_offer(sku=make_sku(make_producer()))
    place_paid(make_user(), other)
    assert post() == 1
    assert not LotDraw.objects.exists()


def test_a_farmer_who_moves_house_takes_no_past_sale_along(offer: Offer) -> None:
    household, new_home = make_household(), make_household()
    make_lot(offer.sku.product, JUNE_26, {household: 2_500})
    order = place_paid(make_user(), offer)
    post()
    member = make_member(new_home, name="李小山", relation="child")
    Farmer.objects.update(member=member)
    receive(order)
    post()
    assert totals(household) == (1000, 0, 0)
    assert totals(new_home) == (0, 0, 0)


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        ("lot_supply_drawn_within", "UPDATE catalog_lotsupply SET weight_g = 2499"),
        ("lot_supply_drawn_kept", "UPDATE catalog_lotsupply SET farmer_id = farmer_id + 1"),
        ("harvest_lot_product_kept", "UPDATE catalog_harvestlot SET product_id = 0"),
        ("lot_draw_kept", "UPDATE aid_lotdraw SET weight_g = 1"),
        ("lot_draw_stays", "DELETE FROM aid_lotdraw"),
        (
            "lot_supply_drawn_within",
            """INSERT INTO aid_lotdraw (line_id, supply_id, household_id, weight_g, released)
               SELECT line_id + 1, supply_id, household_id, 1, false FROM aid_lotdraw""",
        ),
    ],
)
def test_the_database_keeps_what_was_drawn(offer: Offer, rule: str, sql: str) -> None:
    make_lot(offer.sku.product, JUNE_26, {make_household(): 2_500})
    place_paid(make_user(), offer)
    post()
    with (
        pytest.raises(IntegrityError, match=rule),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert drawn()[0][1:] == (2500, False)


def test_a_stale_form_does_not_undo_a_draw(offer: Offer) -> None:
    make_lot(offer.sku.product, JUNE_26, {make_household(): 2_500})
    stale = LotSupply.objects.get()
    place_paid(make_user(), offer)
    post()
    stale.weight_g = 9000
    stale.save()
    stale.refresh_from_db()
    assert (stale.weight_g, stale.drawn_g) == (9000, 2500)


def test_every_mechanism_at_once_from_payment_to_refund(producer: Producer) -> None:
    """A box at 39.90: platform 2 %, melons 4.00/kg, 1.50 for packing, land 5 %, a pool of 10 %."""
    seller, packer, owner, member = (make_household() for _ in range(4))
    village = make_village()
    make_link(producer, None, 200, mechanism="platform")
    make_link(producer, packer, mechanism="labour", rate_fen_per_unit=150)
    make_link(producer, owner, 500, mechanism="land")
    make_pool(producer, 1000, ("分红", 8000, {member: 2, owner: 1}), ("集体", 2000, village))
    offer = make_offer(sku=make_sku(producer), price_fen=3990)
    make_lot(offer.sku.product, JUNE_26, {seller: 50_000})
    order = place_paid(make_user(), offer)
    receive(order, now=NOW + timedelta(hours=1))
    post()

    # 3990 − 80 platform − 1000 melons − 150 wage = 2760 (the odd fen goes by the line's turn)
    held = {
        "platform": -balance_fen(Place("platform")),
        "seller": -balance_fen(Place("household", seller.pk, "business")),
        "packer": -balance_fen(Place("household", packer.pk, "wage")),
        "owner": -balance_fen(Place("household", owner.pk, "property")),
        "member": -balance_fen(Place("household", member.pk, "property")),
        "collective": -balance_fen(Place("collective", int(village.pk))),
        "producer": -balance_fen(Place("producer", producer.pk)),
    }
    assert held == {
        "platform": 80, "seller": 1000, "packer": 150, "owner": 138 + 74, "member": 147,
        "collective": 55, "producer": 2346,
    }  # fmt: skip
    assert sum(held.values()) == 3990
    assert [f.check for f in audit_books(with_stripe=False).findings if "↔ book" in f.check] == []

    for amount in (1, 1333, 2656):
        record_refund(order=order, amount_fen=amount, now=NOW)
        post()
    places = [Place("platform"), Place("collective", int(village.pk))]
    places += [Place(kind, producer.pk) for kind in ("producer", "producer_pool")]
    places += [
        Place("household", household.pk, kind)
        for household in (seller, packer, owner, member)
        for kind in ("wage", "business", "property")
    ]
    assert {place: balance_fen(place) for place in places if balance_fen(place)} == {}


def test_a_rule_that_changes_after_the_sale_changes_no_figure_of_it(
    producer: Producer, offer: Offer
) -> None:
    household = make_household()
    make_lot(offer.sku.product, JUNE_26, {household: 50_000})
    order = place_paid(make_user(), offer)
    tomorrow = NOW + timedelta(days=1)
    rule = producer.links.get()
    rule.in_force = (rule.in_force.lower, tomorrow)
    rule.save()
    make_link(producer, None, mechanism="purchase", rate_fen_per_kg=1000, version=2, since=tomorrow)
    make_link(producer, None, 9000, mechanism="platform", since=tomorrow)
    receive(order, now=tomorrow)
    post()
    assert totals(household) == (1000, 0, 0)
    receive(place_paid(make_user(), offer, now=tomorrow), now=tomorrow)
    post()
    # 90 % to the platform leave 399 of the 2500 that are due.
    assert totals(household) == (1399, 0, 0)


def test_household_of_another_line_gets_nothing(producer: Producer, offer: Offer) -> None:
    bystander: Household = make_household()
    make_lot(make_sku(producer).product, JUNE_26, {bystander: 50_000})
    make_lot(offer.sku.product, JUNE_26, {make_household(): 50_000})
    receive(place_paid(make_user(), offer))
    post()
    assert totals(bystander) == (0, 0, 0)
