"""Two gates sell the same boxes at once: neither knows of the other."""

import asyncio
from collections import Counter

import httpx
import pytest
from django.db import connection

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.models import Order
from tests.factories import make_offer
from tests.gate_process import running_gate

QUOTA, BUYERS, TAPS_EACH, LIMIT = 1_000, 1_250, 4, 2  # 5,000 units are asked for
HELD = "SELECT max(n) FROM (SELECT sum(quantity) n FROM orders_orderline GROUP BY buyer_id) held"


@pytest.mark.django_db(transaction=True)
def test_two_gates_sell_exactly_the_quota_and_keep_the_limit() -> None:
    offer = make_offer(quota=QUOTA, limit=LIMIT)
    buyers = User.objects.bulk_create([User(phone_digest=f"{n}") for n in range(BUYERS)])
    tokens = [issue_tokens(buyer)["access"] for buyer in buyers]
    body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}
    taps = iter([(n, number) for number in range(TAPS_EACH) for n in range(BUYERS)])
    answers: Counter[str] = Counter()

    async def phone(client: httpx.AsyncClient, url: str) -> None:
        for buyer, number in taps:
            headers = {
                "Authorization": f"Bearer {tokens[buyer]}",
                "Idempotency-Key": f"tap-{number}",
            }
            answer = await client.post(f"{url}/api/v1/orders/", json=body, headers=headers)
            answers[answer.json().get("code", "placed")] += 1

    async def rush(urls: list[str]) -> None:
        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
            await asyncio.gather(*(phone(client, url) for url in urls for _ in range(24)))

    with running_gate() as one, running_gate() as other:
        asyncio.run(rush([one.url, other.url]))

    assert answers["placed"] == QUOTA
    assert sum(answers.values()) == BUYERS * TAPS_EACH
    assert set(answers) <= {"placed", "sold_out", "limit_reached"}
    offer.refresh_from_db()
    assert (offer.taken, Order.objects.count()) == (QUOTA, QUOTA)
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        assert cursor.fetchall()[0][0] <= LIMIT
