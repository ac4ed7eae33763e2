"""Sales that did not go through the shop stand in the book by the same rules, and are proved."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.household_selection import Selection
from lukou_market.aid.household_statement import household_statement
from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.trace import trace_order
from lukou_market.aid.trace_household import trace_household
from lukou_market.catalog.models import Sku
from lukou_market.households.models import Household
from lukou_market.ledger.models import Transfer
from lukou_market.orders.errors import (
    ReceiptRecordedBefore,
    ReversedBefore,
    ReversedBeforeSold,
)
from lukou_market.orders.models import BuyerNotice, DirectReversal, DirectSale, Order, OrderLine
from lukou_market.orders.record_direct_sales import SoldDirectly, record_direct_sales
from lukou_market.orders.reverse_direct_sale import reverse_direct_sale
from lukou_market.payouts.errors import NothingToPay
from lukou_market.payouts.prepare_payout import prepare_payout
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_sku,
    make_staff,
    make_user,
    place_paid,
)

DAY = date(2026, 6, 10)
JUNE = Selection(date(2026, 6, 1), date(2026, 6, 1))


@pytest.fixture
def household(db: None) -> Household:
    return make_household()


@pytest.fixture
def sku(household: Household) -> Sku:
    """A package of 2.5 kg; three tenths of its sales are the household's."""
    producer = make_producer()
    make_link(producer, household, 3000)
    return make_sku(producer)


@pytest.fixture
def clerk(db: None) -> User:
    return make_staff("clerk")


def sold(
    sku: Sku, receipt: str = "GH-001", *, fen: int = 40_000, quantity: int = 10
) -> SoldDirectly:
    return SoldDirectly(
        receipt_number=receipt,
        sold_on=DAY,
        channel="trade_union",
        buyer_name="区总工会",
        sku=sku,
        quantity=quantity,
        weight_g=quantity * 2500,
        total_fen=fen,
        proof="发票 12345678",
    )


def record(clerk: User, *sales: SoldDirectly) -> None:
    record_direct_sales(sales=sales, by=clerk, now=NOW)
    post_due_orders(now=NOW)


def test_household_gets_its_share_and_the_audit_proves_it(
    sku: Sku, household: Household, clerk: User
) -> None:
    record(clerk, sold(sku))
    total = HouseholdTotal.objects.get()
    assert (total.month, total.channel) == (date(2026, 6, 1), "trade_union")
    assert (total.credited_fen, total.pending_fen) == (12_000, 0)
    producer = ProducerTotal.objects.get()
    assert (producer.gross_fen, producer.received_fen) == (40_000, 40_000)
    assert audit_books(with_stripe=False).proved


def test_trace_leads_from_the_household_to_the_receipt_and_back(
    sku: Sku, household: Household, clerk: User
) -> None:
    record(clerk, sold(sku))
    order = DirectSale.objects.get().order
    traced = trace_household(household=household, selection=JUNE)
    assert traced.totals.credited_fen == 12_000
    assert all(batch.agrees for batch in traced.batches)
    assert {line.order_number for line in traced.lines} == {order.number}
    rows = trace_order(order=order).rows
    assert sorted((row.kind, row.amount_fen) for row in rows) == [
        ("household", 12_000),
        ("producer", 28_000),
    ]
    assert all(row.transfers for row in rows)


def test_shop_pays_out_nothing_of_it(sku: Sku, household: Household, clerk: User) -> None:
    record(clerk, sold(sku))
    with pytest.raises(NothingToPay):
        prepare_payout(
            region=household.village, month=DAY.replace(day=1), label="", by=clerk, now=NOW
        )
    card = household_statement(
        household=household, first_month=JUNE.first_month, last_month=JUNE.last_month, now=NOW
    )
    assert (card.change.kept_fen, card.by_producers_fen, card.balance_fen) == (12_000, 12_000, 0)


def test_total_that_the_packages_do_not_share_evenly_is_kept_to_the_fen(
    sku: Sku, clerk: User
) -> None:
    record(clerk, sold(sku, fen=10_001, quantity=3))
    lines = OrderLine.objects.order_by("id").values_list("quantity", "price_fen", "total_fen")
    assert list(lines) == [(1, 3333, 3333), (2, 3334, 6668)]
    assert sum(line.weight_g for line in OrderLine.objects.all()) == 7500
    assert audit_books(with_stripe=False).proved


