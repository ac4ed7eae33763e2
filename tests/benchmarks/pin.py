"""From the host's tap on "Pin" to the card on a buyer's page, both in Chromium.

deploy/bench pin [--pins N]. The whole shop behind its edge. The reference is the tap's own POST, up
to its answer: a buyer should see the card about when the host's phone hears that it is done.
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from lukou_market.accounts.models import User
from lukou_market.streams.models import LiveSession
from tests.benchmarks.support.running_shop import running_shop_with_edge
from tests.browser.conftest import PHONE
from tests.browser.phone import enter
from tests.factories import make_offer, make_session, make_user

_PINS, _OFFERS, _WARM = 30, 6, 3
_BOUND_MS = 1000
_TALKS_S = 1.2  # the host, about one offer before the next
_FLAGS = ["--no-sandbox", "--disable-gpu"]
# Both pages' clocks are this machine's. Shown is what has been drawn: the frame after the change.
_TAPS = """window.taps = [];
addEventListener("click", (tap) => taps.push(performance.timeOrigin + tap.timeStamp), true);
performance.setResourceTimingBufferSize(100000);"""
_SHOWN = """window.shown = [];
addEventListener("DOMContentLoaded", () => {
  const slot = document.getElementById("pinned");
  if (!slot) return;
  const card = () => slot.querySelector(".face")?.dataset.offer;
  let last = card();
  new MutationObserver(() => {
    if (card() === last) return;
    last = card();
    const now = () => shown.push([last, performance.timeOrigin + performance.now()]);
    requestAnimationFrame(() => requestAnimationFrame(now));
  }).observe(slot, { childList: true, subtree: true });
});"""
_POSTS_MS = """performance.getEntriesByType("resource")
  .filter((one) => one.redirectEnd && /\\/offers\\//.test(one.name))
  .map((one) => one.redirectEnd - one.startTime)"""


def main() -> None:
    """Print one JSON object; exits 1 when a buyer waited for longer than a second."""
    parser = argparse.ArgumentParser(prog="deploy/bench pin", description=__doc__)
    parser.add_argument("--pins", type=int, default=_PINS)
    pins = parser.parse_args(sys.argv[2:]).pins
    session = make_session(at=timezone.now())
    for position in range(_OFFERS):
        make_offer(session, position=position)
    with running_shop_with_edge() as url, _chromium() as browser:
        console = _phone(browser, session.host.user, url, f"/studio/sessions/{session.pk}/", _TAPS)
        room = _phone(browser, make_user(), url, f"/live/{session.pk}/", _SHOWN)
        room.wait_for_selector("[data-ready]")
        waited_ms = _pin_all(console, room, session, pins + _WARM)[_WARM:]
        posts_ms = console.evaluate(_POSTS_MS)[_WARM:]
    within = sum(waited <= _BOUND_MS for waited in waited_ms)
    middle, last = _percentiles(waited_ms)
    post_middle, post_last = _percentiles(posts_ms)
    result = {
        "pins": pins,
        "within_1s": within,
        "p50_ms": round(middle),
        "p99_ms": round(last),
        "post_p50_ms": round(post_middle),
        "post_p99_ms": round(post_last),
        "ratio": round(middle / post_middle, 2),
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(within < pins)


def _pin_all(console: Page, room: Page, session: LiveSession, pins: int) -> list[float]:
    """Tap one offer after the other; for each, the milliseconds until the room shows it."""
    offers = list(session.offers.values_list("pk", flat=True))
    waited_ms: list[float] = []
    for number in range(pins):
        offer = offers[number % len(offers)]
        room.evaluate("shown.length = 0")
        console.tap(f"#pin-{offer}")
        room.wait_for_function(f"shown.some(([which]) => which === '{offer}')")
        at = dict(reversed(room.evaluate("shown")))[str(offer)]
        waited_ms.append(at - console.evaluate(f"taps[{number}]"))
        console.wait_for_selector(f"#pin-{offer}[value=unpin]")
        time.sleep(_TALKS_S)
    return waited_ms


def _phone(browser: Browser, user: User, origin: str, path: str, script: str) -> Page:
    """A phone of its own whose owner has signed in, looking at a page."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="zh-CN", base_url=origin)
    page = context.new_page()
    page.add_init_script(script)
    enter(page, user, origin)
    page.goto(path)
    return page


@contextmanager
def _chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        sys.exit("The benchmark looks with Chromium (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


def _percentiles(values_ms: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile; of few values, the slowest."""
    ordered = sorted(values_ms)
    return ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
