"""A host goes live from the browser: Chromium's own moving picture reaches a buyer's phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lukou_market.streams.models import LiveSession, Recording
from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.browser.phone import Screenshot, enter
from tests.browser.rooms import make_room
from tests.camera_process import CameraProcess, running_camera
from tests.edge.running_edge import RunningEdge, edge_before
from tests.embedded.waiting import eventually
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
_VIDEO = "document.getElementById('video')"
START, STOP = "[data-camera=start]", "[data-camera=stop]"
_REFUSED = """navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException("", "NotAllowedError"));"""
_NO_MICROPHONE = """const media = navigator.mediaDevices, find = media.getUserMedia.bind(media);
media.getUserMedia = (wanted) => wanted.audio
  ? Promise.reject(new DOMException("", "NotFoundError")) : find(wanted);"""
# A camera that can be turned, as a phone is: from one frame to the next its picture is upright.
_TURNABLE = """const media = navigator.mediaDevices, find = media.getUserMedia.bind(media);
const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
[canvas.width, canvas.height] = [640, 360];
window.turn = () => { [canvas.width, canvas.height] = [canvas.height, canvas.width]; };
setInterval(() => {
  pen.fillStyle = `hsl(${performance.now() / 10 % 360} 80% 50%)`;
  pen.fillRect(0, 0, canvas.width, canvas.height);
}, 40);
media.getUserMedia = async ({ audio }) => {
  const stream = canvas.captureStream(24);
  for (const track of (await find({ audio })).getTracks()) stream.addTrack(track);
  return stream;
};"""


@pytest.fixture
def session() -> LiveSession:
    return make_room("scheduled")


@pytest.fixture
def edge(live_server: LiveServer, settings: Any, tmp_path: Path) -> Iterator[RunningEdge]:
    with edge_before(live_server, settings, tmp_path, camera=str(socket_in(tmp_path))) as edge:
        yield edge


@pytest.fixture
def camera(edge: RunningEdge, tmp_path: Path) -> Iterator[CameraProcess]:
    with running_camera(
        socket=socket_in(tmp_path), environ={"INGEST_URL": edge.ingest_url}
    ) as camera:
        yield camera


@pytest.fixture
def buyer_page(chromium: Browser) -> Iterator[Page]:
    """A second phone."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


def socket_in(directory: Path) -> Path:
    return directory / "run" / "camera.sock"


def open_console(page: Page, session: LiveSession, origin: str) -> None:
    page.goto(origin)
    enter(page, session.host.user)
    page.goto(f"{origin}/studio/sessions/{session.pk}/")


def wait_for_state(page: Page, *states: str) -> None:
    found = ", ".join(f"#camera[data-state={state}]" for state in states)
    page.wait_for_selector(found)


def wait_until_it_plays(page: Page) -> None:
    page.wait_for_function(f"{_VIDEO}.videoWidth > 0")
    at = page.evaluate(f"{_VIDEO}.currentTime")
    page.wait_for_function(f"{_VIDEO}.currentTime > {at + 2}")


def test_the_whole_way_from_the_camera_to_an_order(
    page: Page,
    buyer_page: Page,
    session: LiveSession,
    edge: RunningEdge,
    camera: CameraProcess,
    screenshot: Screenshot,
) -> None:
    open_console(page, session, edge.url)
    screenshot("camera-off")
    page.click(START)
    wait_for_state(page, "live")
    eventually(lambda: LiveSession.objects.get().status == "live")

    buyer_page.goto(edge.url)
    enter(buyer_page, make_user("买家"))
    buyer_page.goto(f"{edge.url}/live/{session.pk}/")
    wait_until_it_plays(buyer_page)
    screenshot("camera-live")

    small = session.offers.last()
    assert small is not None
    page.click(f"#pin-{small.pk}")
    face = buyer_page.locator("#pinned .face")
    expect(face).to_have_attribute("data-offer", str(small.pk))
    buyer_page.click("#pinned .buy")
    buyer_page.click("#order .button.wide")
    buyer_page.wait_for_url("**/orders/*/")
    expect(page.locator("#state")).to_contain_text("¥39.90")
    assert page.locator("#camera").get_attribute("data-state") == "live"  # all the while

    page.click(STOP)
    wait_for_state(page, "off")
    eventually(lambda: LiveSession.objects.get().status == "interrupted")
    eventually(lambda: camera.encoders() == [])
    screenshot("camera-stopped")


