"""uvicorn's HTTP protocol with a short way for refusals.

Through parser and ASGI a refusal costs several times our own work on it. So a plain order is
recognised in the bytes as they come; what memory refuses is answered at once, in one write. An
order that PostgreSQL has to judge, and whatever else comes, goes the library's way.
"""

from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from lukou_market.orders.gate.app import PLAIN_ORDER, Gate
from lukou_market.orders.gate.request import Incomplete, PlainOrder, plain_order


class GateProtocol(HttpToolsProtocol):
    """One connection. The parser sees every byte but those of requests answered at once."""

    _amid_request = False
    _held = b""  # the beginning of what may become a plain order
    _order: PlainOrder | None = None  # what the parser is about to see

    def data_received(self, data: bytes) -> None:
        """Bytes have come: a whole request, more often than not."""
        order = None
        if self._at_rest():
            data, self._held = self._held + data, b""
            try:
                order = plain_order(data)
            except Incomplete:
                self._held = data
                return
        if order is None or self.flow.write_paused:
            super().data_received(data)
        elif not self._refused(order):
            self._order = order
            super().data_received(data)

    def on_message_begin(self) -> None:
        """The parser has seen the first byte of a request."""
        super().on_message_begin()
        self._amid_request = True
        if self._order:
            self.scope["extensions"] = {PLAIN_ORDER: {"order": self._order}}
            self._order = None

    def on_message_complete(self) -> None:
        """The parser has seen the last byte of a request."""
        super().on_message_complete()
        self._amid_request = False

    def _at_rest(self) -> bool:
        """No request is half read, and none waits for its answer."""
        return not self._amid_request and (self.cycle is None or self.cycle.response_complete)

    def _refused(self, order: PlainOrder) -> bool:
        answer = cast(Gate, self.app).refuse(order)
        if answer is None:
            return False
        self.transport.write(answer.wire)
        self.on_response_complete()
        return True
