"""Orders as bytes on a connection: however they are cut, each gets its own answer, in order."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from lukou_market.orders.gate.answers import HttpAnswer
from lukou_market.orders.gate.batcher import Unplaceable
from lukou_market.orders.gate.protocol import GateProtocol
from lukou_market.orders.gate.request import PlainOrder
from tests.orders.test_gate_request import FIRST, PLAIN, whole

REFUSED = HttpAnswer(409, [(b"content-length", b"2")], b"no")
PLACED = HttpAnswer(201, [(b"content-length", b"3")], b"yes")
FORWARDED = (b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n", b"web")
GET = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
ORDER = whole(PLAIN)


class Line(asyncio.Transport):
    """Notes what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: Any) -> None:
        self.written.append(bytes(data))

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


class App:
    """Stands where the gate stands: refuses from memory or not, places when told to."""

    def __init__(self, *, refuses: bool, unplaceable: bool = False) -> None:
        self.refuses, self.unplaceable, self.may_place = refuses, unplaceable, asyncio.Event()
        self.asked: list[PlainOrder] = []

    def refuse(self, order: PlainOrder) -> bytes | None:
        self.asked.append(order)
        return REFUSED.wire if self.refuses else None

    def place(self, order: PlainOrder) -> asyncio.Future[bytes]:
        return asyncio.ensure_future(self._placed())

    async def _placed(self) -> bytes:
        await self.may_place.wait()
        if self.unplaceable:
            raise Unplaceable
        return PLACED.wire

    def answer(self, order: PlainOrder, placed: asyncio.Future[bytes]) -> bytes:
        return placed.result()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-length", b"3")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"web"})


def connected(app: App) -> tuple[GateProtocol, list[bytes]]:
    config = uvicorn.Config(app, log_config=None, lifespan="off", proxy_headers=False, ws="none")
    config.load()
    protocol, line = GateProtocol(config, ServerState(), {}), Line()
    protocol.connection_made(line)
    return protocol, line.written


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def in_loop(story: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def test() -> None:
        asyncio.run(story())

    test.__name__ = story.__name__
    return test


@in_loop
async def test_what_memory_refuses_is_answered_at_once_in_one_write() -> None:
    protocol, written = connected(App(refuses=True))
    for _ in range(3):
        protocol.data_received(ORDER)
    assert written == [REFUSED.wire] * 3


@in_loop
async def test_an_order_may_come_in_two_pieces_cut_anywhere_in_its_headers_or_body() -> None:
    for cut in range(len(FIRST), len(ORDER)):
        protocol, written = connected(App(refuses=True))
        protocol.data_received(ORDER[:cut])
        assert written == []
        protocol.data_received(ORDER[cut:])
        assert written == [REFUSED.wire]


@in_loop
async def test_what_memory_does_not_refuse_is_placed() -> None:
    protocol, written = connected(app := App(refuses=False))
    app.may_place.set()
    for _ in range(2):
        protocol.data_received(ORDER)
        await settled()
    assert written == [PLACED.wire] * 2


@in_loop
async def test_what_comes_behind_an_unanswered_order_waits_for_its_turn() -> None:
    protocol, written = connected(app := App(refuses=False))
    protocol.data_received(ORDER)
    await settled()
    app.refuses = True
    protocol.data_received(ORDER + GET)
    protocol.data_received(ORDER)
    await settled()
    assert (written, len(app.asked)) == ([], 1)
    app.may_place.set()
    await settled()
    assert written == [PLACED.wire, *[*FORWARDED] * 3]


@in_loop
async def test_an_order_that_can_not_be_placed_goes_to_the_web_server() -> None:
    protocol, written = connected(app := App(refuses=False, unplaceable=True))
    protocol.data_received(ORDER)
    protocol.data_received(GET)
    app.may_place.set()
    await settled()
    assert written == [*FORWARDED] * 2


@in_loop
async def test_shutting_down_waits_for_the_answer_that_is_due() -> None:
    protocol, written = connected(app := App(refuses=False))
    protocol.data_received(ORDER)
    protocol.shutdown()
    assert not protocol.transport.is_closing()
    app.may_place.set()
    await settled()
    assert (written, protocol.transport.is_closing()) == ([PLACED.wire], True)


@in_loop
async def test_who_goes_away_while_the_order_is_placed_is_sent_nothing() -> None:
    protocol, written = connected(app := App(refuses=False))
    protocol.data_received(ORDER)
    protocol.data_received(ORDER)
    protocol.transport.close()
    protocol.connection_lost(None)
    app.may_place.set()
    await settled()
    assert (written, len(app.asked)) == ([], 1)


@in_loop
async def test_requests_sent_together_are_answered_in_their_order_by_the_library() -> None:
    protocol, written = connected(app := App(refuses=True))
    protocol.data_received(ORDER + GET + ORDER)
    await settled()
    assert (written, app.asked) == ([*FORWARDED] * 3, [])


@in_loop
async def test_a_body_that_looks_like_an_order_is_none() -> None:
    protocol, written = connected(app := App(refuses=True))
    other = b"POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(ORDER)
    protocol.data_received(other)
    protocol.data_received(ORDER)
    await settled()
    assert (written, app.asked) == ([*FORWARDED], [])
    protocol.data_received(ORDER)
    assert written[-1] == REFUSED.wire


@in_loop
async def test_who_does_not_read_answers_gets_no_short_way() -> None:
    protocol, written = connected(app := App(refuses=True))
    protocol.pause_writing()
    protocol.data_received(ORDER)
    await settled()
    assert (written, app.asked) == ([], [])
    protocol.resume_writing()
    await settled()
    assert written == [*FORWARDED]


def test_a_whole_answer_is_head_blank_line_body() -> None:
    assert REFUSED.wire == b"HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\n\r\nno"
