"""From a household's total back to every order line, to the fen."""

from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lukou_market.aid.household_selection import Selection
from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.movements import Change
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.aid.trace_household import (
    HouseholdTrace,
    Position,
    TracedBatch,
    trace_household,
)
from lukou_market.households.models import Household, IncomeKind
from lukou_market.orders.record_refund import record_refund
from lukou_market.streams.models import Offer
from tests.aid.sales import receive, sell
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_lot,
    make_offer,
    make_producer,
    make_sku,
    make_user,
    place_paid,
)

pytestmark = pytest.mark.django_db

JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (6, 7, 8))
ALL = Selection(JUNE, AUGUST)


@pytest.fixture
def households() -> list[Household]:
    return [make_household(head=name) for name in ("李大山", "王小红", "张三", "赵四")]


@pytest.fixture
def offers(households: list[Household]) -> list[Offer]:
    """Two producers; one household lives by both, one by two mechanisms, one by neither."""
    first, second = make_producer(), make_producer()
    a, b, c, _ = households
    make_link(first, a, 3333, mechanism="dividend")
    make_link(first, a, mechanism="labour", rate_fen_per_unit=11)
    make_link(first, None, mechanism="purchase", rate_fen_per_kg=300)
    make_link(second, b, 4001, mechanism="land")
    make_link(second, c, 1, mechanism="dividend")
    offers = [
        make_offer(sku=make_sku(producer), price_fen=price, quota=1000)
        for producer, price in ((first, 3990), (first, 101), (second, 1999))
    ]
    for offer in offers[:2]:
        make_lot(offer.sku.product, JUNE, {a: 20_000, b: 1_000_000})
    return offers


def pages(household: Household, selection: Selection, limit: int) -> list[HouseholdTrace]:
    found, after = [], None
    while True:
        page = trace_household(household=household, selection=selection, after=after, limit=limit)
        found.append(page)
        if page.next is None:
            return found
        after = Position.read(str(page.next))


def batches(household: Household, selection: Selection = ALL, limit: int = 7) -> list[TracedBatch]:
    return [batch for page in pages(household, selection, limit) for batch in page.batches]


def traced(household: Household, selection: Selection = ALL, limit: int = 7) -> Change:
    return sum((batch.traced for batch in batches(household, selection, limit)), Change())


@pytest.mark.parametrize("seed", range(3))
def test_the_lines_add_up_to_the_totals_of_every_household_month_and_kind(
    households: list[Household], offers: list[Offer], seed: int
) -> None:
    sell(offers, orders=25, seed=seed)
    for household, month, kind in product(households, (JUNE, JULY, AUGUST), ["", *IncomeKind]):
        selection = Selection(month, month, "livestream", kind)
        rows = HouseholdTotal.objects.filter(household=household, month=month)
        rows = rows.filter(income_kind=kind) if kind else rows
        booked = sum(
            (Change(row.pending_fen, row.credited_fen, row.reversed_fen) for row in rows), Change()
        )
        assert traced(household, selection) == booked, (household, month, kind)
    assert all(traced(household) for household in households[:2])


@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_pages_of_any_size_have_the_same_lines_each_once(
    households: list[Household], offers: list[Offer], limit: int
) -> None:
    sell(offers, orders=12, seed=1)
    whole = trace_household(household=households[0], selection=ALL, limit=10_000).lines
    in_pages = [line for batch in batches(households[0], ALL, limit) for line in batch.lines]
    assert in_pages == whole


def test_the_lines_of_a_whole_batch_add_up_to_its_transfers(
    households: list[Household], offers: list[Offer]
) -> None:
    sell(offers, orders=12, seed=2)
    whole = [batch for household in households for batch in batches(household, ALL, 50)]
    assert len(whole) >= 10
    for batch in whole:
        assert batch.whole
        assert batch.traced == batch.booked
    parts = batches(households[0], ALL, 1)
    assert not all(batch.whole for batch in parts)


def test_another_channel_or_month_or_household_has_no_lines(
    households: list[Household], offers: list[Offer]
) -> None:
    sell(offers, orders=5, seed=3)
    assert batches(households[0])
    assert not batches(households[0], Selection(JUNE, AUGUST, channel="offline"))
    assert not batches(households[0], Selection(date(2025, 6, 1), date(2025, 6, 1)))
    assert not batches(households[3])


def test_a_line_names_its_sale_and_the_rule_of_the_time(
    households: list[Household], offers: list[Offer]
) -> None:
    order = place_paid(make_user(), offers[2], 2)
    post_due_orders(now=NOW)
    receive(order)
    record_refund(order=order, amount_fen=1000, now=NOW)
    post_due_orders(now=NOW)
    page = trace_household(household=households[1], selection=ALL)
    assert [line.event for line in page.lines] == ["refund", "received", "paid"]
    back, credited, expected = page.lines
    assert (credited.order_number, credited.line_fen, credited.quantity) == (order.number, 3998, 2)
    assert credited.buyer == "王**"
    assert credited.product == str(offers[2].sku)
    assert credited.rule
    assert (credited.rule.mechanism, credited.rule.version) == ("land", 1)
    assert expected.change == Change(pending_fen=1600)
    assert credited.change == Change(pending_fen=-1600, credited_fen=1600)
    assert back.change == Change(reversed_fen=400)
    assert page.totals == Change(0, 1600, 400)


def test_a_page_takes_the_same_number_of_queries_however_many_lines_there_are(
    households: list[Household], offers: list[Offer]
) -> None:
    counts = []
    for _ in range(2):
        sell(offers, orders=6, seed=4)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            trace_household(household=households[0], selection=ALL, limit=1000)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 20


def test_a_position_that_was_never_given_is_refused() -> None:
    for text in ("", "1", "1-", "a-1", "1-1-1", "-1-2", "9" * 19 + "-1"):
        with pytest.raises(ValueError, match="a position reads"):
            Position.read(text)
