"""A whole show with a real picture: host's camera, ingest, edge, room, console, replay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lukou_market.accounts.models import User
from lukou_market.orders.address import set_address
from lukou_market.orders.mark_paid import mark_paid
from lukou_market.orders.models import Order
from lukou_market.streams.make_replays import make_due_replay
from lukou_market.streams.measure_recordings import measure_due_recordings
from lukou_market.streams.models import LiveSession, Recording, Replay, StreamKey
from lukou_market.streams.stream_keys import stream_name
from tests.browser.conftest import PATIENCE_MS
from tests.browser.phone import enter
from tests.browser.rooms import make_room
from tests.edge.publisher import publisher
from tests.edge.running_edge import RunningEdge, edge_before
from tests.embedded.waiting import eventually
from tests.factories import ADDRESS, make_user
from tests.streams.video import frames

pytestmark = pytest.mark.django_db(transaction=True)
_MOVING = """(since) => {
  const video = document.getElementById("video");
  return video.videoWidth > 0 && !video.hidden && video.currentTime > since + 0.5;
}"""
_LENGTH_S = """(address) => new Promise((resolve, reject) => {
  const video = Object.assign(document.createElement("video"), { src: address, muted: true });
  video.onloadedmetadata = () => resolve(video.duration);
  video.onerror = () => reject(video.error.message);
})"""


@pytest.fixture
def edge(live_server: LiveServer, settings: Any, tmp_path: Path) -> Iterator[RunningEdge]:
    with edge_before(live_server, settings, tmp_path) as edge:
        yield edge


def open_as(page: Page, user: User, address: str) -> None:
    page.goto(address)
    enter(page, user)
    page.goto(address)


def see_it_move(page: Page) -> None:
    """The picture is there, and another one half a second later."""
    page.wait_for_function(_MOVING, arg=0)
    reached = page.evaluate("document.getElementById('video').currentTime")
    page.wait_for_function(_MOVING, arg=reached)


def becomes(status: str) -> bool:
    return eventually(lambda: LiveSession.objects.get().status == status)


def pay(order: Order) -> None:
    set_address(order=order, address=ADDRESS)
    mark_paid(orders=[order], now=timezone.now())


def test_a_show_from_the_first_picture_to_the_replay(
    page: Page, console: Page, edge: RunningEdge
) -> None:
    session = make_room("scheduled")
    _, second = session.offers.all()
    room, camera = f"{edge.url}/live/{session.pk}/", f"{edge.ingest_url}/{stream_name(session)}"

    with publisher(camera):
        assert becomes("live")
        assert eventually(lambda: httpx.get(f"{edge.url}/hls/{session.pk}.m3u8").is_success)
        open_as(page, make_user("王小明"), room)
        see_it_move(page)
        open_as(console, session.host.user, f"{edge.url}/studio/sessions/{session.pk}/")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        console.click(f"#pin-{second.pk}")
        expect(page.locator("#pinned .face")).to_have_attribute("data-offer", str(second.pk))
        assert not [address for address in asked if "/state/" in address]  # it was told

        page.click("#pinned .buy")
        page.click("#order .button.wide")
        page.wait_for_url("**/orders/*/")
        pay(Order.objects.get())
        expect(console.locator("#figures")).to_contain_text("¥39.90")
        page.goto(room)
        see_it_move(page)

    expect(page.locator("#status")).to_have_class("badge interrupted")
    assert LiveSession.objects.get().takes_orders
    with publisher(camera) as phone:
        expect(page.locator("#status")).to_have_class("badge live")
        see_it_move(page)
        expect(console.locator("#state")).to_have_attribute("data-status", "live")
        console.locator("#end summary").first.click()
        console.click("#end [value=end]")
        assert phone.wait(PATIENCE_MS // 1000) != 0  # the camera is cut off
    assert becomes("ended")
    assert eventually(lambda: Recording.objects.count() == 2)
    assert eventually(lambda: StreamKey.objects.get().publisher == "")
    assert_one_replay_of_all(edge, page)


def assert_one_replay_of_all(edge: RunningEdge, page: Page) -> None:
    """The worker's part, and what a phone makes of it."""
    assert measure_due_recordings(now=timezone.now()) == 2
    assert make_due_replay(now=timezone.now())
    replay = Replay.objects.get()
    shown = edge.edge.media / "replays" / str(replay.pk) / "index.m3u8"
    assert frames(shown) == sum(frames(file) for file in edge.recordings.iterdir()) > 0
    length_s = page.evaluate(_LENGTH_S, f"/replay/{replay.pk}/index.m3u8")
    assert length_s == pytest.approx(replay.length_ms / 1000, abs=0.5)
    page.goto(f"{edge.url}/live/{replay.pk}/?t=3")  # as from an order
    page.wait_for_function("document.getElementById('video').videoWidth > 0")
    assert page.evaluate("document.getElementById('video').currentTime") == pytest.approx(3, abs=1)
