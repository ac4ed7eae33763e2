"""A phone with a real browser, the pages it looks at, and Stripe's stand-in."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lukou_market.demo.stripe_standin.server import StandIn
from tests.browser.phone import Screenshot

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
    cache.clear()
    with StandIn(webhook_url=f"{live_server.url}/api/v1/webhooks/stripe/") as standin:
        settings.STRIPE_API_KEY = standin.api_key
        settings.STRIPE_API_BASE = standin.base_url
        settings.STRIPE_WEBHOOK_SECRET = standin.webhook_secret
        settings.PUBLIC_BASE_URL = live_server.url
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
