"""Edge, ingest and the shop's own hooks together: what a host's phone does to a session."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_django.live_server_helper import LiveServer

from lukou_market.demo.picture import Phone
from lukou_market.streams.models import LiveSession, Recording
from tests.edge.running_edge import RunningEdge, edge_before
from tests.factories import make_session

pytestmark = pytest.mark.django_db(transaction=True)
_WITHIN_S = 90


@pytest.fixture
def edge(live_server: LiveServer, settings: Any, tmp_path: Path) -> Iterator[RunningEdge]:
    with edge_before(live_server, settings, tmp_path) as edge:
        yield edge


async def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _WITHIN_S
    while not await asyncio.to_thread(happened):
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.2)


def test_a_session_outlives_its_phone(edge: RunningEdge) -> None:
    session = make_session("scheduled")

    def is_now(status: str, *, picture: bool) -> Callable[[], bool]:
        def look() -> bool:
            again = LiveSession.objects.get(pk=session.pk)
            return (again.status, again.has_picture) == (status, picture)

        return look

    def can_be_watched() -> bool:
        return httpx.get(f"{edge.url}/hls/{session.pk}.m3u8").is_success

    async def stream() -> None:
        phone = Phone(session)
        phone.on()
        await until(is_now("live", picture=True))
        await until(can_be_watched)
        await phone.off()
        await until(is_now("interrupted", picture=False))
        phone.on()
        await until(is_now("live", picture=True))
        await phone.off()
        await until(is_now("interrupted", picture=False))
        await until(lambda: Recording.objects.filter(session=session).count() == 2)

    asyncio.run(stream())
    recorded = {recording.file for recording in Recording.objects.all()}
    assert recorded == {file.name for file in edge.recordings.iterdir()}


def test_an_order_through_the_edge_reaches_the_gate(edge: RunningEdge) -> None:
    """The gate says what the web server would: here that nobody is signed in."""
    order = {"offer": 1, "quantity": 1, "shown_total_fen": 1}
    answer = httpx.post(f"{edge.url}/api/v1/orders/", json=order)
    assert answer.status_code == 401
    assert httpx.get(f"{edge.url}/gate/healthz").json() == {"gate": "ok"}
