"""From a host's camera to a buyer's screen: how late each frame is shown in Chromium.

The floor is three fragments: a player begins that far behind the end of the list.
"""

import json
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.support.stamped_camera import stamped_camera
from tests.edge.running_edge import RunningEdge, running_edge
from tests.edge.upstream import Asked, Upstream

_SESSION, _FRAGMENTS = 7, 3
_SETTLES_S, _LOOKS_S, _FEWEST_FRAMES = 5, 20, 100
_ATTEMPTS = 3
_PAGE = (Path(__file__).parent / "support" / "glass.html").read_text()
_FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]


class Shop(Upstream):
    """Lets every picture in, and has one page: a screen."""

    def answer(self, asked: Asked) -> tuple[int, dict[str, str]]:
        if asked.path.endswith("/publish/"):
            return 302, {"Location": str(_SESSION)}
        return 200, {"Content-Type": "text/html"}


def main() -> None:
    """Print one JSON object; exits 1 when hardly a frame was seen."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("The benchmark looks with Chromium (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as directory, Shop(_PAGE) as shop:
        place = Path(directory)
        place.chmod(0o755)
        with (
            running_edge(place, web=shop.address) as edge,
            stamped_camera(f"{edge.ingest_url}/{_SESSION}-secret"),
            sync_playwright() as playwright,
        ):
            fragment_s = _fragment_s(edge)
            browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
            page = browser.new_page()
            late_ms = _late_ms(page, edge)
            restarts = page.evaluate("restarts")
            browser.close()
    floor_ms = fragment_s * _FRAGMENTS * 1000
    middle, last = (late_ms[len(late_ms) * part // 100] for part in (50, 99))
    result = {
        "p50_ms": round(middle),
        "p99_ms": round(last),
        "floor_ms": round(floor_ms),
        "ratio": round(middle / floor_ms, 2),
        "frames": len(late_ms),
        "restarts": restarts,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(len(late_ms) < _FEWEST_FRAMES)


def _late_ms(page: Page, edge: RunningEdge) -> list[float]:
    """How late the frames of some seconds were shown, sorted."""
    page.goto(f"{edge.url}/?picture=/hls/{_SESSION}.m3u8", wait_until="commit")
    page.wait_for_function("late.length > 0", timeout=30_000)
    for _ in range(_ATTEMPTS):  # one in which the picture broke and was fetched anew tells nothing
        time.sleep(_SETTLES_S)
        page.evaluate("late.length = 0")
        time.sleep(_LOOKS_S)
        late_ms: list[float] = sorted(page.evaluate("late"))
        if len(late_ms) >= _FEWEST_FRAMES:
            break
    return late_ms or [0.0]


def _fragment_s(edge: RunningEdge) -> float:
    """The length of a fragment, once there are enough of them to play."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        lists = [f"{edge.url}/hls/{name}{_SESSION}.m3u8" for name in ("", "source/", "low/")]
        answers = [httpx.get(address) for address in lists]
        lengths = re.findall(r"#EXTINF:([0-9.]+)", answers[1].text)
        if all(answer.is_success for answer in answers) and len(lengths) > _FRAGMENTS:
            return sum(map(float, lengths)) / len(lengths)
        time.sleep(0.2)
    raise TimeoutError("there is no picture")
