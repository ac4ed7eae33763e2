from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken

from lukou_market.accounts.models import User
from lukou_market.fulfilment.errors import NotShipped
from lukou_market.fulfilment.receive_order import receive_order
from lukou_market.fulfilment.receive_overdue import receive_overdue_orders
from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order
from tests.factories import NOW, make_offer, make_user
from tests.fulfilment.parcels import packed, shipped, status_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
OVERDUE = NOW + settings.AUTO_RECEIPT


def receive(order: Order, buyer: User | None = None) -> Order:
    buyer_id = buyer.pk if buyer else order.buyer_id
    return receive_order(buyer_id=buyer_id, number=order.number, now=LATER)


def test_the_buyer_confirms_the_receipt_and_may_do_so_again() -> None:
    order = shipped()
    for _ in range(2):
        assert receive(order).status == "received"
    assert order.events.filter(kind="received").get().occurred_at == LATER


def test_what_was_not_shipped_is_not_received() -> None:
    order = packed()
    with pytest.raises(NotShipped):
        receive(order)
    assert status_of(order) == "packed"


def test_somebody_else_does_not_receive_it() -> None:
    order = shipped()
    with pytest.raises(OrderNotFound):
        receive(order, make_user())
    assert status_of(order) == "shipped"


def test_silence_is_receipt_when_the_time_has_come() -> None:
    order = shipped()
    assert receive_overdue_orders(now=OVERDUE - timedelta(seconds=1)) == 0
    assert status_of(order) == "shipped"
    assert [receive_overdue_orders(now=OVERDUE) for _ in range(2)] == [1, 0]
    assert (status_of(order), order.status_at) == ("received", OVERDUE)


def test_one_round_takes_no_more_than_its_limit() -> None:
    offer = make_offer()
    for number in "123":
        shipped(offer, number)
    assert [receive_overdue_orders(now=OVERDUE, limit=2) for _ in range(3)] == [2, 1, 0]


def post_receipt(number: str, buyer: User | None) -> tuple[int, Any]:
    client = APIClient()
    if buyer:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {AccessToken.for_user(buyer)}")
    answer = client.post(f"/api/v1/orders/{number}/receipt/")
    return answer.status_code, answer.json()


def test_the_buyer_confirms_the_receipt_over_http() -> None:
    order = shipped()
    for _ in range(2):
        status, answer = post_receipt(order.number, order.buyer)
        assert (status, answer["number"], answer["status"]) == (200, order.number, "received")


def test_receipts_are_refused_with_their_codes() -> None:
    order = packed()
    status, answer = post_receipt(order.number, order.buyer)
    assert (status, answer["code"], answer["order_status"]) == (409, "not_shipped", "packed")
    status, answer = post_receipt(order.number, make_user())
    assert (status, answer["code"]) == (404, "order_not_found")
    assert post_receipt(order.number, None)[0] == 401
    assert post_receipt("%00", order.buyer)[0] == 404
