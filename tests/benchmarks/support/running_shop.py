"""The shop as the demonstration runs it: gate, web, worker and beat, each its own process."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.conf import settings

from lukou_market.demo.programs import shop
from lukou_market.embedded.var_dir import VarDir


@contextmanager
def running_shop() -> Iterator[str]:
    """The shop's address; it ends with the block."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    programs = shop(VarDir(settings.VAR_DIR), port=port)
    processes = [
        subprocess.Popen(program.command, env=os.environ.copy(), cwd=settings.BASE_DIR)
        for program in programs
    ]
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(60)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")
