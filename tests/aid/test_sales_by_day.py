"""The same sales as the producers' totals, told apart by day and by offer."""

from datetime import date, timedelta

import pytest
from django.db.models import Sum

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import ProducerTotal, SalesDay
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.rebuild_totals import rebuild_totals
from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.post_transfers import post_transfers
from lukou_market.orders.record_refund import record_refund
from tests.aid.every_mechanism import offers_of_every_mechanism
from tests.aid.sales import sell
from tests.factories import NOW, make_offer, make_producer, make_sku, make_user, place_paid

pytestmark = pytest.mark.django_db
FIELDS = ("producer", "offer", "product", "channel", "month", "day", "gross_fen", "refunded_fen")
JUNE = date(2026, 6, 1)


def rows() -> set[tuple[object, ...]]:
    return set(SalesDay.objects.values_list(*FIELDS))


def found_by() -> set[str]:
    return {finding.check for finding in audit_books(with_stripe=False).findings}


def test_a_day_is_chinas_and_a_refund_counts_on_its_own() -> None:
    offer = make_offer(sku=make_sku(), price_fen=1000)
    late_in_the_evening = NOW.replace(hour=16, minute=30)  # half past midnight of the 29th
    order = place_paid(make_user(), offer, 2, now=late_in_the_evening)
    record_refund(order=order, amount_fen=300, now=late_in_the_evening + timedelta(days=3))
    post_due_orders(now=NOW)
    product = offer.sku.product
    sold = (product.producer_id, offer.pk, product.pk, "livestream")
    assert rows() == {
        (*sold, JUNE, date(2026, 6, 29), 2000, 0),
        (*sold, date(2026, 7, 1), date(2026, 7, 2), 0, 300),
    }


def test_days_add_up_to_the_months_whatever_happens_and_are_rebuilt_the_same() -> None:
    sell(offers_of_every_mechanism()[1:], orders=25, seed=7)
    by_month = ("producer", "month", "channel")
    sums = {"gross": Sum("gross_fen"), "refunded": Sum("refunded_fen")}
    months = ProducerTotal.objects.values(*by_month).annotate(**sums).order_by(*by_month)
    days = SalesDay.objects.values(*by_month).annotate(**sums).order_by(*by_month)
    assert list(days) == list(months)
    assert "book ↔ sales by day" not in found_by()
    before = rows()
    rebuild_totals()
    assert rows() == before


def test_a_sale_that_is_no_orders_line_has_no_offer_and_no_product() -> None:
    producer = make_producer()
    for number in (1, 2):
        post_transfers(
            month=JUNE,
            label="offline",
            entries=[
                Entry(
                    Place("unapplied"), Place("producer_pending", producer.pk), 500, "sale_paid",
                    Source("receipt", number, "sale_paid"), NOW,
                )
            ],
            now=NOW,
        )  # fmt: skip
    rebuild_totals()
    assert rows() == {(producer.pk, None, None, "offline", JUNE, date(2026, 6, 28), 1000, 0)}
    assert "book ↔ sales by day" not in found_by()
