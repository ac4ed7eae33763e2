"""From order events to the book and the households' totals."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.rebuild_totals import rebuild_totals
from lukou_market.households.models import BenefitLink, Household, Producer
from lukou_market.ledger.entries import Place
from lukou_market.ledger.models import Transfer
from lukou_market.orders.advance import mark_packed, mark_received, mark_shipped
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from lukou_market.streams.models import Offer
from tests.balance import balance_fen
from tests.factories import (
    LONG_AGO,
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_sku,
    make_user,
    place_paid,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer() -> Producer:
    return make_producer()


@pytest.fixture
def household(producer: Producer) -> Household:
    household = make_household()
    make_link(producer, household, 3000, mechanism="dividend")
    return household


@pytest.fixture
def offer(producer: Producer, household: Household) -> Offer:
    return make_offer(sku=make_sku(producer), price_fen=1001)


def receive(order: Order, now: datetime = NOW) -> None:
    for step in (mark_packed, mark_shipped, mark_received):
        step(order=order, now=now)


def totals(household: Household) -> tuple[int, int, int]:
    rows = HouseholdTotal.objects.filter(household=household)
    return (
        sum(row.credited_fen for row in rows),
        sum(row.reversed_fen for row in rows),
        sum(row.pending_fen for row in rows),
    )


def post() -> int:
    return post_due_orders(now=NOW)


def test_a_paid_sale_is_pending_and_no_aid_yet(household: Household, offer: Offer) -> None:
    place_paid(make_user(), offer)
    assert post() == 1
    assert totals(household) == (0, 0, 300)


def test_a_received_sale_is_credited_to_the_household(household: Household, offer: Offer) -> None:
    receive(place_paid(make_user(), offer))
    post()
    assert totals(household) == (300, 0, 0)
    assert balance_fen(Place("household", household.pk, "property")) == -300
    assert balance_fen(Place("producer", offer.sku.product.producer_id)) == -701
    assert balance_fen(Place("producer_pool", offer.sku.product.producer_id)) == 0


def test_posting_twice_changes_nothing(household: Household, offer: Offer) -> None:
    receive(place_paid(make_user(), offer))
    assert post() == 2
    before = (Transfer.objects.count(), totals(household))
    assert post() == 0
    assert (Transfer.objects.count(), totals(household)) == before


def test_the_order_of_posting_and_refunding_does_not_change_the_end(
    household: Household, offer: Offer
) -> None:
    ends = []
    for post_between in (True, False):
        order = place_paid(make_user(), offer)
        before = totals(household)
        record_refund(order=order, amount_fen=333, now=NOW)
        if post_between:
            post()
        receive(order)
        record_refund(order=order, amount_fen=1, now=NOW)
        post()
        after = totals(household)
        ends.append((after[0] - after[1] - before[0] + before[1], after[2]))
    assert ends[0] == ends[1]


def test_a_whole_refund_after_receipt_takes_everything_back(
    household: Household, offer: Offer
) -> None:
    order = place_paid(make_user(), offer)
    receive(order)
    post()
    record_refund(order=order, amount_fen=order.total_fen, now=NOW)
    post()
    assert totals(household) == (300, 300, 0)
    for place in (
        Place("household", household.pk, "property"),
        Place("producer", offer.sku.product.producer_id),
        Place("producer_pending", offer.sku.product.producer_id),
        Place("household_expected", household.pk, "property"),
    ):
        assert balance_fen(place) == 0


def test_a_refund_names_the_transfers_it_takes_back(offer: Offer) -> None:
    order = place_paid(make_user(), offer)
    receive(order)
    record_refund(order=order, amount_fen=500, now=NOW)
    post()
    refunds = Transfer.objects.filter(code__startswith="refund_")
    assert {row.code: row.reverses.code for row in refunds if row.reverses} == {
        "refund_retained": "sale_retained",
        "refund_pooled": "sale_pooled",
    }


def test_the_link_in_force_when_ordered_decides(producer: Producer, household: Household) -> None:
    """A rule that changes after the sale changes no figure of that sale."""
    offer = make_offer(sku=make_sku(producer), price_fen=1000)
    order = place_paid(make_user(), offer)
    tomorrow = NOW + timedelta(days=1)
    old = BenefitLink.objects.get(household=household)
    BenefitLink.objects.filter(pk=old.pk).update(in_force=(LONG_AGO, tomorrow))
    make_link(producer, household, 9000, mechanism="dividend", version=2, since=tomorrow)
    receive(order, now=tomorrow)
    post()
    assert totals(household)[0] == 300
    receive(place_paid(make_user(), offer, now=tomorrow), now=tomorrow)
    post()
    assert totals(household)[0] == 1200


def test_each_event_counts_in_the_month_it_happened_in_china(
    household: Household, offer: Offer
) -> None:
    last_hour_of_june = datetime(2026, 6, 30, 15, 30, tzinfo=UTC)
    first_hour_of_july = datetime(2026, 6, 30, 16, 30, tzinfo=UTC)
    order = place_paid(make_user(), offer, now=last_hour_of_june)
    receive(order, now=first_hour_of_july)
    post()
    june, july = HouseholdTotal.objects.filter(household=household).order_by("month")
    assert (june.month, june.pending_fen, june.credited_fen) == (date(2026, 6, 1), 300, 0)
    assert (july.month, july.pending_fen, july.credited_fen) == (date(2026, 7, 1), -300, 300)


def test_the_producers_total_tells_gross_refunds_received_and_pending(
    producer: Producer, household: Household, offer: Offer
) -> None:
    received, pending = place_paid(make_user(), offer), place_paid(make_user(), offer)
    receive(received)
    record_refund(order=received, amount_fen=100, now=NOW)
    record_refund(order=pending, amount_fen=10, now=NOW)
    post()
    total = ProducerTotal.objects.get(producer=producer)
    assert (total.gross_fen, total.refunded_fen) == (2002, 110)
    assert (total.received_fen, total.pending_fen) == (1001, 991)


def test_rebuilt_totals_are_the_same_as_before(household: Household, offer: Offer) -> None:
    for _ in range(3):
        order = place_paid(make_user(), offer)
        receive(order)
        post()
        record_refund(order=order, amount_fen=77, now=NOW)
    post()
    fields = (
        "household",
        "month",
        "channel",
        "income_kind",
        "credited_fen",
        "reversed_fen",
        "pending_fen",
    )
    before = list(HouseholdTotal.objects.order_by("id").values_list(*fields))
    producers = list(
        ProducerTotal.objects.values_list(
            "gross_fen", "refunded_fen", "received_fen", "pending_fen"
        )
    )
    HouseholdTotal.objects.update(credited_fen=1)
    rebuild_totals()
    assert list(HouseholdTotal.objects.order_by("id").values_list(*fields)) == before
    assert (
        list(
            ProducerTotal.objects.values_list(
                "gross_fen", "refunded_fen", "received_fen", "pending_fen"
            )
        )
        == producers
    )


def test_the_book_grows_with_sales_plus_households_and_not_with_their_product(
    producer: Producer,
) -> None:
    for _ in range(20):
        make_link(producer, make_household(), 100)
    offer = make_offer(sku=make_sku(producer), price_fen=10_000)
    for _ in range(10):
        receive(place_paid(make_user(), offer))
    post()
    per_line, per_household = 3, 3
    assert Transfer.objects.count() == 10 * per_line + 20 * per_household
