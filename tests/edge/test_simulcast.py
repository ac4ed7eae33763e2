"""A host's picture goes on to another platform, here a second ingest."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from pytest_django.live_server_helper import LiveServer

from lukou_market.streams import simulcast_lookup
from lukou_market.streams.models import LiveSession, SimulcastTarget
from lukou_market.streams.simulcast import Simulcast
from lukou_market.streams.simulcast_targets import add_target, pause_target
from lukou_market.streams.stream_keys import stream_name
from tests.edge.publisher import publisher
from tests.edge.running_edge import RunningEdge, edge_before
from tests.edge.tls_front import TlsFront, tls_front
from tests.embedded.waiting import eventually
from tests.factories import make_session
from tests.rtmp_sink import Sink, running_sink, streams_of

pytestmark = pytest.mark.django_db(transaction=True)
_NAME = "push.platform.test"
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
    """The platform is on this machine, under a name that only this process can look up."""

    ask = socket.getaddrinfo

    def found(name: str, *rest: Any, **more: Any) -> list[Any]:
        return list(ask("127.0.0.1" if name == _NAME else name, *rest, **more))

    monkeypatch.setattr(simulcast_lookup, "_is_public", lambda _: True)
    monkeypatch.setattr(socket, "getaddrinfo", found)
    sending = Simulcast()
    yield sending
    sending.close()


@pytest.fixture
def target(platform: Sink) -> SimulcastTarget:
    session = make_session("scheduled")
    address = f"rtmp://{_NAME}:{platform.port}/live/{_KEY}"
    return add_target(host=session.host, name="抖音", address=address)


@pytest.fixture
def tls_platform(tmp_path: Path, platform: Sink) -> Iterator[TlsFront]:
    with tls_front(platform.port, name=_NAME, folder=tmp_path) as front:
        yield front


def state(target: SimulcastTarget) -> str:
    target.refresh_from_db()
    return target.state


def look_until(sending: Simulcast, at: float, target: SimulcastTarget, wanted: str) -> bool:
    def looked() -> bool:
        sending.look(at)
        return state(target) == wanted

    return eventually(looked)


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
            return look_until(sending, at, target, wanted)

        assert becomes("sending", at=10)
        (first,) = senders()
        command = " ".join(first.cmdline())
        assert "their" not in command
        assert "secret" not in command
        assert _NAME not in command  # it looks nothing up
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


def test_by_tls_the_platform_is_called_by_its_name_and_must_have_it(
    edge: RunningEdge,
    platform: Sink,
    tls_platform: TlsFront,
    sending: Simulcast,
    target: SimulcastTarget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = LiveSession.objects.get()
    target.address = f"rtmps://{_NAME}:{tls_platform.port}/live/{_KEY}"
    target.save()
    with publisher(f"{edge.ingest_url}/{stream_name(session)}"):
        assert eventually(lambda: LiveSession.objects.get().status == "live")
        assert look_until(sending, 0, target, "away")  # nobody we trust vouches for it
        assert platform.recordings(7) == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tls_platform.certificate))
        assert look_until(sending, 10, target, "sending")
        assert streams_of(platform.recorded(7, seconds=1)) == {"video": "h264", "audio": "aac"}
        assert set(tls_platform.called) == {_NAME}
        (sender,) = senders()
        assert "their" not in " ".join(sender.cmdline())
        pause_target(host=session.host, target_id=target.pk, active=False)
        sending.look(11)
        assert eventually(lambda: tls_platform.open == 0)


def test_an_address_in_our_own_network_is_never_sent_to(
    edge: RunningEdge, platform: Sink, target: SimulcastTarget
) -> None:
    session = LiveSession.objects.get()
    target.address = f"{platform.url}/{_KEY}"
    target.save()
    with publisher(f"{edge.ingest_url}/{stream_name(session)}"):
        assert eventually(lambda: LiveSession.objects.get().status == "live")
        assert look_until(Simulcast(), 0, target, "away")
        assert senders() == []
        assert platform.recordings(7) == []