def test_same_channel_through_the_shop_and_direct_stand_apart(
    sku: Sku, household: Household, clerk: User
) -> None:
    place_paid(make_user(), make_offer(sku=sku, price_fen=1000), now=NOW)
    record(clerk, sold(sku))
    kinds = set(Transfer.objects.values_list("debit__kind", flat=True))
    assert {"direct", "unapplied"} <= kinds
    found = audit_books(with_stripe=False).findings
    assert {finding.check for finding in found} == {"order ↔ payment"}  # place_paid has none


def test_reversal_takes_everything_back_and_keeps_what_was_written(
    sku: Sku, household: Household, clerk: User
) -> None:
    record(clerk, sold(sku))
    before = list(Transfer.objects.order_by("id").values_list("id", "amount_fen"))
    reverse(DirectSale.objects.get(), clerk)
    post_due_orders(now=NOW)
    total = HouseholdTotal.objects.get()
    assert (total.credited_fen, total.reversed_fen) == (12_000, 12_000)
    assert ProducerTotal.objects.get().refunded_fen == 40_000
    assert (
        list(Transfer.objects.order_by("id").values_list("id", "amount_fen"))[: len(before)]
        == before
    )
    assert not BuyerNotice.objects.exists()
    assert audit_books(with_stripe=False).proved


def reverse(sale: DirectSale, clerk: User, receipt: str = "GH-001-C", on: date = DAY) -> None:
    reverse_direct_sale(
        sale=sale, receipt_number=receipt, on=on, proof="红字发票 1", by=clerk, now=NOW
    )


def test_sale_is_reversed_once(sku: Sku, clerk: User) -> None:
    record(clerk, sold(sku))
    sale = DirectSale.objects.get()
    reverse(sale, clerk)
    with pytest.raises(ReversedBefore):
        reverse(sale, clerk, "GH-001-D")
    assert DirectReversal.objects.count() == 1
    assert Order.objects.get().refunded_fen == 40_000


def test_reversal_before_its_sale_is_refused(sku: Sku, clerk: User) -> None:
    record(clerk, sold(sku))
    with pytest.raises(ReversedBeforeSold):
        reverse(DirectSale.objects.get(), clerk, on=DAY - timedelta(days=1))
    assert Order.objects.get().refunded_fen == 0


def test_receipt_is_recorded_once_and_nothing_of_the_second_list_stays(
    sku: Sku, clerk: User
) -> None:
    record(clerk, sold(sku))
    with pytest.raises(ReceiptRecordedBefore):
        record(clerk, sold(sku, "GH-002"), sold(sku))
    assert (Order.objects.count(), DirectSale.objects.count()) == (1, 1)


def test_audit_names_a_direct_order_without_receipt(sku: Sku, clerk: User) -> None:
    record(clerk, sold(sku))
    copy = Order.objects.get()
    copy.pk, copy.number, copy.status, copy._state.adding = None, "X1", "placed", True
    copy.idempotency_key = "another"
    copy.save()
    findings = audit_books(with_stripe=False).findings
    assert "direct sale ↔ its receipt" in {finding.check for finding in findings}


@pytest.mark.parametrize("change", [{"channel": "livestream"}, {"shipping_fen": 100}])
def test_direct_sale_is_no_livestream_and_charges_nothing(
    sku: Sku, clerk: User, change: dict[str, object]
) -> None:
    record(clerk, sold(sku))
    order = Order.objects.get()
    order.pk, order.number, order.status, order._state.adding = None, "X1", "placed", True
    order.idempotency_key = "another"
    for name, value in change.items():
        setattr(order, name, value)
    with (
        pytest.raises(IntegrityError, match="order_direct_or_through_the_shop"),
        transaction.atomic(),
    ):
        order.save()


def test_order_through_the_shop_is_not_received_before_it_was_shipped(sku: Sku) -> None:
    order = place_paid(make_user(), make_offer(sku=sku), now=NOW)
    order.status, order.status_at = "received", timezone.now()
    with (
        pytest.raises(IntegrityError, match="order_edges_of_direct_sales"),
        transaction.atomic(),
    ):
        order.save()
