"""A room full of viewers: one event a second to each, while orders are placed at the same time.

deploy/bench room [--viewers N]. Everything as in the shop: nginx as the edge holds the viewers,
is told what happens by `streams/edge_gateway.py`, and hands the orders on to the gate.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from lukou_market.streams.edge_gateway import send_to_room
from lukou_market.streams.publish import RoomEvent, envelope
from tests.benchmarks.support.load import Load, order_load
from tests.benchmarks.support.memory import held_by
from tests.benchmarks.support.shop import books, hot_offer, make_buyers, tokens
from tests.benchmarks.support.viewers import Heard, viewers_of
from tests.edge.running_edge import RunningEdge, running_edge
from tests.gate_process import running_gate

_VIEWERS, _PROCESSES, _CONNECTIONS = 16_000, 4, 64
_SECONDS, _QUOTA, _AT_MOST_PER_S = 6, 1_000_000, 15_000
_QUIET_EVENTS = 3
_DESCRIPTORS = 65_536
_SPARE = 0.8  # the kernel deals connections to the edge's workers by chance, not evenly


def main() -> None:
    """Print one JSON object; exits 1 when an event was lost or the books do not fit."""
    parser = argparse.ArgumentParser(prog="deploy/bench room", description=__doc__)
    parser.add_argument("--viewers", type=int, default=_VIEWERS)
    wanted = parser.parse_args(sys.argv[2:]).viewers
    count = min(wanted, _most_viewers())
    if count < wanted:
        sys.stderr.write(f"Descriptors allow for {count} viewers only (see ulimit -Hn).\n")
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        place.chmod(0o755)
        gate = place / "gate.sock"
        with running_gate(uds=gate), running_edge(place, gate=str(gate)) as edge:
            settings.EDGE_URL = edge.internal_url
            result = _measure(edge, count, place)
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(bool(result["lost"] or result["wrong"]))


def _measure(edge: RunningEdge, count: int, place: Path) -> dict[str, float]:
    crowd = tokens(make_buyers(_SECONDS * _AT_MOST_PER_S))
    without, wrong = _orders(edge, crowd)
    nginx = int((edge.edge.var.run / "edge.pid").read_text())
    before_b = held_by(nginx)
    room = hot_offer(_QUOTA).session_id
    with viewers_of(
        f"{edge.url}/events/room-{room}", count, processes=_PROCESSES, var=place
    ) as viewers:
        memory_b = held_by(nginx) - before_b
        with _telling(room):
            time.sleep(_QUIET_EVENTS)
            during, wrong_too = _orders(edge, crowd)
        heard = viewers.leave()
    after, wrong_as_well = _orders(edge, crowd)
    undisturbed = (without.per_s + after.per_s) / 2
    return {
        **_figures(heard),
        "memory_per_viewer_b": memory_b // max(heard.viewers, 1),
        "ratio": round(during.per_s / undisturbed, 2),
        "orders_per_s": round(during.per_s),
        "orders_p99_ms": during.p99_ms,
        "undisturbed_per_s": round(undisturbed),
        "wrong": wrong + wrong_too + wrong_as_well,
    }


def _figures(heard: Heard) -> dict[str, float]:
    return {
        "viewers": heard.viewers,
        "events": heard.events,
        "lost": heard.lost,
        "doubled": heard.doubled,
        "closed": heard.closed,
        "p50_ms": heard.percentile_ms(50),
        "p99_ms": heard.percentile_ms(99),
    }


@contextmanager
def _telling(room: int) -> Iterator[None]:
    """Tell the room something every second until the block is left."""
    over = threading.Event()

    def tell() -> None:
        number = 0
        while not over.is_set():
            number += 1
            said = {"text": "今天的甜瓜特别甜", "n": number, "sent_ns": time.time_ns()}
            if not send_to_room(room, envelope(RoomEvent.NOTICE, said, timezone.now())):
                number -= 1  # told again with the same number: viewers pass over what they have
            over.wait(1)

    thread = threading.Thread(target=tell)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _orders(edge: RunningEdge, crowd: list[str]) -> tuple[Load, int]:
    """The load, and what is wrong afterwards: orders lost, doubled, beyond the quota, refused."""
    offer = hot_offer(_QUOTA)
    load = order_load(edge.url, crowd, offer.pk, connections=_CONNECTIONS, seconds=_SECONDS)
    found = books(offer)
    lost = max(load.accepted - found.orders, 0)
    return load, lost + found.doubled + found.oversold + load.refused + load.broken


def _most_viewers() -> int:
    """As many as descriptors allow for the edge's workers; we have more processes than it has."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for limit in (_DESCRIPTORS, hard):
        with suppress(ValueError, OSError):  # only who may raise the limit
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
            break
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return int(limit * (os.cpu_count() or 1) * _SPARE)
