"""A way to a platform that wants TLS: ffmpeg speaks RTMP to us, we speak TLS to the platform.

ffmpeg names and checks a server only by the name it connects to, and would look that up again.
"""

import asyncio
import socket
import ssl
from contextlib import suppress
from threading import Thread

from lukou_market.streams.simulcast_lookup import Endpoint

_PATIENCE_S = 10.0
_AT_ONCE = 65536
_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class TlsWay:
    """Takes one connection on the loopback and passes it on; the certificate must be `name`'s."""

    def __init__(self, name: str, to: Endpoint) -> None:
        self._name, self._to = name, to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._passing = self._loop.create_task(self._pass_on())
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the connection, if there still is one."""
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._passing.cancel)
        self._thread.join()

    def _run(self) -> None:
        # Whoever refuses us is as good as away, and ffmpeg ends with its connection.
        with suppress(asyncio.CancelledError, OSError, ssl.SSLError):
            self._loop.run_until_complete(self._passing)
        self._listener.close()
        self._loop.close()

    async def _pass_on(self) -> None:
        with self._listener:
            async with asyncio.timeout(_PATIENCE_S):
                near, _ = await self._loop.sock_accept(self._listener)
        ours = await asyncio.open_connection(sock=near)
        try:
            await self._both_ways(ours)
        finally:
            ours[1].transport.abort()

    async def _both_ways(self, ours: _Streams) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            theirs = await asyncio.open_connection(
                *self._to, ssl=ssl.create_default_context(), server_hostname=self._name
            )
        ways = [
            asyncio.create_task(_copy(ours[0], theirs[1])),
            asyncio.create_task(_copy(theirs[0], ours[1])),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            theirs[1].transport.abort()


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while piece := await source.read(_AT_ONCE):
        sink.write(piece)
        await sink.drain()
