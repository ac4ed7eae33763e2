"""Hand a request on to the web server, byte for byte, and its answer back.

One HTTP/1.0 connection for each: the answer ends where the connection ends, so there is no
framing to get wrong and no idle connection to find closed.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_HOP_BY_HOP = {
    b"connection", b"keep-alive", b"te", b"trailer", b"transfer-encoding", b"upgrade", b"expect",
    b"proxy-connection", b"proxy-authenticate", b"proxy-authorization",
}  # fmt: skip
_CHUNK = 64 * 1024


class WebIsAway(Exception):
    """The web server did not take the request, or broke off before it answered."""


async def bodies(receive: Receive) -> AsyncIterator[bytes]:
    """The body of an ASGI request, part by part."""
    while True:
        message = await receive()
        yield message.get("body", b"")
        if not message.get("more_body"):
            return


async def forward(web: str, scope: Scope, body: AsyncIterator[bytes], send: Send) -> None:
    """Ask the server at `web`, a Unix socket or host:port.

    Raises WebIsAway, before anything is sent.
    """
    try:
        reader, writer = await _connect(web)
    except OSError as error:
        raise WebIsAway from error
    try:
        writer.write(_head(scope))
        async for part in body:
            writer.write(part)
            await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
    except (OSError, EOFError) as error:
        writer.close()
        raise WebIsAway from error
    try:
        await _send_back(head, reader, send)
    finally:
        writer.close()


async def _connect(web: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if "/" in web:
        return await asyncio.open_unix_connection(web)
    host, _, port = web.rpartition(":")
    return await asyncio.open_connection(host, int(port))


async def _send_back(head: bytes, reader: asyncio.StreamReader, send: Send) -> None:
    first, *lines = head[:-4].split(b"\r\n")
    pairs = (line.partition(b":") for line in lines)
    headers = [(name, value.strip()) for name, _, value in pairs]
    kept = [pair for pair in headers if pair[0].lower() not in _HOP_BY_HOP]
    await send(
        {"type": "http.response.start", "status": int(first.split(b" ")[1]), "headers": kept}
    )
    while part := await reader.read(_CHUNK):
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body"})


def _head(scope: Scope) -> bytes:
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    lines = [scope["method"].encode() + b" " + scope["raw_path"] + query + b" HTTP/1.0"]
    addresses = []
    for name, value in scope["headers"]:
        if name == b"x-forwarded-for":
            addresses.append(value)
        elif name not in _HOP_BY_HOP:
            lines.append(name + b": " + value)
    if scope["client"]:
        addresses.append(scope["client"][0].encode())
    lines.append(b"x-forwarded-for: " + b", ".join(addresses))
    return b"\r\n".join(lines) + b"\r\n\r\n"
