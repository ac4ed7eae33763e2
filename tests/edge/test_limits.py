"""Who asks too fast is told so in the shape of the question; a village's own machine never is."""

import json
import re
import socket
from collections.abc import Iterator

import psutil
import pytest

from tests.edge.running_edge import RunningEdge, running_edge
from tests.edge.upstream import Upstream

_EVERYWHERE = "0.0.0.0"  # noqa: S104
_ASKED_AT_ONCE = 600  # three times what may come at once; a picture's list, so that it goes fast


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEdge]:
    with (
        Upstream("web") as web,
        running_edge(tmp_path_factory.mktemp("edge"), web=web.address, host=_EVERYWHERE) as edge,
    ):
        yield edge


def stranger() -> str:
    """An address of this machine that is not the loopback's."""
    found = [
        at.address
        for ats in psutil.net_if_addrs().values()
        for at in ats
        if at.family == socket.AF_INET and not at.address.startswith("127.")
    ]
    assert found, "this test needs a network interface besides the loopback"
    return found[0]


def answers(edge: RunningEdge, host: str, path: str) -> list[str]:
    """Ask for a list very often, then for `path` a few times, all in one breath; the latter."""
    paths = ["/hls/source/9.m3u8"] * _ASKED_AT_ONCE + [path] * 5
    asked = [f"GET {path} HTTP/1.1\r\nHost: shop\r\n\r\n" for path in paths]
    asked[-1] = asked[-1].replace("Host", "Connection: close\r\nHost")
    with socket.create_connection((host, edge.edge.port), 60) as connection:
        connection.sendall("".join(asked).encode())
        told = b"".join(iter(lambda: connection.recv(1 << 20), b""))
    return told.decode().split("HTTP/1.1 ")[-5:]


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/api/v1/sessions/", "application/problem+json"), ("/live/7/", "text/html; charset=utf-8")],
)
def test_who_asks_too_fast_is_told_when_to_come_back(
    edge: RunningEdge, path: str, content_type: str
) -> None:
    throttled = [told for told in answers(edge, stranger(), path) if told.startswith("429")]
    assert throttled
    head, _, body = throttled[0].partition("\r\n\r\n")
    assert f"Content-Type: {content_type}" in head
    assert re.search(r"^Retry-After: [1-9]\d*\r?$", head, re.MULTILINE)
    assert "请过几秒再试" in body
    if "json" in content_type:
        problem = json.loads(body)
        assert (problem["status"], problem["code"]) == (429, "throttled")


def test_this_machine_itself_is_never_told_to_wait(edge: RunningEdge) -> None:
    told = answers(edge, "127.0.0.1", "/live/7/")
    assert [answer[:3] for answer in told] == ["200"] * 5
