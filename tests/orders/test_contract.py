"""One contract, two ways in: the view of Django and the gate answer alike."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.models import Order
from lukou_market.streams.models import Offer
from tests.factories import make_offer, make_session, make_user
from tests.gate_process import running_gate

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/api/v1/orders/"
OWN = {"date", "server", "connection", "transfer-encoding"}  # of the server, not of the answer


@pytest.fixture
def offer() -> Offer:
    return make_offer(quota=5, limit=3)


@pytest.fixture(scope="module")
def gate_url(live_server: Any) -> Iterator[str]:
    """One gate for all: offers and buyers, which it remembers, are each test's own."""
    with running_gate(live_server.url.removeprefix("http://")) as gate:
        yield gate.url


@pytest.fixture(params=["view", "gate"])
def url(request: pytest.FixtureRequest, live_server: Any, gate_url: str) -> str:
    return gate_url if request.param == "gate" else str(live_server.url)


@pytest.fixture
def both(live_server: Any, gate_url: str) -> tuple[str, str]:
    return live_server.url, gate_url


def headers_of(buyer: User, key: str = "k1", **more: str) -> dict[str, str]:
    token = issue_tokens(buyer)["access"]
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": key, **more}


def body_of(offer: Offer, quantity: int = 1, **change: Any) -> dict[str, Any]:
    total_fen = offer.price_fen * quantity
    return {"offer": offer.pk, "quantity": quantity, "shown_total_fen": total_fen} | change


def shape(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in OWN}
    return answer.status_code, headers, answer.content


def test_an_order_is_placed_and_its_key_gives_it_again(url: str, offer: Offer) -> None:
    buyer = make_user()
    first = httpx.post(url + PATH, json=body_of(offer, 2), headers=headers_of(buyer))
    again = httpx.post(url + PATH, json=body_of(offer, 2), headers=headers_of(buyer))
    order = Order.objects.get()
    assert (first.status_code, first.json()["number"]) == (201, order.number)
    assert first.json()["pay_by"] == timezone.localtime(order.pay_by).isoformat()
    assert (again.status_code, again.content) == (201, first.content)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"


def test_both_give_the_very_same_answer_to_a_replay(both: tuple[str, str], offer: Offer) -> None:
    buyer = make_user()
    httpx.post(both[0] + PATH, json=body_of(offer), headers=headers_of(buyer))
    view, gate = (
        httpx.post(url + PATH, json=body_of(offer), headers=headers_of(buyer)) for url in both
    )
    assert shape(view) == shape(gate)


def test_both_refuse_in_the_same_words(both: tuple[str, str], offer: Offer) -> None:
    buyer, other = make_user(), make_user()
    httpx.post(both[0] + PATH, json=body_of(offer, 3), headers=headers_of(buyer, "first"))
    ended, paused = make_offer(make_session("ended")), make_offer(paused=True)
    late = make_offer(closes_at=timezone.now() - timedelta(seconds=1))
    cases: list[tuple[User, dict[str, Any], str]] = [
        (other, body_of(offer, 3), "sold_out"),
        (other, body_of(offer, 4), "limit_reached"),
        (buyer, body_of(offer, 1), "limit_reached"),
        (other, body_of(offer, shown_total_fen=1), "price_changed"),
        (other, body_of(offer) | {"offer": offer.pk + 9999}, "offer_not_found"),
        (other, body_of(ended), "session_not_live"),
        (other, body_of(paused), "offer_not_open"),
        (other, body_of(late), "offer_not_open"),
    ]
    for language in ("zh-CN,zh;q=0.9", "en", "*"):
        for asker, body, code in cases:
            headers = headers_of(asker, **{"Accept-Language": language})
            view, gate = (httpx.post(url + PATH, json=body, headers=headers) for url in both)
            assert view.json()["code"] == code
            assert shape(view) == shape(gate)
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "content", "status"),
    [
        ({"Authorization": "Bearer x.y.z"}, None, 401),
        ({"Authorization": ""}, None, 401),
        ({"Idempotency-Key": "x" * 81}, None, 400),
        ({"Idempotency-Key": ""}, None, 400),
        ({"Content-Type": "text/plain"}, None, 415),
        ({"Accept": "text/html"}, None, 406),
        ({"Host": "evil.example"}, None, 400),
        ({}, b"{", 400),
        ({}, b"[]", 400),
        ({}, b'{"offer": true, "quantity": 0, "shown_total_fen": -1}', 400),
        ({}, b'{"offer": 9223372036854775808, "quantity": 1e3, "shown_total_fen": "x"}', 400),
    ],
)
def test_whatever_is_not_a_plain_order_gets_the_answer_of_the_view(
    both: tuple[str, str], offer: Offer, change: dict[str, str], content: bytes | None, status: int
) -> None:
    headers = headers_of(make_user(), **{"Content-Type": "application/json"}) | change
    sent = content or httpx.Request("POST", both[0], json=body_of(offer)).content
    view, gate = (httpx.post(url + PATH, content=sent, headers=headers) for url in both)
    assert (view.status_code, shape(view)) == (status, shape(gate))
    assert Order.objects.count() == 0


