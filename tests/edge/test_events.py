"""Events reach a room, and who comes back gets what came in between."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from lukou_market.streams.edge_gateway import listeners_of, send_to_room
from tests.edge.running_edge import RunningEdge, running_edge

_SHOP = httpx.Client()  # one for all: to read the certificates takes longer than to publish


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEdge]:
    with running_edge(tmp_path_factory.mktemp("edge")) as edge:
        yield edge


def publish(edge: RunningEdge, room: int, number: int) -> dict[str, Any]:
    """Tell the room, as `streams/edge_gateway.py` does; the edge's own account of the channel."""
    url = f"{edge.internal_url}/publish/room-{room}"
    answer = _SHOP.post(url, json={"number": number}, headers={"Accept": "text/json"})
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


class Listener:
    """An EventSource: yields (id, number) of each event."""

    def __init__(self, edge: RunningEdge, room: int, last_id: str = "") -> None:
        headers = {"Accept": "text/event-stream"}
        if last_id:
            headers["Last-Event-ID"] = last_id
        self._client = httpx.Client(timeout=20)
        url = f"{edge.url}/events/room-{room}"
        self._stream = self._client.stream("GET", url, headers=headers)
        self._answer = self._stream.__enter__()
        assert self._answer.headers["content-type"].startswith("text/event-stream")
        self._lines = self._answer.iter_lines()

    def next(self) -> tuple[str, int]:
        name = ""
        for line in self._lines:
            if line.startswith("id:"):
                name = line.removeprefix("id:").strip()
            elif line.startswith("data:"):
                return name, json.loads(line.removeprefix("data:"))["number"]
        raise EOFError

    def close(self) -> None:
        self._stream.__exit__(None, None, None)
        self._client.close()


def test_a_listener_hears_what_is_said_from_now_on(edge: RunningEdge) -> None:
    publish(edge, 1, 1)
    listener = Listener(edge, 1)
    publish(edge, 1, 2)
    assert listener.next()[1] == 2
    listener.close()


def test_who_comes_back_gets_everything_since(edge: RunningEdge) -> None:
    listener = Listener(edge, 2)
    publish(edge, 2, 0)
    last_id, _ = listener.next()
    listener.close()
    for number in range(1, 1001):
        publish(edge, 2, number)
    returned = Listener(edge, 2, last_id)
    assert [returned.next()[1] for _ in range(1000)] == list(range(1, 1001))
    publish(edge, 2, 1001)
    assert returned.next()[1] == 1001
    returned.close()


def test_rooms_do_not_hear_each_other(edge: RunningEdge) -> None:
    third, fourth = Listener(edge, 3), Listener(edge, 4)
    publish(edge, 3, 33)
    publish(edge, 4, 44)
    assert (third.next()[1], fourth.next()[1]) == (33, 44)
    third.close()
    fourth.close()


def test_the_edge_counts_who_listens(edge: RunningEdge) -> None:
    listeners = [Listener(edge, 5) for _ in range(3)]
    publish(edge, 5, 1)
    for listener in listeners:
        listener.next()
    counted = httpx.get(f"{edge.internal_url}/publish/room-5", headers={"Accept": "text/json"})
    assert counted.json()["subscribers"] == 3
    for listener in listeners:
        listener.close()


def test_the_shop_speaks_to_the_edge_as_the_edge_expects(edge: RunningEdge, settings: Any) -> None:
    settings.EDGE_URL = edge.internal_url
    assert listeners_of(7) == 0
    listener = Listener(edge, 7)
    assert send_to_room(7, {"type": "left", "number": 3})
    assert listener.next()[1] == 3
    assert listeners_of(7) == 1
    listener.close()


def test_listening_is_not_speaking(edge: RunningEdge) -> None:
    answer = httpx.post(f"{edge.url}/events/room-6", json={"number": 6})
    assert answer.status_code in {403, 405}
    assert httpx.get(f"{edge.internal_url}/publish/room-6").status_code == 404
