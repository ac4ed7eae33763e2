"""Orders, as the protocol has read them, and the ASGI way on to the web server for all else."""

import asyncio
import gc

from django.conf import settings
from django.utils import timezone

from lukou_market.orders.errors import Busy
from lukou_market.orders.gate import answers
from lukou_market.orders.gate.answers import HttpAnswer
from lukou_market.orders.gate.batcher import Answer, Batcher
from lukou_market.orders.gate.closed_offers import ClosedOffers
from lukou_market.orders.gate.database import Database
from lukou_market.orders.gate.forward import Receive, Scope, Send, WebIsAway, bodies, forward
from lukou_market.orders.gate.rate import BuyerRate
from lukou_market.orders.gate.request import PlainOrder
from lukou_market.orders.gate.taps import TapCounts

HEALTH = "/gate/healthz"


class Gate:
    """Answers orders; as ASGI application forwards to `web`, where the web server listens."""

    def __init__(self, web: str) -> None:
        self._web = web
        self._database, self._memory_database = Database(), Database()
        self._batcher = Batcher(self._database.place)
        self._closed = ClosedOffers(self._memory_database.fetch)
        self._taps = TapCounts(self._memory_database.fetch)
        self._rate = BuyerRate(settings.ORDERS_PER_MINUTE_PER_BUYER)

    def refuse(self, order: PlainOrder) -> bytes | None:
        """Count a tap; the answer if it takes no transaction to refuse it."""
        if wait_s := self._rate.wait_s(order.request.buyer_id):
            return answers.throttled_answer(wait_s, order.language).wire
        self._taps.count(order.request.offer_id)
        code = self._closed.refusal(order.request)
        return answers.refusal_answer(code, order.language).wire if code else None

    def place(self, order: PlainOrder) -> asyncio.Future[Answer]:
        """What PostgreSQL says, after COMMIT; `answer` puts it into words."""
        return self._batcher.submit(order.request)

    def answer(self, order: PlainOrder, placed: asyncio.Future[Answer]) -> bytes:
        """The answer to an order that `place` is done with. Raises Unplaceable."""
        try:
            answer = placed.result()
        except Busy:
            return answers.busy_answer(order.language).wire
        self._closed.learn(order.request, answer)
        if isinstance(answer, str):
            return answers.refusal_answer(answer, order.language).wire
        return answers.placed_answer(answer, order.language)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"] == HEALTH:
            await _send(answers.health_answer(), send)
        else:
            await self._forward(scope, receive, send)

    async def _forward(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await forward(self._web, scope, bodies(receive), send)
        except WebIsAway:
            await _send(answers.busy_answer(b""), send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        running = (self._batcher.run(), self._closed.run(), self._taps.run())
        tasks = [asyncio.create_task(forever) for forever in running]
        # What is here now stays: the collector need not look at it while orders come in.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 50, 50)
        await send({"type": "lifespan.startup.complete"})
        await receive()  # comes after the last answer was sent
        for task in tasks:
            task.cancel()
        await self._taps.write(timezone.now())
        await self._database.close()
        await self._memory_database.close()
        await send({"type": "lifespan.shutdown.complete"})


async def _send(answer: HttpAnswer, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})
