"""Orders that arrive while a commit is under way share the next one.

Nobody is answered before COMMIT, and nothing waits for a batch to fill: an idle gate places
an order at once, a busy one takes along what has come meanwhile.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from lukou_market.orders.errors import Busy
from lukou_market.orders.place_order import OrderRequest, PlacedOrder

logger = logging.getLogger(__name__)

Answer = PlacedOrder | str
Execute = Callable[[Sequence[OrderRequest]], Awaitable[list[Answer]]]


class Unplaceable(Exception):
    """PostgreSQL refuses this very request for a reason that no rule of ours names."""


@dataclass(slots=True)
class _Waiting:
    request: OrderRequest
    since: float
    answer: asyncio.Future[Answer]


class Batcher:
    """Collects requests and has `execute` place them, one batch at a time.

    At most one request of a buyer is in a batch: two would make PostgreSQL judge the batch in
    parts, and everybody in it would wait for that.
    """

    def __init__(
        self, execute: Execute, *, batch: int = 64, queue: int = 4096, wait_s: float = 2.0
    ) -> None:
        self._execute = execute
        self._batch, self._queue, self._wait_s = batch, queue, wait_s
        self._waiting: dict[int, _Waiting] = {}
        self._arrived = asyncio.Event()

    def submit(self, request: OrderRequest) -> asyncio.Future[Answer]:
        """The committed order, or the code of its refusal. Fails with Busy, Unplaceable."""
        if earlier := self._waiting.get(request.buyer_id):
            return asyncio.ensure_future(self._submit_after(earlier, request))
        loop = asyncio.get_running_loop()
        waiting = _Waiting(request, loop.time(), loop.create_future())
        if len(self._waiting) >= self._queue:
            _fail(waiting, Busy())
        else:
            self._waiting[request.buyer_id] = waiting
            self._arrived.set()
        return waiting.answer

    async def _submit_after(self, earlier: _Waiting, request: OrderRequest) -> Answer:
        await asyncio.wait([earlier.answer])
        if earlier.request == request:
            return _again(earlier.answer.result())
        return await self.submit(request)

    async def run(self) -> None:
        """Place what arrives, for ever."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                await self._place(self._next_batch())

    def _next_batch(self) -> list[_Waiting]:
        buyers = list(islice(self._waiting, self._batch))
        batch = [self._waiting.pop(buyer) for buyer in buyers]
        too_late = asyncio.get_running_loop().time() - self._wait_s
        while batch and batch[0].since < too_late:
            _fail(batch.pop(0), Busy())
        return batch

    async def _place(self, batch: list[_Waiting]) -> None:
        if not batch:
            return
        try:
            answers = await self._execute([waiting.request for waiting in batch])
        except Busy as busy:
            for waiting in batch:
                _fail(waiting, busy)
        except Exception as error:
            await self._isolate(batch, error)
        else:
            for waiting, answer in zip(batch, answers, strict=True):
                if not waiting.answer.done():
                    waiting.answer.set_result(answer)

    async def _isolate(self, batch: list[_Waiting], error: Exception) -> None:
        """Nothing of the batch was placed: find the one that can't be, place the others."""
        if len(batch) == 1:
            logger.error("can't place %s", batch[0].request, exc_info=error)
            _fail(batch[0], Unplaceable())
            return
        half = len(batch) // 2
        await self._place(batch[:half])
        await self._place(batch[half:])


def _again(answer: Answer) -> Answer:
    return answer if isinstance(answer, str) else answer._replace(replayed=True)


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(error)
