"""A host's picture goes on to another platform, here a second ingest."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from pytest_django.live_server_helper import LiveServer

from lukou_market.streams import simulcast
from lukou_market.streams.models import LiveSession, SimulcastTarget
from lukou_market.streams.simulcast import Simulcast
from lukou_market.streams.simulcast_targets import add_target, pause_target
from lukou_market.streams.stream_keys import stream_name
from tests.edge.publisher import publisher
from tests.edge.running_edge import RunningEdge, edge_before
from tests.embedded.waiting import eventually
from tests.factories import make_session
from tests.rtmp_sink import Sink, running_sink, streams_of

pytestmark = pytest.mark.django_db(transaction=True)
_KEY = "7-their?secret=key"  # recorded as "7-their-….flv"


@pytest.fixture
def edge(live_server: LiveServer, settings: Any, tmp_path: Path) -> Iterator[RunningEdge]:
    with edge_before(live_server, settings, tmp_path) as edge:
        yield edge


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Sink]:
    (tmp_path / "sink").mkdir()
    with running_sink(tmp_path / "sink") as sink:
        yield sink


@pytest.fixture
def sending(monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulcast]:
    monkeypatch.setattr(simulcast, "is_public", lambda _: True)  # the platform is on this machine
    sending = Simulcast()
    yield sending
    sending.close()


@pytest.fixture
def target(platform: Sink) -> SimulcastTarget:
    session = make_session("scheduled")
    return add_target(host=session.host, name="抖音", address=f"{platform.url}/{_KEY}")


def state(target: SimulcastTarget) -> str:
    target.refresh_from_db()
    return target.state


def senders() -> list[psutil.Process]:
    """This test's ffmpegs that read from an ingest."""
    children = psutil.Process().children()
    return [child for child in children if any("/source/" in word for word in child.cmdline())]


def test_the_picture_goes_on_until_it_is_paused_or_over(
    edge: RunningEdge, platform: Sink, sending: Simulcast, target: SimulcastTarget
) -> None:
    session = LiveSession.objects.get()
    sending.look(0)
    assert (state(target), senders()) == ("", [])
    with publisher(f"{edge.ingest_url}/{stream_name(session)}"):

        def becomes(wanted: str, *, at: float) -> bool:
            def looked() -> bool:
                sending.look(at)
                return state(target) == wanted

            return eventually(looked)

        assert becomes("sending", at=10)
        (first,) = senders()
        command = " ".join(first.cmdline())
        assert "their" not in command
        assert "secret" not in command
        assert "SECRET_KEY" not in first.environ()
        assert streams_of(platform.recorded(7, seconds=1)) == {"video": "h264", "audio": "aac"}

        first.kill()
        assert becomes("away", at=11)
        sending.look(12.9)  # two seconds have not passed
        assert (state(target), senders()) == ("away", [])
        assert becomes("sending", at=13)
        (second,) = senders()
        second.kill()
        assert becomes("away", at=14)
        sending.look(17.9)
        assert senders() == []  # the wait grows
        assert becomes("sending", at=18)

        pause_target(host=session.host, target_id=target.pk, active=False)
        sending.look(19)
        assert (state(target), senders()) == ("", [])
        pause_target(host=session.host, target_id=target.pk, active=True)
        assert becomes("sending", at=20)
    assert eventually(lambda: LiveSession.objects.get().status == "interrupted")
    sending.look(21)
    assert (state(target), senders()) == ("", [])


def test_an_address_in_our_own_network_is_never_sent_to(
    edge: RunningEdge, target: SimulcastTarget
) -> None:
    session = LiveSession.objects.get()
    sending = Simulcast()
    with publisher(f"{edge.ingest_url}/{stream_name(session)}"):
        assert eventually(lambda: LiveSession.objects.get().status == "live")
        sending.look(0)
        assert (state(target), senders()) == ("away", [])
