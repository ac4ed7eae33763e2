"""The buyers' HTTP client against a server that answers as told."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from lukou_market.demo.replay.http import Answer, Client, UnansweredError
from lukou_market.demo.replay.viewers import watch

T = TypeVar("T")

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
TOO_MANY = b"HTTP/1.1 429 Wait\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
REFUSED = b"HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n{}"
CUT = b"HTTP/1.1 200 OK\r\nContent-Le"
HANG_UP = b""


def served(answers: list[bytes], act: Callable[[str], Awaitable[T]]) -> tuple[T, list[bytes]]:
    """Run `act` with the address of a server that gives `answers`, the last one for ever.

    A cut answer ends its connection. Returns what `act` gave and the heads of all requests.
    """
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not reader.at_eof():
            try:
                heads.append(await reader.readuntil(b"\r\n\r\n"))
            except asyncio.IncompleteReadError:
                break
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            writer.write(answer)
            if answer in (CUT, HANG_UP):
                break
        writer.close()

    async def main() -> T:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            return await act(f"http://127.0.0.1:{port}")

    return asyncio.run(main()), heads


async def order(base_url: str, *, patience_s: float = 30) -> Answer:
    client = Client(base_url, connections=2, patience_s=patience_s)
    return await client.insist("POST", "/orders/", headers={"Idempotency-Key": "k1"})


@pytest.mark.parametrize("trouble", [BUSY, TOO_MANY, CUT, HANG_UP])
def test_the_same_request_is_repeated_until_it_is_answered(trouble: bytes) -> None:
    answer, heads = served([trouble, FINE], order)
    assert (answer.status, answer.json()) == (200, {})
    assert len(heads) == 2 and heads[0] == heads[1]
    assert b"Idempotency-Key: k1" in heads[0]


def test_a_refusal_is_an_answer() -> None:
    answer, heads = served([REFUSED], order)
    assert (answer.status, len(heads)) == (409, 1)


def test_patience_ends_with_the_name_of_what_hung() -> None:
    with pytest.raises(UnansweredError, match="POST /orders/: status 503"):
        served([BUSY], lambda base_url: order(base_url, patience_s=0))


def test_every_viewer_is_answered_once() -> None:
    answered, heads = served([FINE], lambda base_url: watch(f"{base_url}/state/", 40, 0.1))
    assert (answered, len(heads)) == (40, 40)


def test_viewers_who_were_cut_off_look_again() -> None:
    answered, _ = served([FINE, CUT, BUSY, FINE], lambda url: watch(f"{url}/state/", 20, 0.1))
    assert answered == 20
