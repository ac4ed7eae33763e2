"""A phone with a real browser, the pages it looks at, and Stripe's stand-in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lukou_market.demo.stripe_standin.server import StandIn
from tests.browser.phone import Screenshot
from tests.gate_process import running_gate
from tests.worker_process import running_worker

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--use-fake-device-for-media-stream",  # a camera with a moving picture and a beep,
    "--use-fake-ui-for-media-stream",  # and somebody who allows it
    "--host-resolver-rules=MAP insecure.test 127.0.0.1",
]
# Bounds failures only: two slow cores may run two browsers, a picture's encoders and the shop.
PATIENCE_MS = 60_000
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, for this package only: Playwright keeps an event loop running in the
    tests' thread, and Django must be told that using the ORM beside it is meant."""
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = shutil.which("chromium")
        assert found, "these tests need chromium: apt-get install chromium fonts-wqy-microhei"
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def standin(live_server: LiveServer, settings: Any) -> Iterator[StandIn]:
    """Sends its webhooks to the pages under test."""
    with _stripe_before(live_server.url, settings) as standin:
        yield standin


@dataclass(frozen=True)
class Shop:
    """Where buyers reach it, and its Stripe."""

    url: str
    standin: StandIn


@pytest.fixture
def shop(live_server: LiveServer, settings: Any, tmp_path: Path) -> Iterator[Shop]:
    """The pages behind the gate, and a worker that does what falls due."""
    with (
        running_gate(urlsplit(live_server.url).netloc) as gate,
        _stripe_before(gate.url, settings) as standin,
        running_worker(tmp_path, {name: getattr(settings, name) for name in _TOLD}),
    ):
        yield Shop(gate.url, standin)


_TOLD = ("STRIPE_API_KEY", "STRIPE_API_BASE", "STRIPE_WEBHOOK_SECRET", "PUBLIC_BASE_URL")


@contextmanager
def _stripe_before(url: str, settings: Any) -> Iterator[StandIn]:
    cache.clear()
    with StandIn(webhook_url=f"{url}/api/v1/webhooks/stripe/") as standin:
        settings.STRIPE_API_KEY = standin.api_key
        settings.STRIPE_API_BASE = standin.base_url
        settings.STRIPE_WEBHOOK_SECRET = standin.webhook_secret
        settings.PUBLIC_BASE_URL = url
        yield standin


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A Chinese phone; an error in a script fails the test."""
    context = chromium.new_context(
        viewport=PHONE, base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def console(chromium: Browser) -> Iterator[Page]:
    """The host's other phone."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


@pytest.fixture
def screenshot(page: Page) -> Screenshot:
    """Keep what the phone shows in VAR_DIR/screenshots, and look at it."""
    return Screenshot(page, Path(django_settings.VAR_DIR) / "screenshots")


@pytest.fixture
def released(tmp_path: Path, settings: Any) -> Iterator[str]:
    """The shop as it is released: static files collected, and served by WhiteNoise."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", interactive=False, verbosity=0)
    server = LiveServerThread("127.0.0.1", static_handler=cast(Any, lambda it: it))
    server.daemon = True
    server.start()
    assert server.is_ready.wait(30) and server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
