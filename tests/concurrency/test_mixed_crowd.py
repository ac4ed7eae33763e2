"""Good and bad requests at the same moment: each gets its own answer, none spoils another's."""

import asyncio
from typing import Any

import httpx
import pytest

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.models import Order
from tests.factories import make_offer, make_session, make_user
from tests.gate_process import running_gate

Request = tuple[dict[str, str], Any, tuple[int, str]]


@pytest.mark.django_db(transaction=True)
def test_each_request_of_a_mixed_crowd_gets_its_own_answer(web: str) -> None:
    offer, ended = make_offer(limit=2), make_offer(make_session("ended"))
    stranger = make_user()
    stranger_token = issue_tokens(stranger)["access"]
    User.objects.filter(pk=stranger.pk).delete()  # signed by us, but nobody's
    body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}
    crowd: list[Request] = []
    three = body | {"quantity": 3, "shown_total_fen": 3 * offer.price_fen}
    for n in range(30):
        good = {"Authorization": f"Bearer {issue_tokens(make_user())['access']}"}
        hasty = {"Authorization": f"Bearer {issue_tokens(make_user())['access']}"}
        key = {"Idempotency-Key": f"tap-{n}"}
        kinds: list[Request] = [
            (good | key, body, (201, "")),
            (key, body, (401, "not_authenticated")),
            (hasty | key, three, (409, "limit_reached")),
            (good, body, (400, "idempotency_key_missing")),
            (good | {"Idempotency-Key": "a"}, body | {"quantity": "x"}, (400, "invalid")),
            (
                good | {"Idempotency-Key": "b"},
                body | {"offer": ended.pk},
                (409, "session_not_live"),
            ),
        ]
        crowd += kinds
    unknown = {"Authorization": f"Bearer {stranger_token}", "Idempotency-Key": "k"}
    crowd.insert(40, (unknown, body, (500, "internal_error")))

    async def send(url: str) -> list[tuple[int, str]]:
        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
            answers = await asyncio.gather(
                *(client.post(url, json=asked, headers=headers) for headers, asked, _ in crowd)
            )
        return [(answer.status_code, answer.json().get("code", "")) for answer in answers]

    with running_gate(web.removeprefix("http://")) as gate:
        answers = asyncio.run(send(f"{gate.url}/api/v1/orders/"))
    assert answers == [expected for _, _, expected in crowd]
    offer.refresh_from_db()
    assert (offer.taken, Order.objects.count()) == (30, 30)
