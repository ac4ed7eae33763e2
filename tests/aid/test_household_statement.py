"""The household's card: its sums are the totals' and the book's."""

from datetime import date

import pytest

from lukou_market.accounts.models import User
from lukou_market.aid import household_statement as module
from lukou_market.aid.household_statement import Statement, household_statement
from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.movements import Change
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.households.models import Household
from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.post_transfers import post_transfers
from lukou_market.orders.record_refund import record_refund
from lukou_market.streams.models import Offer
from tests.aid.sales import receive, sell
from tests.balance import balance_fen
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_region,
    make_sku,
    make_staff,
    make_user,
    make_village,
    place_paid,
)

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (6, 7, 8))


@pytest.fixture
def household() -> Household:
    return make_household(head="李大山")


@pytest.fixture
def offers(household: Household) -> list[Offer]:
    first, second = make_producer("甜瓜社"), make_producer("酱菜社")
    make_link(first, household, 3000, mechanism="dividend")
    make_link(first, household, mechanism="labour", rate_fen_per_unit=50)
    make_link(second, household, 100, mechanism="land")
    return [
        make_offer(sku=make_sku(producer), price_fen=1000, quota=500)
        for producer in (first, second)
    ]


def card(household: Household, first: date = JUNE, last: date = AUGUST) -> Statement:
    return household_statement(household=household, first_month=first, last_month=last, now=NOW)


def pay_out(household: Household, amount_fen: int, kind: str, serial: int = 1) -> None:
    places = [Place("household", household.pk, kind), Place("household_paid", household.pk)]
    if amount_fen < 0:
        places.reverse()
    entry = Entry(
        debit=places[0],
        credit=places[1],
        amount_fen=abs(amount_fen),
        code="payout",
        source=Source("test", serial, "payout"),
        effective_at=NOW,
    )
    post_transfers(month=JUNE, label="payouts", entries=[entry], now=NOW)


@pytest.mark.parametrize("seed", range(2))
def test_kinds_producers_and_months_each_add_up_to_what_came_in(
    household: Household, offers: list[Offer], seed: int
) -> None:
    sell(offers, orders=15, seed=seed)
    for first, last in ((JUNE, JUNE), (JULY, JULY), (JUNE, AUGUST)):
        statement = card(household, first, last)
        for parts in (
            [kind.change for kind in statement.kinds],
            [source.kind.change for source in statement.sources],
            [month.change for month in statement.months],
        ):
            assert sum(parts, Change()) == statement.change
        assert statement.lines is not None
        kept = sum(line.change.kept_fen for line in statement.lines)
        assert kept == statement.change.kept_fen


def test_the_balance_is_what_the_book_owes_the_household(
    household: Household, offers: list[Offer]
) -> None:
    sell(offers, orders=15, seed=3)
    pay_out(household, 700, "property")
    pay_out(household, -200, "property", serial=2)
    statement = card(household)
    assert statement.paid_out_fen == 500
    assert [payout.amount_fen for payout in statement.payouts] == [-200, 700]
    kinds = ("property", "wage")
    owed = -sum(balance_fen(Place("household", household.pk, kind)) for kind in kinds)
    assert statement.balance_fen == owed == statement.change.kept_fen - 500
    expected = Place("household_expected", household.pk, "property")
    assert statement.pending_fen >= -balance_fen(expected)


def test_a_past_month_is_not_changed_by_what_happened_later(
    household: Household, offers: list[Offer]
) -> None:
    order = place_paid(make_user(), offers[0])
    receive(order)
    post_due_orders(now=NOW)
    before = card(household, JUNE, JUNE)
    record_refund(order=order, amount_fen=1000, now=NOW.replace(month=7))
    post_due_orders(now=NOW)
    assert card(household, JUNE, JUNE) == before
    july = card(household, JULY, JULY)
    assert (july.change.kept_fen, july.balance_fen) == (-335, 0)


def test_a_source_names_its_producer_and_the_rules_of_its_sales(
    household: Household, offers: list[Offer]
) -> None:
    receive(place_paid(make_user(), offers[0]))
    receive(place_paid(make_user(), offers[1]))
    post_due_orders(now=NOW)
    found = {
        (source.producer, source.kind.income_kind): (len(source.rules), source.kind.change.kept_fen)
        for source in card(household, JUNE, JUNE).sources
    }
    assert found == {
        ("甜瓜社", "property"): (1, 285),
        ("甜瓜社", "wage"): (1, 50),
        ("酱菜社", "property"): (1, 10),
    }


def test_more_sales_than_fit_on_paper_are_not_listed_but_counted(
    household: Household, offers: list[Offer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVENTS_ON_PAPER", 3)
    for _ in range(2):
        receive(place_paid(make_user(), offers[0]))
    post_due_orders(now=NOW)
    statement = card(household, JUNE, JUNE)
    assert statement.lines is None
    assert statement.change.kept_fen == 670


def test_a_household_without_money_has_an_empty_card(household: Household) -> None:
    statement = card(household)
    assert (statement.change, statement.balance_fen) == (Change(), 0)
    assert not statement.kinds
    assert not statement.sources
    assert not HouseholdTotal.objects.exists()


def test_the_card_names_the_cadres_of_the_village_or_else_of_the_town(
    household: Household,
) -> None:
    assert card(household).ask == []
    make_staff("镇干部", role="cadre", region=make_region("430212101000"))
    make_staff("别村干部", role="cadre", region=make_village("430212101002"))
    assert card(household).ask == ["镇干部"]
    make_staff("村干部", role="cadre", region=household.village)
    gone = make_staff("旧干部", role="cadre", region=household.village)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert card(household).ask == ["村干部"]
