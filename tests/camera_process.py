"""The camera process as its own process, on the database of the test."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from django.conf import settings

from tests.app_role import application_environment
from tests.embedded.waiting import eventually


@dataclass
class CameraProcess:
    """A running camera process: where it listens, what it logs, and the means to end it."""

    socket: Path
    log: Path
    process: subprocess.Popen[bytes]

    def client(self) -> httpx.Client:
        """A client that speaks to the socket."""
        transport = httpx.HTTPTransport(uds=str(self.socket))
        return httpx.Client(transport=transport, base_url="http://camera", timeout=30)

    def encoders(self) -> list[psutil.Process]:
        """The ffmpegs that run for it."""
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if _name_of(child) == "ffmpeg"]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and wait for the end; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)


@contextmanager
def running_camera(
    *options: str, socket: Path | None = None, environ: Mapping[str, str] | None = None
) -> Iterator[CameraProcess]:
    """A camera process that takes connections."""
    with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
        socket, log = socket or Path(folder) / "camera.sock", Path(folder) / "camera.log"
        command = [sys.executable, "-m", "lukou_market.studio.camera", "--uds", str(socket)]
        with log.open("w") as said:
            process = subprocess.Popen(
                [*command, *options],
                env=application_environment() | dict(environ or {}),
                cwd=settings.BASE_DIR,
                stdout=said,
                stderr=said,
            )
        camera = CameraProcess(socket, log, process)
        try:
            eventually(socket.exists)
            yield camera
        finally:
            if process.poll() is None:
                camera.stop()


def _name_of(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.NoSuchProcess:  # it ended between the list and the question
        return ""
