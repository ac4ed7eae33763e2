"""A platform's side of TLS: a certificate for a name, and a plain server behind it."""

import asyncio
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

_COPIED = 65536


class TlsFront:
    """`called` are the names that clients asked for, `open` how many connections there are."""

    def __init__(self, behind: int, certificate: Path, key: Path) -> None:
        self.certificate = certificate
        self.called: list[str | None] = []
        self.open = self.port = 0
        self._behind = behind
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(certificate, key)
        self._context.sni_callback = lambda _, name, __: self.called.append(name)

    async def listen(self) -> None:
        """Take connections on a free port from now on."""
        server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0, ssl=self._context)
        self.port = server.sockets[0].getsockname()[1]

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self._behind)
        await asyncio.gather(_copy(reader, back_writer), _copy(back_reader, writer))
        self.open -= 1


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(_COPIED):
            sink.write(piece)
            await sink.drain()
    sink.transport.abort()


@contextmanager
def tls_front(behind: int, *, name: str, folder: Path) -> Iterator[TlsFront]:
    """TLS before the port `behind` of this machine; nobody vouches for its certificate."""
    certificate, key = folder / "platform.pem", folder / "platform.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    front = TlsFront(behind, certificate, key)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(front.listen())
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield front
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
