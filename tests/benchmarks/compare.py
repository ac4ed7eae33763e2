"""The gate against the textbook view (ORM, select_for_update) in the same run."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.benchmarks.support.load import Load, order_load
from tests.benchmarks.support.shop import books, hot_offer, make_buyers, tokens
from tests.gate_process import running_gate

_SECONDS, _CONNECTIONS, _PORT = 3, 64, 18_391


def main() -> None:
    """Print one JSON object; exits 1 when the books do not fit."""
    buyers = make_buyers(_SECONDS * 22_000)
    with _textbook() as url:
        textbook, textbook_wrong = _load(url, buyers[: _SECONDS * 3_000])
    with running_gate() as gate:
        at_gate, gate_wrong = _load(gate.url, buyers)
    result = {
        "gate_per_s": round(at_gate.per_s),
        "textbook_per_s": round(textbook.per_s),
        "factor": round(at_gate.per_s / textbook.per_s, 1),
        "connections": _CONNECTIONS,
        "gate_p99_ms": at_gate.p99_ms,
        "textbook_p99_ms": textbook.p99_ms,
        "wrong": gate_wrong + textbook_wrong,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(bool(result["wrong"]))


def _load(url: str, buyers: list[int]) -> tuple[Load, int]:
    offer = hot_offer(1_000_000)
    load = order_load(url, tokens(buyers), offer.pk, connections=_CONNECTIONS, seconds=_SECONDS)
    found = books(offer)
    lost = max(load.accepted - found.orders, 0)
    return load, lost + found.oversold + found.doubled + found.unexplained + load.refused


@contextmanager
def _textbook() -> Iterator[str]:
    """Granian with the view, two processes of eight threads like the shop's own web server."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(_PORT)]
    command += ["--workers", "2", "--blocking-threads", "8", "--no-ws"]
    process = subprocess.Popen(
        [*command, "tests.benchmarks.support.textbook_wsgi:application"], env=dict(os.environ)
    )
    url = f"http://127.0.0.1:{_PORT}"
    try:
        for _ in range(300):
            try:
                httpx.get(url)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(30)
