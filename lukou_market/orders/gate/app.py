"""`POST /api/v1/orders/`: check, submit, answer. Everything else goes to the web server."""

import asyncio
import gc
from collections.abc import AsyncIterator

from django.conf import settings

from lukou_market.orders.errors import Busy
from lukou_market.orders.gate import answers
from lukou_market.orders.gate.answers import HttpAnswer
from lukou_market.orders.gate.batcher import Batcher, Unplaceable
from lukou_market.orders.gate.closed_offers import ClosedOffers
from lukou_market.orders.gate.database import Database
from lukou_market.orders.gate.forward import (
    Receive,
    Scope,
    Send,
    WebIsAway,
    bodies,
    forward,
    whole_body,
)
from lukou_market.orders.gate.rate import BuyerRate
from lukou_market.orders.gate.request import order_request, plain_headers
from lukou_market.orders.place_order import OrderRequest

HEALTH = "/gate/healthz"


class Gate:
    """The ASGI application. `web` is where the web server listens."""

    def __init__(self, web: str) -> None:
        self._web = web
        self._database, self._memory_database = Database(), Database()
        self._batcher = Batcher(self._database.place)
        self._closed = ClosedOffers(self._memory_database.fetch)
        self._rate = BuyerRate(settings.ORDERS_PER_MINUTE_PER_BUYER)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["path"] == HEALTH:
            await _send(answers.health_answer(), send)
            return
        headers = plain_headers(scope)
        if headers is None:
            await self._forward(scope, bodies(receive), send)
            return
        body = await whole_body(receive)
        request = order_request(headers, body)
        try:
            if request is None:
                raise Unplaceable
            answer = await self._order(request, headers.get(b"accept-language", b""))
        except Unplaceable:
            await self._forward(scope, _once(body), send)
        else:
            await _send(answer, send)

    async def _order(self, request: OrderRequest, language: bytes) -> HttpAnswer:
        if wait_s := self._rate.wait_s(request.buyer_id):
            return answers.throttled_answer(wait_s, language)
        if code := self._closed.refusal(request):
            return answers.refusal_answer(code, language)
        try:
            answer = await self._batcher.submit(request)
        except Busy:
            return answers.busy_answer(language)
        self._closed.learn(request, answer)
        if isinstance(answer, str):
            return answers.refusal_answer(answer, language)
        return answers.placed_answer(answer, language)

    async def _forward(self, scope: Scope, body: AsyncIterator[bytes], send: Send) -> None:
        try:
            await forward(self._web, scope, body, send)
        except WebIsAway:
            await _send(answers.busy_answer(b""), send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        tasks = [asyncio.create_task(self._batcher.run()), asyncio.create_task(self._closed.run())]
        # What is here now stays: the collector need not look at it while orders come in.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 50, 50)
        await send({"type": "lifespan.startup.complete"})
        await receive()  # comes after the last answer was sent
        for task in tasks:
            task.cancel()
        await self._database.close()
        await self._memory_database.close()
        await send({"type": "lifespan.shutdown.complete"})


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body


async def _send(answer: HttpAnswer, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})
