"""The gate dies among five thousand orders; whoever taps again has exactly one."""

import asyncio
import signal
from collections.abc import Sequence

import httpx
import pytest

from lukou_market.accounts.models import User
from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.models import Order, OrderLine
from lukou_market.streams.models import Offer
from tests.factories import make_offer
from tests.gate_process import GateProcess, running_gate

BUYERS, CONNECTIONS, KILL_AFTER = 5_000, 64, 1_500


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_each_buyer_has_exactly_one_order_after_tapping_again(number: signal.Signals) -> None:
    offer = make_offer(quota=BUYERS, limit=1)
    taps = Taps(offer, [User(phone_digest=f"{n}") for n in range(BUYERS)])
    with running_gate() as gate:
        first = asyncio.run(taps.send(gate, taps.everybody, kill=number))
        gate.process.wait(30)
    told = set(first)
    placed = set(Order.objects.values_list("buyer_id", flat=True))
    assert KILL_AFTER <= len(told) < BUYERS
    assert told <= placed  # nobody was told of an order that is not there
    if number == signal.SIGTERM:
        assert told == placed  # and nobody was left without the answer

    with running_gate() as gate:
        again = asyncio.run(taps.send(gate, taps.everybody))
    orders = dict(Order.objects.values_list("buyer_id", "number"))
    assert Order.objects.count() == len(orders) == BUYERS
    assert again == orders
    assert first.items() <= orders.items()
    offer.refresh_from_db()
    assert (offer.taken, OrderLine.objects.count()) == (BUYERS, BUYERS)


class Taps:
    """Five thousand phones that order one unit each."""

    def __init__(self, offer: Offer, buyers: list[User]) -> None:
        self.everybody = [buyer.pk for buyer in User.objects.bulk_create(buyers)]
        self._tokens = {buyer.pk: issue_tokens(buyer)["access"] for buyer in buyers}
        self._body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}

    async def send(
        self, gate: GateProcess, buyers: Sequence[int], kill: signal.Signals | None = None
    ) -> dict[int, str]:
        """Buyer → order number of those who were answered; the gate is killed in the middle."""
        answered: dict[int, str] = {}
        queue = iter(buyers)

        async def phone(client: httpx.AsyncClient) -> None:
            for buyer in queue:
                try:
                    answer = await self._tap(client, gate.url, buyer)
                except httpx.TransportError:
                    continue
                assert answer.status_code == 201
                answered[buyer] = answer.json()["number"]
                if kill and len(answered) == KILL_AFTER:
                    gate.process.send_signal(kill)

        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
            await asyncio.gather(*(phone(client) for _ in range(CONNECTIONS)))
        return answered

    async def _tap(self, client: httpx.AsyncClient, url: str, buyer: int) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._tokens[buyer]}", "Idempotency-Key": "tap"}
        return await client.post(f"{url}/api/v1/orders/", json=self._body, headers=headers)
