"""What a room costs a phone on a bad network: bytes, and time until its buttons work."""

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.rooms import make_room

pytestmark = pytest.mark.django_db(transaction=True)
_HEAVIEST = 70_000
_SLOWEST_MS = 3_000
_SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}


def phone_of(page: Page) -> CDPSession:
    """What Chromium's own developer tools know of the page's network."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": False})
    return session


def test_a_room_is_light_and_soon_usable_on_a_slow_network(page: Page, released: str) -> None:
    phone = phone_of(page)
    phone.send("Network.emulateNetworkConditions", _SLOW_3G)
    loaded: list[int] = []
    phone.on("Network.loadingFinished", lambda done: loaded.append(done["encodedDataLength"]))
    encodings: dict[str, str] = {}
    page.on(
        "response",
        lambda got: encodings.update({got.url: got.headers.get("content-encoding", "")}),
    )
    with page.expect_response("**/state/"):
        page.goto(f"{released}/live/{make_room().pk}/")
    page.wait_for_selector("[data-ready]")
    ready_ms = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    assert page.is_enabled("#pinned .buy")
    page.wait_for_load_state("networkidle")
    scripts = [url for url in encodings if url.endswith((".js", ".css"))]
    assert len(scripts) >= 7 and {encodings[url] for url in scripts} == {"gzip"}
    assert len(loaded) >= len(scripts) + 2
    print(f"room: {sum(loaded)} bytes in {len(loaded)} answers, usable after {ready_ms:.0f} ms")
    assert sum(loaded) <= _HEAVIEST
    assert ready_ms <= _SLOWEST_MS
