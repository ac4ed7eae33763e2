"""A host's picture on its way from the phone to the room."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.edge.publisher import publisher
from tests.edge.running_edge import RunningEdge, running_edge
from tests.edge.upstream import Asked, Upstream

_WITHIN_S = 180  # bounds a failure only
_KEY = "right"


class Shop(Upstream):
    """Lets in who knows the key, under the session's own name, as the hooks do."""

    goes_on = 204  # what is answered about a picture that is in

    def answer(self, asked: Asked) -> tuple[int, dict[str, str]]:
        if asked.path != "/internal/edge/publish/":
            return self.goes_on if "update" in asked.path else 204, {}
        session, _, key = asked.fields["name"].partition("-")
        return (302, {"Location": session}) if key == _KEY else (403, {})

    def calls(self, hook: str, session: int) -> list[Asked]:
        """Of one hook about one session, oldest first: others' last ones may come late."""
        return [asked for asked in self.about(session) if asked.path == f"/internal/edge/{hook}/"]

    def about(self, session: int) -> list[Asked]:
        """Whatever was asked about a session's picture."""
        return [
            asked for asked in self.asked if asked.fields["name"].partition("-")[0] == str(session)
        ]


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with Shop("web") as shop:
        yield shop


@pytest.fixture(scope="module")
def edge(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEdge]:
    with running_edge(tmp_path_factory.mktemp("edge"), web=shop.address) as edge:
        yield edge


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _WITHIN_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def media_list(edge: RunningEdge, path: str) -> str:
    """A playlist, empty while there is none."""
    answer = httpx.get(f"{edge.url}{path}")
    return answer.text if answer.is_success else ""


def test_a_picture_is_let_in_renamed_cut_and_recorded(edge: RunningEdge, shop: Shop) -> None:
    with publisher(f"{edge.ingest_url}/7-{_KEY}") as phone:
        wait_until(lambda: "source/7.m3u8" in media_list(edge, "/hls/7.m3u8"))
        assert "low/7.m3u8" in media_list(edge, "/hls/7.m3u8")
        for rendition in ("source", "low"):
            playlist = media_list(edge, f"/hls/{rendition}/7.m3u8")
            segment = re.findall(r"^7-\d+\.ts$", playlist, re.MULTILINE)[0]
            answer = httpx.get(f"{edge.url}/hls/{rendition}/{segment}")
            assert answer.headers["content-type"] == "video/mp2t"
            assert answer.content[0] == 0x47  # every packet of a transport stream begins so
        phone.kill()
        wait_until(lambda: len(shop.calls("record-done", 7)) == 1)
    (asked,) = shop.calls("publish", 7)
    assert asked.headers["x-edge-secret"] == edge.edge.secret
    assert asked.fields["addr"] == "127.0.0.1"
    wait_until(lambda: len(shop.calls("publish-done", 7)) == 1)
    assert shop.calls("publish-done", 7)[0].fields["clientid"] == asked.fields["clientid"]
    recorded = shop.calls("record-done", 7)[0].fields["path"]
    (recording,) = edge.recordings.iterdir()
    assert str(recording) == recorded
    assert recording.read_bytes()[:3] == b"FLV"


def test_a_wrong_key_is_refused_and_leaves_nothing(edge: RunningEdge, shop: Shop) -> None:
    with publisher(f"{edge.ingest_url}/8-wrong") as phone:
        assert phone.wait(_WITHIN_S) != 0
    assert [asked.path for asked in shop.about(8)] == ["/internal/edge/publish/"]
    assert media_list(edge, "/hls/8.m3u8") == media_list(edge, "/hls/source/8.m3u8") == ""
    assert not [file for file in edge.recordings.iterdir() if file.name.startswith("8")]


def test_no_file_carries_a_key(edge: RunningEdge) -> None:
    names = [name for _, _, files in os.walk(edge.edge.var.path) for name in files]
    assert names
    assert not [name for name in names if _KEY in name]
    logs = "".join(file.read_text() for file in edge.edge.var.log.iterdir())
    assert _KEY not in logs


def test_the_source_is_for_the_edges_own_programs(edge: RunningEdge) -> None:
    """What is cut is published by the ingest itself: nobody gets past the hooks that way."""
    with publisher(f"{edge.ingest_url}/9-{_KEY}"):
        wait_until(lambda: "source/9.m3u8" in media_list(edge, "/hls/9.m3u8"))
        wait_until(lambda: media_list(edge, "/hls/source/9.m3u8").count(".ts") > 3)
        target = re.findall(r"#EXT-X-TARGETDURATION:(\d+)", media_list(edge, "/hls/source/9.m3u8"))
        assert int(target[0]) <= 2


def test_a_picture_goes_on_while_the_shop_is_in_trouble_and_ends_when_it_says_so(
    edge: RunningEdge, shop: Shop
) -> None:
    with publisher(f"{edge.ingest_url}/10-{_KEY}") as phone:
        shop.goes_on = 503
        wait_until(lambda: len(shop.calls("update", 10)) >= 3)
        assert phone.poll() is None
        shop.goes_on = 403
        phone.wait(_WITHIN_S)
    shop.goes_on = 204
    wait_until(lambda: len(shop.calls("publish-done", 10)) == 1)
    updates = shop.calls("update", 10)
    asked = [asked for asked in updates if asked.fields["call"] == "update_publish"]
    assert {asked.fields["name"] for asked in asked} == {f"10-{_KEY}"}
    assert all(int(asked.fields["timestamp"]) > 0 for asked in asked)  # of picture that came
    assert [int(asked.fields["time"]) // 5 for asked in asked[:2]] == [1, 2]


def test_a_phone_that_falls_silent_is_given_up(edge: RunningEdge, shop: Shop) -> None:
    with publisher(f"{edge.ingest_url}/11-{_KEY}") as phone:
        wait_until(lambda: ".ts" in media_list(edge, "/hls/source/11.m3u8"))
        phone.send_signal(signal.SIGSTOP)  # its connection stays open
        wait_until(lambda: len(shop.calls("publish-done", 11)) == 1)
