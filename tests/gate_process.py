"""The gate as its own process, on the database of the test."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.app_role import application_environment
from tests.listening import free_port


@dataclass
class GateProcess:
    """A running gate: its address, and the means to end it."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self, number: signal.Signals) -> None:
        """Send the signal and wait for the end."""
        self.process.send_signal(number)
        self.process.wait(30)


@contextmanager
def running_gate(
    web: str = "127.0.0.1:9",
    port: int = 0,
    environ: Mapping[str, str] | None = None,
    uds: Path | None = None,
) -> Iterator[GateProcess]:
    """A gate that takes connections; by default with no web server behind it.

    With `uds` it listens on this Unix socket instead of a port, as behind an edge.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "lukou_market.orders.gate"]
    process = subprocess.Popen(
        [*command, *(["--uds", str(uds)] if uds else ["--port", str(port)]), "--web", web],
        env=application_environment() | dict(environ or {}),
        cwd=settings.BASE_DIR,
    )
    gate = GateProcess(port, process)
    try:
        _wait_for(gate, uds)
        yield gate
    finally:
        if process.poll() is None:
            gate.stop(signal.SIGTERM)


def _wait_for(gate: GateProcess, uds: Path | None) -> None:
    deadline = time.monotonic() + 90
    while gate.process.poll() is None and time.monotonic() < deadline:
        try:
            if uds:
                with socket.socket(socket.AF_UNIX) as probe:
                    probe.connect(str(uds))
            else:
                socket.create_connection(("127.0.0.1", gate.port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the gate does not answer")