def test_a_token_the_view_refuses_buys_nothing_at_the_gate(
    both: tuple[str, str], offer: Offer
) -> None:
    user = make_user()
    expired = AccessToken.for_user(user)
    expired.set_exp(lifetime=timedelta(seconds=-1))
    nobody = AccessToken.for_user(user)
    nobody["user_id"] = "somebody"
    good = issue_tokens(user)["access"]
    tokens = [str(RefreshToken.for_user(user)), str(expired), str(nobody), good[:-2], good + "A"]
    for token in tokens:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
        view, gate = (httpx.post(url + PATH, json=body_of(offer), headers=headers) for url in both)
        assert (view.status_code, shape(view)) == (401, shape(gate))
    assert Order.objects.count() == 0


def test_too_many_taps_are_told_when_to_try_again(url: str) -> None:
    closed, buyer = make_offer(make_session("scheduled")), make_user()
    with httpx.Client() as client:
        headers = headers_of(buyer)
        taps = [client.post(url + PATH, json=body_of(closed), headers=headers) for _ in range(61)]
    assert {tap.status_code for tap in taps[:60]} == {409}
    assert (taps[60].status_code, taps[60].json()["code"]) == (429, "throttled")
    assert 0 < int(taps[60].headers["Retry-After"]) <= 60
    assert taps[60].headers["Content-Type"] == "application/problem+json"


def test_pages_and_other_addresses_come_through_the_gate(both: tuple[str, str]) -> None:
    for path in ("/healthz", "/api/v1/live-sessions/", "/api/v1/orders/", "/api/v1/nothing/"):
        view, gate = (httpx.get(url + path) for url in both)
        assert shape(view) == shape(gate)
    page = httpx.get(both[1] + "/")
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_stock_that_came_back_is_on_sale_again_within_a_second() -> None:
    offer = make_offer(quota=1)
    Offer.objects.filter(pk=offer.pk).update(taken=1)
    rate = {"ORDERS_PER_MINUTE_PER_BUYER": "100000"}
    with running_gate(environ=rate) as gate, httpx.Client() as client:
        url = gate.url
        body, headers = body_of(offer), headers_of(make_user())
        refusals = [client.post(url + PATH, json=body, headers=headers) for _ in range(20)]
        assert {answer.json()["code"] for answer in refusals} == {"sold_out"}
        Offer.objects.filter(pk=offer.pk).update(taken=0)
        returned = timezone.now()
        while client.post(url + PATH, json=body, headers=headers).status_code != 201:
            assert timezone.now() - returned < timedelta(seconds=1.5)
    assert Order.objects.get().placed_at - returned < timedelta(seconds=1.2)
