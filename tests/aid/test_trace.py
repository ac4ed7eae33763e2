"""From an order line to everybody who has a part of it, by every kind of rule."""

import pytest

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.trace import OrderTrace, TraceRow, trace_order
from lukou_market.catalog.models import HarvestLot
from lukou_market.households.models import BenefitLink, Household, Producer
from lukou_market.ledger.models import Transfer
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from tests.aid.sales import receive
from tests.factories import (
    LONG_AGO,
    NOW,
    make_household,
    make_link,
    make_lot,
    make_offer,
    make_pool,
    make_producer,
    make_sku,
    make_user,
    make_village,
    place,
    place_paid,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def grower() -> Household:
    return make_household(head="李大山")


@pytest.fixture
def worker() -> Household:
    return make_household(head="王小红")


@pytest.fixture
def producer(grower: Household, worker: Household) -> Producer:
    """Buys at 2 yuan per kg, pays a wage of 0.50 a box, shares a pool, and the platform has 1 %."""
    producer = make_producer("浦湾合作社")
    make_link(producer, None, mechanism="purchase", rate_fen_per_kg=200)
    make_link(producer, worker, mechanism="labour", rate_fen_per_unit=50)
    make_link(producer, None, 100, mechanism="platform")
    make_pool(
        producer, 5000, ("农户分红", 8000, {worker: 1}), ("集体", 2000, make_village())
    )  # fmt: skip
    return producer


@pytest.fixture
def lots(producer: Producer, grower: Household) -> list[HarvestLot]:
    """Two lots of which one box of 2.5 kg takes the whole first and a part of the second."""
    product = make_sku(producer).product
    return [
        make_lot(product, NOW.date(), {grower: 1000}),
        make_lot(product, NOW.date(), {grower: 100_000}),
    ]


@pytest.fixture
def order(lots: list[HarvestLot]) -> Order:
    offer = make_offer(sku=lots[0].product.skus.get(), price_fen=2000)
    order = place_paid(make_user(), offer)
    receive(order)
    post_due_orders(now=NOW)
    order.refresh_from_db()
    return order


def by_kind(trace: OrderTrace) -> dict[tuple[str, str], TraceRow]:
    return {(row.kind, row.mechanism): row for row in trace.rows}


def test_every_party_is_named_with_its_rule(order: Order, lots: list[HarvestLot]) -> None:
    rows = by_kind(trace_order(order=order))
    bought = rows["household", "purchase"]
    assert (bought.name, bought.amount_fen, bought.income_kind) == ("李**", 500, "business")
    assert bought.rule
    assert "2.00" in bought.rule.terms
    assert bought.rule.lot == f"{lots[0].number} 1 kg, {lots[1].number} 1.5 kg"
    wage = rows["household", "labour"]
    assert (wage.name, wage.amount_fen, wage.income_kind) == ("王**", 50, "wage")
    assert wage.rule
    assert wage.rule.since == LONG_AGO
    platform = rows["platform", "platform"]
    assert (platform.amount_fen, platform.village) == (20, "")
    collective = rows["collective", "dividend"]
    assert (collective.amount_fen, collective.village) == (143, make_village().name)
    assert rows["producer", ""].rule is None


def test_the_parts_of_each_line_sum_to_it(order: Order) -> None:
    record_refund(order=order, amount_fen=777, now=NOW)
    order.refresh_from_db()
    trace = trace_order(order=order)
    assert (trace.total_fen, trace.refunded_fen, trace.net_fen) == (2000, 777, 1223)
    assert [line.net_fen + line.refunded_fen for line in trace.lines] == [2000]


def test_a_part_is_carried_by_transfers_to_or_from_its_own_account(
    order: Order, grower: Household
) -> None:
    trace = trace_order(order=order)
    for row in trace.rows:
        credited = [
            Transfer.objects.get(pk=carrier.id)
            for carrier in row.transfers
            if carrier.code.endswith(("_credited", "_retained"))
        ]
        assert [transfer.credit.kind for transfer in credited] == [row.kind]
        assert credited[0].amount_fen == row.amount_fen
    bought = by_kind(trace)["household", "purchase"]
    codes = {carrier.code for carrier in bought.transfers}
    assert codes == {"share_expected", "share_released", "share_credited"}
    assert all(
        grower.pk in (t.debit.owner, t.credit.owner)
        for t in Transfer.objects.filter(pk__in=[carrier.id for carrier in bought.transfers])
    )


def test_before_payment_parts_are_planned_and_nothing_carries_them(producer: Producer) -> None:
    offer = make_offer(sku=make_sku(producer), price_fen=2000)
    trace = trace_order(order=place(make_user(), offer))
    assert trace.basis == "planned"
    assert trace.net_fen == 2000
    assert not any(row.transfers for row in trace.rows)


def test_a_rule_changed_after_the_sale_is_not_the_rule_of_the_sale(
    producer: Producer, order: Order, worker: Household
) -> None:
    old = BenefitLink.objects.get(mechanism="labour")
    BenefitLink.objects.filter(pk=old.pk).update(in_force=(LONG_AGO, NOW.replace(month=7)))
    make_link(
        producer, worker, mechanism="labour", version=2, rate_fen_per_unit=900,
        since=NOW.replace(month=7),
    )  # fmt: skip
    wage = by_kind(trace_order(order=order))["household", "labour"]
    assert wage.rule
    assert (wage.rule.version, wage.amount_fen) == (1, 50)
