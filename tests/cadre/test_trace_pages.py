"""Drilling in the admin: a household's total → its lines → an order's parties → a household."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.aid.post_orders import post_due_orders
from lukou_market.households.models import Household
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from tests.aid.sales import receive
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_sku,
    make_user,
    make_village,
    place_paid,
)

HERE, NEXT_VILLAGE, NEXT_TOWN, ELSEWHERE = (
    "430212101001",
    "430212101002",
    "430212102001",
    "430211101001",
)
Cadre = Callable[[str], Client]


@pytest.fixture
def household(db: None) -> Household:
    return make_household("H1", make_village(HERE), head="李大山")


@pytest.fixture
def order(household: Household) -> Order:
    """Sold by the next town's producer: 300 fen to the household, of which 30 went back."""
    producer = make_producer("邻镇合作社", make_village(NEXT_TOWN))
    neighbour = make_household("H2", make_village(NEXT_VILLAGE), head="王小红")
    make_link(producer, household, 3000)
    make_link(producer, neighbour, 1000)
    order = place_paid(make_user(), make_offer(sku=make_sku(producer), price_fen=1000))
    receive(order)
    record_refund(order=order, amount_fen=100, now=NOW)
    post_due_orders(now=NOW)
    return order


def household_page(household: Household) -> str:
    return reverse("cadre:household-trace", args=[household.pk]) + "?from=2026-06&to=2026-06"


def order_page(order: Order) -> str:
    return reverse("cadre:order-trace", args=[order.number])


def test_the_lines_of_a_household_lead_to_their_orders(
    cadre: Cadre, household: Household, order: Order
) -> None:
    page = cadre(HERE).get(household_page(household))
    text = page.content.decode()
    assert order_page(order) in text
    assert page.context["trace"].totals.kept_fen == 270
    assert [line.event for line in page.context["trace"].lines] == ["refund", "received", "paid"]
    assert "账簿与各行相符" in text
    assert "李**" in text
    assert "李大山" not in text
    assert "王小明" not in text


def test_the_parties_of_an_order_lead_to_households_of_the_region_only(
    cadre: Cadre, household: Household, order: Order
) -> None:
    neighbour = Household.objects.get(number="H2")
    text = cadre(HERE).get(order_page(order)).content.decode()
    assert reverse("cadre:household-trace", args=[household.pk]) in text
    assert "王**" in text
    assert reverse("cadre:household-trace", args=[neighbour.pk]) not in text
    assert reverse("admin:orders_order_change", args=[order.pk]) not in text


def test_the_seller_s_cadre_may_open_the_order_itself(cadre: Cadre, order: Order) -> None:
    text = cadre(NEXT_TOWN).get(order_page(order)).content.decode()
    assert reverse("admin:orders_order_change", args=[order.pk]) in text


def test_transfers_are_links_for_those_who_may_read_the_book(
    cadre: Cadre, auditor: Client, order: Order
) -> None:
    assert "/admin/ledger/transfer/" in auditor.get(order_page(order)).content.decode()
    assert "/admin/ledger/transfer/" not in cadre(HERE).get(order_page(order)).content.decode()


@pytest.mark.parametrize(
    ("code", "of_household", "of_order"),
    [
        (HERE, 200, 200),
        ("430212101000", 200, 200),
        ("430212000000", 200, 200),
        (NEXT_TOWN, 404, 200),
        ("430212103000", 404, 404),
        (ELSEWHERE, 404, 404),
    ],
)
def test_a_cadre_of_another_region_finds_nothing(
    cadre: Cadre, household: Household, order: Order, code: str, of_household: int, of_order: int
) -> None:
    client = cadre(code)
    assert client.get(household_page(household)).status_code == of_household
    assert client.get(order_page(order)).status_code == of_order


def test_who_has_no_desk_is_asked_to_sign_in(household: Household, order: Order) -> None:
    client = Client()
    client.force_login(order.buyer)
    for page in (household_page(household), order_page(order)):
        assert client.get(page).status_code == 302


def test_the_household_s_and_the_order_s_own_pages_lead_to_their_traces(
    superuser: Client, household: Household, order: Order
) -> None:
    of_household = superuser.get(
        reverse("admin:households_household_change", args=[household.pk])
    ).content.decode()
    assert reverse("cadre:household-trace", args=[household.pk]) in of_household
    of_order = superuser.get(reverse("admin:orders_order_change", args=[order.pk]))
    assert order_page(order) in of_order.content.decode()
    add = superuser.get(reverse("admin:households_household_add"))
    assert add.status_code == 200


def test_the_report_s_credits_lead_to_the_lines_of_the_same_period(
    cadre: Cadre, household: Household, order: Order
) -> None:
    page = cadre(HERE).get(reverse("cadre:aid-sales"), {"from": "2026-06", "to": "2026-06"})
    text = page.content.decode().replace("&amp;", "&")
    trace = reverse("cadre:household-trace", args=[household.pk])
    assert f"{trace}?region={HERE}&from=2026-06&to=2026-06" in text


@pytest.mark.parametrize(
    "asked", [{"from": "2026-13"}, {"channel": "x"}, {"kind": "x"}, {"after": "x"}]
)
def test_what_can_not_be_read_is_refused(
    superuser: Client, household: Household, asked: dict[str, str]
) -> None:
    page = reverse("cadre:household-trace", args=[household.pk])
    assert superuser.get(page, asked).status_code == 400


def test_older_lines_are_on_the_next_page(cadre: Cadre, household: Household, order: Order) -> None:
    client = cadre(HERE)
    first = client.get(household_page(household))
    assert "after=" not in first.content.decode()
    event = first.context["trace"].lines[0]
    journal = first.context["trace"].batches[0].journal
    newest = order.events.get(kind=event.event).pk
    second = client.get(household_page(household) + f"&after={journal}-{newest}")
    assert [line.event for line in second.context["trace"].lines] == ["received", "paid"]
    assert "其余在别的页上" in second.content.decode()
