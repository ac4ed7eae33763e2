"""Ordering over HTTP: statuses, codes and headers that programs rely on."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.models import Order
from tests.factories import make_offer, make_session, make_user, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> User:
    return make_user()


@pytest.fixture
def client(buyer: User) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue_tokens(buyer)['access']}")
    return client


def post(client: APIClient, body: Any, key: str | None = "k1") -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post("/api/v1/orders/", body, format="json", headers=headers)


def assert_problem(response: Any, status: int, code: str) -> None:
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"]
    assert Order.objects.count() == 0


def test_an_order_is_answered_with_its_number_and_the_time_to_pay(client: APIClient) -> None:
    offer = make_offer()
    response = post(client, {"offer": offer.pk, "quantity": 2, "shown_total_fen": 7980})
    assert response.status_code == 201
    order = Order.objects.get()
    assert response.json() == {
        "number": order.number,
        "status": "placed",
        "total_fen": 7980,
        "pay_by": response.json()["pay_by"],
    }
    assert "Idempotent-Replayed" not in response


def test_the_same_key_gives_the_same_answer_again_and_says_so(client: APIClient) -> None:
    offer = make_offer()
    body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}
    first, again = post(client, body), post(client, body)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotent-Replayed"] == "true"
    assert Order.objects.count() == 1


@pytest.mark.parametrize("key", [None, "", "x" * 81, "a\0b"])
def test_without_a_usable_key_nothing_is_ordered(client: APIClient, key: str | None) -> None:
    offer = make_offer()
    body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}
    assert_problem(post(client, body, key), 400, "idempotency_key_missing")


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 0},
        {"quantity": "a lot"},
        {"offer": 2**63},
        {"shown_total_fen": -1},
        {"offer": None},
    ],
)
def test_a_wrong_body_is_refused_by_field(client: APIClient, change: dict[str, Any]) -> None:
    body = {"offer": make_offer().pk, "quantity": 1, "shown_total_fen": 3990} | change
    response = post(client, body)
    assert_problem(response, 400, "invalid")
    assert list(response.json()["errors"]) == list(change)


def test_refusals_keep_their_code_and_status(client: APIClient) -> None:
    offer = make_offer(make_session("scheduled"))
    body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}
    assert_problem(post(client, body), 409, "session_not_live")
    assert_problem(post(client, body | {"offer": offer.pk + 999}), 404, "offer_not_found")


@pytest.mark.parametrize("token", ["", "Bearer nonsense"])
def test_nobody_orders_without_a_token(token: str) -> None:
    client = APIClient()
    if token:
        client.credentials(HTTP_AUTHORIZATION=token)
    assert post(client, {}).status_code == 401
    assert Order.objects.count() == 0


def test_taps_beyond_the_rate_are_told_when_to_try_again(
    client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lukou_market.orders.api.OrdersPerBuyer.rate", "2/min", raising=False)
    offer = make_offer(make_session("scheduled"))
    body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}
    answers = [post(client, body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [409, 409, 429]
    assert_problem(answers[-1], 429, "throttled")
    assert int(answers[-1]["Retry-After"]) > 0


def test_a_buyer_sees_their_own_orders_only(client: APIClient, buyer: User) -> None:
    mine, other = place(buyer, make_offer()), place(make_user(), make_offer())
    listed = client.get("/api/v1/orders/").json()["results"]
    assert [row["number"] for row in listed] == [mine.number]
    assert client.get(f"/api/v1/orders/{mine.number}/").json()["lines"][0]["quantity"] == 1
    for path in ("", "cancel/", "trace/"):
        address = f"/api/v1/orders/{other.number}/{path}"
        answer = client.post(address) if path == "cancel/" else client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "order_not_found")
    other.refresh_from_db()
    assert other.status == "placed"


def test_the_list_costs_the_same_queries_however_long(
    client: APIClient, buyer: User, django_assert_num_queries: Any
) -> None:
    for _ in range(5):
        place(buyer, make_offer())
    with django_assert_num_queries(4):
        assert len(client.get("/api/v1/orders/").json()["results"]) == 5


def test_a_cursor_we_did_not_make_is_not_found(client: APIClient) -> None:
    assert client.get("/api/v1/orders/?cursor=cD1hYmM=").status_code == 404


def test_an_unknown_address_below_the_api_is_a_problem_too(client: APIClient) -> None:
    response = client.get("/api/v1/nothing/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