def test_a_phone_that_is_turned_goes_on_in_its_new_shape(
    page: Page, buyer_page: Page, session: LiveSession, edge: RunningEdge, camera: CameraProcess
) -> None:
    page.add_init_script(_TURNABLE)
    open_console(page, session, edge.url)
    page.click(START)
    wait_for_state(page, "live")
    eventually(lambda: LiveSession.objects.get().status == "live")
    buyer_page.goto(f"{edge.url}/live/{session.pk}/")
    wait_until_it_plays(buyer_page)
    page.evaluate("turn()")
    buyer_page.wait_for_function(f"{_VIDEO}.videoHeight > {_VIDEO}.videoWidth")
    wait_until_it_plays(buyer_page)
    wait_for_state(page, "live")
    assert LiveSession.objects.get().status in ("live", "interrupted")  # the edge hears of it next
    assert eventually(lambda: Recording.objects.count() == 1)  # what was before the turn
    assert len(camera.encoders()) == 1


def test_a_phone_without_a_microphone_shows_its_picture(
    page: Page,
    buyer_page: Page,
    session: LiveSession,
    edge: RunningEdge,
    camera: CameraProcess,
    screenshot: Screenshot,
) -> None:
    page.add_init_script(_NO_MICROPHONE)
    open_console(page, session, edge.url)
    page.click(START)
    wait_for_state(page, "live")
    expect(page.locator("#camera [role=status]")).to_contain_text("没有声音")
    eventually(lambda: LiveSession.objects.get().status == "live")
    buyer_page.goto(f"{edge.url}/live/{session.pk}/")
    wait_until_it_plays(buyer_page)
    screenshot("camera-silent")


def test_a_muted_microphone_does_not_stop_the_picture(
    page: Page, buyer_page: Page, session: LiveSession, edge: RunningEdge, camera: CameraProcess
) -> None:
    open_console(page, session, edge.url)
    page.click(START)
    page.click("[data-camera=mute]")
    wait_for_state(page, "live")
    eventually(lambda: LiveSession.objects.get().status == "live")
    buyer_page.goto(f"{edge.url}/live/{session.pk}/")
    wait_until_it_plays(buyer_page)


def test_after_a_break_the_page_goes_on_by_itself(
    page: Page, session: LiveSession, edge: RunningEdge, camera: CameraProcess
) -> None:
    open_console(page, session, edge.url)
    page.click(START)
    wait_for_state(page, "live")
    (encoder,) = camera.encoders()
    encoder.kill()
    wait_for_state(page, "interrupted", "let-out")
    wait_for_state(page, "live")
    page.context.set_offline(True)
    wait_for_state(page, "weak", "interrupted")
    wait_for_state(page, "interrupted")
    page.context.set_offline(False)
    wait_for_state(page, "live")
    assert LiveSession.objects.get().status in ("live", "interrupted")  # the edge hears of it next
    assert len(camera.encoders()) == 1


def test_a_second_page_takes_over_and_the_first_says_so(
    page: Page, session: LiveSession, edge: RunningEdge, camera: CameraProcess
) -> None:
    open_console(page, session, edge.url)
    page.click(START)
    wait_for_state(page, "live")
    second = page.context.new_page()
    second.goto(page.url)
    second.click(START)
    wait_for_state(second, "live")
    wait_for_state(page, "elsewhere")
    expect(page.locator(START)).to_be_visible()
    assert len(camera.encoders()) == 1


def test_when_the_stream_ends_so_does_the_picture(
    page: Page, session: LiveSession, edge: RunningEdge, camera: CameraProcess
) -> None:
    open_console(page, session, edge.url)
    page.click(START)
    wait_for_state(page, "live")
    eventually(lambda: LiveSession.objects.get().status == "live")
    page.click("a[href='#end']")
    page.click("[value=end]")
    page.wait_for_selector(".badge.ended")
    eventually(lambda: camera.encoders() == [])
    expect(page.locator("#camera")).to_have_count(0)


def test_a_refused_permission_is_explained(
    page: Page, session: LiveSession, live_server: LiveServer, settings: Any, screenshot: Screenshot
) -> None:
    settings.INGEST_URL = "rtmp://ingest.test/live"
    page.add_init_script(_REFUSED)
    open_console(page, session, live_server.url)
    page.click(START)
    wait_for_state(page, "denied")
    expect(page.locator("#camera [role=status]")).to_contain_text("摄像头和麦克风的权限")
    screenshot("camera-denied")


def test_an_address_without_https_is_explained(
    page: Page, session: LiveSession, live_server: LiveServer, settings: Any
) -> None:
    settings.INGEST_URL = "rtmp://ingest.test/live"
    settings.ALLOWED_HOSTS = ["*"]
    _, _, port = live_server.url.rpartition(":")
    open_console(page, session, f"http://insecure.test:{port}")
    page.click(START)
    wait_for_state(page, "insecure")
    expect(page.locator("#camera [role=status]")).to_contain_text("https://")
