"""Two hundred buyers tap at once for fifty boxes, over HTTP and real connections."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.models import Order, OrderLine
from tests.factories import make_offer, make_user

BUYERS, UNITS = 200, 50


@pytest.mark.django_db(transaction=True)
def test_two_hundred_buyers_for_fifty_units_get_exactly_fifty_orders(
    web: str,
) -> None:
    offer = make_offer(quota=UNITS, limit=1)
    buyers = [make_user() for _ in range(BUYERS)]
    tokens = {buyer.pk: issue_tokens(buyer)["access"] for buyer in buyers}
    body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}

    def tap(buyer: User) -> httpx.Response:
        headers = {"Authorization": f"Bearer {tokens[buyer.pk]}", "Idempotency-Key": "tap"}
        url = f"{web}/api/v1/orders/"
        return client.post(url, json=body, headers=headers)

    limits = httpx.Limits(max_connections=BUYERS)
    with (
        httpx.Client(timeout=60, limits=limits) as client,
        ThreadPoolExecutor(max_workers=BUYERS) as crowd,
    ):
        first = list(crowd.map(tap, buyers))
        again = list(crowd.map(tap, buyers))

    granted = [answer for answer in first if answer.status_code == 201]
    refused = [answer.json()["code"] for answer in first if answer.status_code == 409]
    assert len(granted) == UNITS
    assert refused == ["sold_out"] * (BUYERS - UNITS)
    offer.refresh_from_db()
    assert (offer.taken, OrderLine.objects.count()) == (UNITS, UNITS)

    for buyer, before, after in zip(buyers, first, again, strict=True):
        assert before.status_code == after.status_code
        if before.status_code == 201:
            assert after.json() == before.json()
            assert after.headers["Idempotent-Replayed"] == "true"
            assert Order.objects.get(number=after.json()["number"]).buyer_id == buyer.pk
