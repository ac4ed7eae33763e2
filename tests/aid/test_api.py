"""Who may follow which fen over HTTP."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.households.models import Household
from lukou_market.ledger.models import Transfer
from lukou_market.orders.models import Order
from tests.aid.sales import receive
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

HERE, NEXT_TOWN = "430212101001", "430212102001"
JUNE = {"first_month": "2026-06"}


@pytest.fixture
def household() -> Household:
    """It lives in one town; the producer it has a share of works in the next."""
    return make_household("430212101001001", make_village(HERE), head="李大山")


@pytest.fixture
def order(household: Household) -> Order:
    producer = make_producer("邻镇合作社", make_village(NEXT_TOWN))
    make_link(producer, household, 3000)
    order = place_paid(make_user(), make_offer(sku=make_sku(producer), price_fen=1001))
    receive(order)
    post_due_orders(now=NOW)
    return order


def by_token(user: User) -> Any:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue_tokens(user)['access']}")
    return client


def cadre(code: str) -> User:
    return make_staff(f"cadre{code}", role="cadre", region=make_region(code))


def by_session(user: User) -> Client:
    """The browser of staff who sit at their desk."""
    client = Client()
    client.force_login(user)
    return client


def order_trace(client: Any, order: Order) -> Any:
    return client.get(f"/api/v1/orders/{order.number}/trace/")


def household_trace(client: Any, household: Household, **asked: str) -> Any:
    return client.get(f"/api/v1/households/{household.number}/trace/", {**JUNE, **asked})


def test_a_buyer_follows_their_own_order_to_rules_and_transfers(order: Order) -> None:
    body = order_trace(by_token(order.buyer), order).json()
    assert (body["basis"], body["net_fen"], body["refunded_fen"]) == ("credited", 1001, 0)
    [line] = body["lines"]
    assert [transfer["code"] for transfer in line["transfers"]] == [
        "sale_paid",
        "sale_retained",
        "sale_pooled",
    ]
    producer, household = body["rows"]
    assert {producer["line"], household["line"]} == {line["id"]}
    assert (producer["name"], producer["amount_fen"], producer["rule"]) == ("邻镇合作社", 701, None)
    assert (household["name"], household["amount_fen"]) == ("李**", 300)
    assert household["rule"]["version"] == 1
    assert "30.00%" in household["rule"]["terms"]
    codes = [transfer["code"] for transfer in household["transfers"]]
    assert codes == ["share_credited", "share_expected", "share_released"]
    known = set(Transfer.objects.values_list("pk", flat=True))
    assert {transfer["id"] for row in body["rows"] for transfer in row["transfers"]} <= known


def test_another_buyer_does_not_find_the_order(order: Order) -> None:
    answer = order_trace(by_token(make_user()), order)
    assert (answer.status_code, answer.json()["code"]) == (404, "order_not_found")


@pytest.mark.parametrize(
    ("code", "status"),
    [(HERE, 200), (NEXT_TOWN, 200), ("430212000000", 200), ("430212103000", 404)],
)
def test_a_cadre_follows_orders_of_producers_or_households_of_their_region(
    order: Order, code: str, status: int
) -> None:
    assert order_trace(by_session(cadre(code)), order).status_code == status


@pytest.mark.parametrize(
    ("code", "status"),
    [(HERE, 200), ("430212101000", 200), ("430212000000", 200), (NEXT_TOWN, 404)],
)
def test_a_cadre_follows_the_money_of_households_of_their_region_only(
    household: Household, order: Order, code: str, status: int
) -> None:
    answer = household_trace(by_session(cadre(code)), household)
    assert answer.status_code == status
    if status == 404:
        assert answer.json()["code"] == "household_not_found"


def test_the_lines_of_all_pages_are_the_total(household: Household, order: Order) -> None:
    body = household_trace(by_session(cadre(HERE)), household).json()
    assert body["totals"] == {"pending_fen": 0, "credited_fen": 300, "reversed_fen": 0}
    assert body["next"] is None
    lines = [line for batch in body["batches"] for line in batch["lines"]]
    assert [line["order_number"] for line in lines] == [order.number] * 2
    assert sum(line["change"]["credited_fen"] for line in lines) == 300
    assert "王小明" not in str(body)


def test_without_a_desk_there_is_no_household_whatever_its_number(
    household: Household, order: Order
) -> None:
    for user in (make_user(), order.buyer, make_staff("nobody")):
        for asked in (JUNE, {}):
            path = f"/api/v1/households/{household.number}/trace/"
            answer = by_token(user).get(path, asked)
            assert (answer.status_code, answer.json()["code"]) == (404, "household_not_found")


def test_a_token_proves_a_phone_and_opens_no_desk(household: Household, order: Order) -> None:
    client = by_token(cadre(HERE))
    assert household_trace(client, household).status_code == 404
    assert order_trace(client, order).status_code == 404


def test_an_auditor_follows_everything_until_deactivated(
    household: Household, order: Order
) -> None:
    auditor = make_staff("auditor", role="auditor")
    client = by_session(auditor)
    assert household_trace(client, household).status_code == 200
    assert order_trace(client, order).status_code == 200
    User.objects.filter(pk=auditor.pk).update(is_active=False)
    assert household_trace(client, household).status_code == 401


@pytest.mark.parametrize(
    "asked",
    [
        {"first_month": "2026-13"}, {"first_month": ""}, {"channel": "moon"},
        {"income_kind": "luck"}, {"after": "1"}, {"last_month": "june"},
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_named(household: Household, asked: dict[str, str]) -> None:
    answer = household_trace(by_session(cadre(HERE)), household, **asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["errors"]) == list(asked)


def test_nobody_is_asked_to_sign_in_by_password_over_http(household: Household) -> None:
    answer = household_trace(APIClient(), household)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
