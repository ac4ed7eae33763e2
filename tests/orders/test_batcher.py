"""What shares a batch, what waits, and what is turned away."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from lukou_market.orders.errors import Busy
from lukou_market.orders.gate.batcher import Answer, Batcher, Unplaceable
from lukou_market.orders.place_order import OrderRequest, PlacedOrder
from tests.factories import NOW


def tap(buyer: int, key: str = "k", quantity: int = 1) -> OrderRequest:
    return OrderRequest(buyer, key, 1, quantity, 100 * quantity)


class Postgres:
    """Stands in for the database: grants everything, remembers the batches."""

    def __init__(self) -> None:
        self.batches: list[list[OrderRequest]] = []
        self.poison: int | None = None

    async def place(self, requests: Sequence[OrderRequest]) -> list[Answer]:
        self.batches.append(list(requests))
        await asyncio.sleep(0)
        if any(request.buyer_id == self.poison for request in requests):
            raise ValueError
        return [
            PlacedOrder(f"{asked.buyer_id}{asked.key}", 100, NOW + timedelta(minutes=15), False)
            for asked in requests
        ]


async def rush(batcher: Batcher, taps: list[OrderRequest]) -> list[Answer | BaseException]:
    runner = asyncio.create_task(batcher.run())
    try:
        return await asyncio.gather(*map(batcher.submit, taps), return_exceptions=True)
    finally:
        runner.cancel()


def test_what_arrives_together_is_placed_together_up_to_the_batch_limit() -> None:
    postgres = Postgres()
    asyncio.run(rush(Batcher(postgres.place, batch=64), [tap(n) for n in range(100)]))
    assert [len(batch) for batch in postgres.batches] == [64, 36]


def test_a_repeated_tap_shares_the_order_and_another_one_waits_its_turn() -> None:
    postgres = Postgres()
    taps = [tap(1), tap(1), tap(1, "other")]
    first, again, other = asyncio.run(rush(Batcher(postgres.place), taps))
    assert isinstance(first, PlacedOrder)
    assert isinstance(again, PlacedOrder)
    assert (first.number, first.replayed, again.replayed) == (again.number, False, True)
    assert isinstance(other, PlacedOrder)
    assert postgres.batches == [[tap(1)], [tap(1, "other")]]


def test_a_request_postgres_can_not_take_spoils_no_other() -> None:
    postgres = Postgres()
    postgres.poison = 7
    answers = asyncio.run(rush(Batcher(postgres.place), [tap(n) for n in range(16)]))
    assert [n for n, answer in enumerate(answers) if isinstance(answer, Unplaceable)] == [7]
    assert sum(isinstance(answer, PlacedOrder) for answer in answers) == 15


def test_a_full_queue_turns_away_at_once() -> None:
    postgres = Postgres()
    answers = asyncio.run(rush(Batcher(postgres.place, queue=10), [tap(n) for n in range(12)]))
    assert [isinstance(answer, Busy) for answer in answers] == [False] * 10 + [True] * 2


@pytest.mark.parametrize("wait_s", [-1.0])
def test_who_has_waited_too_long_is_turned_away_and_nothing_is_placed(wait_s: float) -> None:
    postgres = Postgres()
    answers = asyncio.run(rush(Batcher(postgres.place, wait_s=wait_s), [tap(1), tap(2)]))
    assert [type(answer) for answer in answers] == [Busy, Busy]
    assert postgres.batches == []
