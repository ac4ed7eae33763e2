"""The edge as README has it run on a server: by an ordinary user, with a certificate."""

import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import httpx
import psutil
import pytest

from lukou_market.embedded.edge import SERVERS, missing_directory
from lukou_market.embedded.unprivileged import command_prefix, hand_over
from tests.edge.upstream import Upstream
from tests.embedded.waiting import eventually
from tests.listening import free_port, listens

_NOBODY_IS_THERE = "127.0.0.1:9"


@pytest.fixture
def web() -> Iterator[Upstream]:
    with Upstream("web") as web:
        yield web


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """For localhost, signed by itself, and its key, which only the edge's user may read."""
    signed, key = tmp_path / "shop.pem", tmp_path / "shop.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(key), "-out", str(signed)]
    subprocess.run(command, check=True, capture_output=True)
    key.chmod(0o600)
    hand_over(key)
    return signed, key


@pytest.fixture
def ports() -> dict[str, int]:
    return {name: free_port() for name in ("port", "rtmp-port", "internal-port")}


@pytest.fixture
def servers(
    web: Upstream, certificate: tuple[Path, Path], ports: dict[str, int], tmp_path: Path
) -> Iterator[list[psutil.Process]]:
    """Both, started by somebody who is not root."""
    assert missing_directory() is None
    var = tmp_path / "var"
    var.mkdir()
    hand_over(var)
    signed, key = certificate
    options = ["--host", "127.0.0.1", "--host-name", "localhost", "--web", web.address]
    options += ["--gate", _NOBODY_IS_THERE, "--camera", _NOBODY_IS_THERE]
    options += ["--certificate", str(signed), "--key", str(key)]
    for name, port in ports.items():
        options += [f"--{name}", str(port)]
    user = command_prefix(var, Path(sys.executable).resolve(), Path(__file__))
    environ = os.environ | {"LUKOU_VAR": str(var), "EDGE_SECRET": "this test's"}
    with ExitStack() as stack:
        running = []
        for server in SERVERS:
            command = [sys.executable, "-m", "lukou_market.embedded.run_edge", server, *options]
            process = subprocess.Popen([*user, *command], env=environ)
            stack.callback(process.wait, 30)
            stack.callback(process.send_signal, signal.SIGTERM)
            running.append(psutil.Process(process.pid))
        for port in ports.values():
            assert eventually(partial(listens, port))
        yield running


def test_an_ordinary_user_runs_it_and_it_speaks_https(
    servers: list[psutil.Process],
    web: Upstream,
    certificate: tuple[Path, Path],
    ports: dict[str, int],
) -> None:
    whole = [process for one in servers for process in (one, *one.children(recursive=True))]
    assert {process.name() for process in whole} == {"nginx"}
    assert 0 not in {process.uids().effective for process in whole}

    shop = f"https://localhost:{ports['port']}"
    trusted = ssl.create_default_context(cafile=str(certificate[0]))
    with httpx.Client(verify=trusted) as phone:
        assert phone.get(f"{shop}/live/7/").text == "web"
        assert web.asked[-1].headers["x-forwarded-proto"] == "https"
        assert web.asked[-1].headers["x-forwarded-for"] == "127.0.0.1"
        heard = f"{shop}/events/room-7"
        with phone.stream("GET", heard, headers={"Accept": "text/event-stream"}) as room:
            told = f"http://127.0.0.1:{ports['internal-port']}/publish/room-7"
            httpx.post(told, content="{}").raise_for_status()
            assert "data: {}" in (line.strip() for line in room.iter_lines())
    plain = httpx.get(f"http://localhost:{ports['port']}/live/7/")
    assert plain.status_code == 400
    with pytest.raises(httpx.ConnectError):
        httpx.get(shop)  # whom this certificate does not convince
