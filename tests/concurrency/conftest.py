"""The web server as it is run for people, on the test's database."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from django.conf import settings

from tests.app_role import application_environment


@pytest.fixture
def web(transactional_db: None) -> Iterator[str]:
    """Address of granian serving lukou_market, two processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--backlog", "1024",
        "--no-ws", "lukou_market.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=application_environment(), cwd=settings.BASE_DIR)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(url)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def wait_until_healthy(url: str) -> None:
    """Ask until the server answers, for half a minute at most."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/healthz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer")
