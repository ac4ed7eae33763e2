"""uvicorn's HTTP protocol with a short way for orders.

Through parser and ASGI an order costs more of this process than all our own work on it. So a
plain order is recognised in the bytes as they come, and its answer leaves in one write; whatever
else comes goes the library's way. What follows an order waits for its answer.
"""

import asyncio
from functools import partial
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from lukou_market.orders.gate.app import Gate
from lukou_market.orders.gate.batcher import Answer, Unplaceable
from lukou_market.orders.gate.request import Incomplete, PlainOrder, plain_order

_MOST_WAITING = 65_536  # bytes, until the client is read no further


class GateProtocol(HttpToolsProtocol):
    """One connection. The parser sees every byte but those of orders answered here."""

    _amid_request = False  # the parser has seen a part of one
    _placing = False  # an order waits for its answer
    _ending = False  # and the connection ends with it
    _held = b""  # the beginning of what may become a plain order, or what came behind one

    def data_received(self, data: bytes) -> None:
        """Bytes have come: a whole request, more often than not."""
        if self._placing:
            self._hold(data)
        elif self._amid_request or not (self.cycle is None or self.cycle.response_complete):
            super().data_received(data)
        else:
            self._begin(self._held + data)

    @property
    def _under_way(self) -> set[asyncio.Future[Answer]]:
        return cast(set[asyncio.Future[Answer]], self.tasks)

    def on_message_begin(self) -> None:
        """The parser has seen the first byte of a request."""
        super().on_message_begin()
        self._amid_request = True

    def on_message_complete(self) -> None:
        """The parser has seen the last byte of a request."""
        super().on_message_complete()
        self._amid_request = False

    def shutdown(self) -> None:
        """Take no more; end at once, or with the answer that is due."""
        if self._placing:
            self._ending = True
        else:
            super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing was asked for a while."""
        if not self._placing:
            super().timeout_keep_alive_handler()

    def _hold(self, data: bytes) -> None:
        self._held += data
        if len(self._held) > _MOST_WAITING:
            self.flow.pause_reading()

    def _begin(self, data: bytes) -> None:
        self._held = b""
        try:
            order = plain_order(data)
        except Incomplete:
            self._held = data
            return
        if order is None or self.flow.write_paused:
            super().data_received(data)
        elif refused := cast(Gate, self.app).refuse(order):
            self._answer(refused)
        else:
            self._placing = True
            placed = cast(Gate, self.app).place(order)
            self._under_way.add(placed)  # shutting down waits for it
            placed.add_done_callback(partial(self._placed, order, data))

    def _placed(self, order: PlainOrder, data: bytes, placed: asyncio.Future[Answer]) -> None:
        self._under_way.discard(placed)
        try:
            answer = cast(Gate, self.app).answer(order, placed)
        except Unplaceable:
            answer = None  # the web server can say why
        except BaseException:
            self.transport.close()
            raise
        self._placing = False
        if self.transport.is_closing():
            return
        if answer:
            self._answer(answer)
        else:
            super().data_received(data)
        behind, self._held = self._held, b""
        if behind:
            self.data_received(behind)

    def _answer(self, answer: bytes) -> None:
        self.transport.write(answer)
        self.on_response_complete()
        if self._ending:
            self.transport.close()
