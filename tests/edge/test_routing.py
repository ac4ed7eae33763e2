"""Which program answers what."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from tests.edge.running_edge import RunningEdge, running_edge
from tests.edge.upstream import Upstream


@pytest.fixture(scope="module")
def web() -> Iterator[Upstream]:
    with Upstream("web") as web:
        yield web


@pytest.fixture(scope="module")
def gate() -> Iterator[Upstream]:
    with Upstream("gate") as gate:
        yield gate


@pytest.fixture(scope="module")
def edge(
    web: Upstream, gate: Upstream, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningEdge]:
    directory = tmp_path_factory.mktemp("edge")
    with running_edge(directory, web=web.address, gate=gate.address) as edge:
        yield edge


def test_orders_go_to_the_gate_and_all_else_to_the_web_server(edge: RunningEdge) -> None:
    assert httpx.post(f"{edge.url}/api/v1/orders/", json={}).text == "gate"
    assert httpx.get(f"{edge.url}/api/v1/orders/").text == "web"
    assert httpx.get(f"{edge.url}/live/7/").text == "web"


def raw(edge: RunningEdge, path: str) -> tuple[int, str]:
    """Status and body for a path that no client tidies up on the way."""
    connection = HTTPConnection("127.0.0.1", edge.edge.port, timeout=10)
    connection.request("POST", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


@pytest.mark.parametrize(
    "path",
    [
        "/internal/edge/publish/",
        "//internal/edge/publish/",
        "/%69nternal/edge/publish/",
        "/live/../internal/edge/publish/",
        "/live/%2e%2e/internal%2Fedge/publish/",
        "/replay/../internal/edge/publish/",
    ],
)
def test_hooks_are_not_public(edge: RunningEdge, web: Upstream, path: str) -> None:
    del web.asked[:]
    assert raw(edge, path)[0] == 404
    assert web.asked == []


@pytest.mark.parametrize("path", ["/publish/room-7", "/publish/room-7/"])
def test_what_the_shop_tells_the_edge_is_not_public(edge: RunningEdge, path: str) -> None:
    assert raw(edge, path) == (200, "web")  # which knows no such page


def test_nobody_can_pretend_to_be_the_edge_or_somebody_else(
    edge: RunningEdge, web: Upstream
) -> None:
    pretended = {"X-Edge-Secret": "guess", "X-Forwarded-For": "8.8.8.8"}
    httpx.get(f"{edge.url}/orders/", headers=pretended)
    headers = web.asked[-1].headers
    assert "x-edge-secret" not in headers
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["host"] == f"127.0.0.1:{edge.edge.port}"


def test_static_files_are_the_edges_and_missing_ones_the_web_servers(edge: RunningEdge) -> None:
    file = edge.edge.static / "market" / "market.css"
    file.parent.mkdir(parents=True)
    file.write_text("p { color: red }\n" * 100)
    answer = httpx.get(f"{edge.url}/static/market/market.css")
    assert answer.headers["content-type"] == "text/css"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == file.read_text()
    assert httpx.get(f"{edge.url}/static/market/room.js").text == "web"


def test_replays_are_served_in_parts(edge: RunningEdge) -> None:
    file = edge.edge.media / "replays" / "7" / "index.m3u8"
    file.parent.mkdir(parents=True)
    file.write_text("#EXTM3U\n")
    answer = httpx.get(f"{edge.url}/replay/7/index.m3u8", headers={"Range": "bytes=1-6"})
    assert (answer.status_code, answer.text) == (206, "EXTM3U")
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    (edge.edge.media / "secret.txt").write_text("not public")
    assert raw(edge, "/replay/../secret.txt") == (200, "web")
    assert raw(edge, "/replay/..%2fsecret.txt") == (200, "web")


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/studio/sessions/7/picture/0a1b2c3d/1", "text/html; charset=utf-8"),
        ("/api/v1/orders/", "application/problem+json"),
    ],
)
def test_a_program_that_is_away_gives_503_in_the_shape_of_the_question(
    tmp_path: Path, path: str, content_type: str
) -> None:
    with running_edge(tmp_path) as edge:
        answer = httpx.post(edge.url + path)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == content_type
    assert int(answer.headers["retry-after"]) > 0
    assert re.search("请过几秒再试", answer.text)
