import json
import time
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken

from lukou_market.accounts.models import User
from lukou_market.demo.stripe_standin.webhooks import signature
from lukou_market.orders.models import Order
from lukou_market.payments.models import Payment, Refund, WebhookEvent
from tests.factories import make_user, make_voucher
from tests.payments.shop import Clock, Shop

ADDRESS = {"recipient": "王小明", "phone": "13812345678", "text": "湖南省株洲市天元区黄河北路 1 号"}
ODD: list[Any] = [None, 1, "x", [], {}, {"address": None}, {"address": []}, {"address": {}}]


@pytest.fixture
def clock() -> Clock:
    """The API takes the time from the wall."""
    return Clock(timezone.now())


def client_of(user: User) -> APIClient:
    client = APIClient(raise_request_exception=True)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {AccessToken.for_user(user)}")
    return client


@pytest.fixture
def client(shop: Shop) -> APIClient:
    return client_of(shop.buyer)


def post(client: APIClient, path: str, body: Any = None) -> tuple[int, Any]:
    answer = client.post(f"/api/v1/{path}", body, format="json")
    return answer.status_code, answer.json()


def checkout(client: APIClient, order: Order, **address: str) -> tuple[int, Any]:
    return post(client, f"orders/{order.number}/checkout/", {"address": ADDRESS | address})


def test_a_checkout_gives_the_address_of_the_payment_page(shop: Shop, client: APIClient) -> None:
    status, answer = checkout(client, shop.order())
    assert (status, answer) == (201, {"checkout_url": Payment.objects.get().checkout_url})


def test_nobody_pays_without_a_token(shop: Shop) -> None:
    status, answer = checkout(APIClient(), shop.order())
    assert (status, answer["code"]) == (401, "not_authenticated")


def test_nobody_pays_somebody_elses_order(shop: Shop) -> None:
    status, answer = checkout(client_of(make_user()), shop.order())
    assert (status, answer["code"]) == (404, "order_not_found")


def test_a_paid_order_is_not_paid_again(shop: Shop, client: APIClient) -> None:
    status, answer = checkout(client, shop.paid_order())
    assert (status, answer["code"], answer["order_status"]) == (409, "order_not_payable", "paid")


def test_a_refusal_names_its_bound_in_its_sentence(shop: Shop, client: APIClient) -> None:
    asked = {"address": ADDRESS, "voucher_code": make_voucher(500, min_goods_fen=10**9).code}
    status, answer = post(client, f"orders/{shop.order().number}/checkout/", asked)
    assert (status, answer["code"]) == (409, "voucher_needs_more")
    assert "¥10,000,000.00" in answer["title"] and not Payment.objects.exists()


def test_a_silent_stripe_is_a_503(shop: Shop, client: APIClient, settings: Any) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    status, answer = checkout(client, shop.order())
    assert (status, answer["code"]) == (503, "payment_service_unavailable")


@pytest.mark.parametrize("body", ODD)
def test_an_odd_checkout_is_invalid(shop: Shop, client: APIClient, body: Any) -> None:
    status, answer = post(client, f"orders/{shop.order().number}/checkout/", body)
    assert (status, answer["code"], Payment.objects.count()) == (400, "invalid", 0)


@pytest.mark.parametrize("field", ADDRESS)
@pytest.mark.parametrize("value", ["", " ", "\0", "瓜" * 201])
def test_an_odd_address_is_invalid(shop: Shop, client: APIClient, field: str, value: str) -> None:
    status, answer = checkout(client, shop.order(), **{field: value})
    assert (status, list(answer["errors"]["address"])) == (400, [field])


@pytest.mark.parametrize("number", ["none", "9" * 500, "%00", "瓜"])
def test_an_odd_order_number_is_not_found(shop: Shop, client: APIClient, number: str) -> None:
    for step in ("checkout", "refunds"):
        assert post(client, f"orders/{number}/{step}/", {"address": ADDRESS})[0] == 404
    assert client.get(f"/api/v1/orders/{number}/refunds/").status_code == 404


def test_a_refund_of_everything_is_asked_for(shop: Shop, client: APIClient) -> None:
    path = f"orders/{shop.paid_order().number}/refunds/"
    status, answer = post(client, path, {})
    assert (status, answer["status"], answer["amount_fen"]) == (201, "approved", 3990)
    assert answer["reason"] == "buyer"
    assert client.get(f"/api/v1/{path}").json() == [answer]


def test_a_refund_of_a_part_is_asked_for(shop: Shop, client: APIClient) -> None:
    path = f"orders/{shop.paid_order().number}/refunds/"
    status, answer = post(client, path, {"amount_fen": 990, "note": "两个坏了"})
    assert (status, answer["status"], answer["note"]) == (201, "requested", "两个坏了")
    status, answer = post(client, path, {"amount_fen": 990})
    assert (status, answer["code"], Refund.objects.count()) == (409, "refund_in_progress", 1)


def test_refunds_are_refused_with_their_codes(shop: Shop, client: APIClient) -> None:
    unpaid, paid = shop.order(), shop.paid_order()
    status, answer = post(client, f"orders/{unpaid.number}/refunds/", {})
    assert (status, answer["code"]) == (409, "not_refundable")
    status, answer = post(client, f"orders/{paid.number}/refunds/", {"amount_fen": 3991})
    assert (status, answer["code"]) == (409, "refund_too_large")
    assert not Refund.objects.exists()


@pytest.mark.parametrize(
    "body",
    [[], {"amount_fen": 0}, {"amount_fen": -1}, {"amount_fen": 1.5}, {"amount_fen": "x"},
     {"amount_fen": 10**30}, {"note": "\0"}, {"note": "瓜" * 201}, {"note": {}}],
)  # fmt: skip
def test_an_odd_refund_is_invalid(shop: Shop, client: APIClient, body: Any) -> None:
    status, answer = post(client, f"orders/{shop.paid_order().number}/refunds/", body)
    assert (status, answer["code"], Refund.objects.count()) == (400, "invalid", 0)


def webhook(payload: bytes, signed: str, kind: str = "application/json") -> tuple[int, Any]:
    answer = APIClient().post(
        "/api/v1/webhooks/stripe/", payload, content_type=kind, HTTP_STRIPE_SIGNATURE=signed
    )
    return answer.status_code, answer.json()


def test_a_signed_webhook_is_kept(shop: Shop) -> None:
    payload = json.dumps({"id": "evt_1", "type": "plan.created", "data": {}}).encode()
    signed = signature(payload, shop.standin.webhook_secret, at=int(time.time()))
    for _ in range(2):
        assert webhook(payload, signed) == (200, {"received": True})
    assert WebhookEvent.objects.get().payload["id"] == "evt_1"


@pytest.mark.parametrize("payload", [b"", b"{}", b"\xff\0", b"[" * 10000])
@pytest.mark.parametrize("signed", ["", "t=1,v1=0", "t=1,v1=\xff"])
def test_an_unsigned_webhook_is_refused(shop: Shop, payload: bytes, signed: str) -> None:
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        status, answer = webhook(payload, signed, kind)
        assert (status, answer["code"]) == (400, "bad_signature")
    assert not WebhookEvent.objects.exists()
