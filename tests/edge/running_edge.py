"""The real edge and ingest with their real configuration, in front of whatever a test wants."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pytest_django.live_server_helper import LiveServer

from lukou_market.embedded.edge import (
    SERVERS,
    Edge,
    command,
    missing_directory,
    missing_packages,
    prepare,
)
from lukou_market.embedded.launch import command_line, environment
from lukou_market.embedded.var_dir import VarDir
from tests.gate_process import running_gate

_NOBODY = "127.0.0.1:9"  # the port where nothing listens
_STARTS_WITHIN_S = 60


@dataclass(frozen=True)
class RunningEdge:
    """Where to reach it, and what it keeps."""

    edge: Edge

    @property
    def url(self) -> str:
        """The public side: the shop's pages, API, events and pictures."""
        return f"http://127.0.0.1:{self.edge.port}"

    @property
    def internal_url(self) -> str:
        """What settings.EDGE_URL is."""
        return f"http://127.0.0.1:{self.edge.internal_port}"

    @property
    def ingest_url(self) -> str:
        """What settings.INGEST_URL is; hosts send to it, a stream's name behind it."""
        return f"rtmp://127.0.0.1:{self.edge.rtmp_port}/live"

    @property
    def recordings(self) -> Path:
        """One FLV file for each publication."""
        return self.edge.media / "recordings"


@contextmanager
def running_edge(
    directory: Path,
    *,
    web: str = _NOBODY,
    gate: str = _NOBODY,
    camera: str = _NOBODY,
    static: Path | None = None,
    media: Path | None = None,
    host: str = "127.0.0.1",
) -> Iterator[RunningEdge]:
    """An edge on free ports, all state below `directory`.

    `web`, `gate` and `camera` are Unix sockets or host:port. Both servers have stopped when the
    block is left; their logs are in `directory`/log.
    """
    missing = missing_packages()
    assert not missing, f"these tests need the edge: apt-get install {' '.join(missing)}"
    lacking = missing_directory()
    assert lacking is None, f"these tests need the edge: as root, mkdir {lacking}"
    var = VarDir(directory)
    var.create()
    port, rtmp_port, internal_port = _free_ports(3)
    edge = Edge(
        var=var,
        port=port,
        rtmp_port=rtmp_port,
        internal_port=internal_port,
        secret="the-edge-of-this-test",
        web=web,
        gate=gate,
        camera=camera,
        static=static or directory / "static",
        media=media or directory / "media",
        host=host,
    )
    with ExitStack() as stack:
        for server in SERVERS:
            prepare(edge, server)
            stack.enter_context(_running(edge, server))
        for listening in (port, rtmp_port, internal_port):
            _wait_for(listening, var)
        yield RunningEdge(edge)


@contextmanager
def edge_before(
    live_server: LiveServer, settings: Any, directory: Path, *, camera: str = _NOBODY
) -> Iterator[RunningEdge]:
    """An edge before pytest-django's live server and a gate of its own; `settings` know of it."""
    web = urlsplit(live_server.url).netloc
    with ExitStack() as stack:
        gate = stack.enter_context(running_gate(web=web))
        at = f"127.0.0.1:{gate.port}"
        edge = stack.enter_context(running_edge(directory, web=web, gate=at, camera=camera))
        settings.EDGE_URL = edge.internal_url
        settings.EDGE_SECRET = edge.edge.secret
        settings.INGEST_URL = edge.ingest_url
        settings.MEDIA_DIR = edge.edge.media
        settings.PUBLIC_BASE_URL = edge.url
        settings.PROXIES = 1
        yield edge


@contextmanager
def _running(edge: Edge, server: str) -> Iterator[None]:
    with (edge.var.log / f"{server}.log").open("w") as log:
        process = subprocess.Popen(
            command_line(server, command(edge, server)),
            env=environment(edge.var, server),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _free_ports(count: int) -> list[int]:
    """Different ones: all are held until the last is known."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [probe.getsockname()[1] for probe in probes]


def _wait_for(port: int, var: VarDir) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    logs = "".join((var.log / f"{server}.log").read_text() for server in SERVERS)
    raise TimeoutError(f"the edge does not listen on {port}: {logs}")
