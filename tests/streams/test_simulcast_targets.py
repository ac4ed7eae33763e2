"""Where else a host's picture may go, and who may say so."""

import socket
from collections.abc import Callable
from threading import Event
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, connection

from lukou_market.kernel.errors import DomainError
from lukou_market.streams.errors import (
    SimulcastAddressWrong,
    SimulcastNameTaken,
    SimulcastNameWrong,
    TooManySimulcasts,
)
from lukou_market.streams.models import Host, SimulcastTarget, StreamKey
from lukou_market.streams.simulcast import Simulcast
from lukou_market.streams.simulcast_address import Address, parse_address
from lukou_market.streams.simulcast_lookup import Endpoint, Lookup
from lukou_market.streams.simulcast_sender import Sender
from lukou_market.streams.simulcast_targets import add_target, pause_target, remove_target
from lukou_market.streams.stream_keys import stream_name
from tests.embedded.waiting import eventually
from tests.factories import NOW, make_host, make_session

State = SimulcastTarget.State
ADDRESS = "rtmp://push.example.com/live/stream-1?secret=abc"


@pytest.fixture
def host(db: None) -> Host:
    return make_host()


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        (ADDRESS, ("rtmp://push.example.com", "live", "stream-1?secret=abc")),
        ("rtmps://a.b:443/x/y/z", ("rtmps://a.b:443", "x", "y/z")),
    ],
)
def test_what_is_secret_is_told_from_what_may_be_shown(address: str, parts: Any) -> None:
    assert parse_address(address) == parts


@pytest.mark.parametrize(
    "wrong",
    ["", "rtmp://a", "rtmp://a/b", "rtmp://a/b/", "http://a/b/c", "rtmp://a/b/c d", "rtmp://a/b/c\nx",
     "rtmp://u:p@a/b/c", "rtmp://a/b/直播", "-i rtmp://a/b/c", "rtmp://a/b/" + "c" * 400],
)  # fmt: skip
def test_what_is_no_address_is_refused(host: Host, wrong: str) -> None:
    with pytest.raises(SimulcastAddressWrong):
        add_target(host=host, name="抖音", address=wrong)
    assert not SimulcastTarget.objects.exists()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("", SimulcastNameWrong), ("抖" * 31, SimulcastNameWrong), ("a\nb", SimulcastNameWrong),
     ("抖音", SimulcastNameTaken)],
)  # fmt: skip
def test_a_name_is_short_and_used_once(host: Host, name: str, refusal: type[DomainError]) -> None:
    add_target(host=host, name="抖音", address=ADDRESS)
    with pytest.raises(refusal):
        add_target(host=host, name=name, address=ADDRESS)
    assert SimulcastTarget.objects.count() == 1


def test_a_picture_goes_to_four_others_at_most(host: Host) -> None:
    for name in "1234":
        add_target(host=host, name=name, address=ADDRESS)
    with pytest.raises(TooManySimulcasts):
        add_target(host=host, name="5", address=ADDRESS)
    assert SimulcastTarget.objects.count() == 4
    add_target(host=make_host(), name="1", address=ADDRESS)


def test_nobody_changes_another_hosts_targets(host: Host) -> None:
    target = add_target(host=host, name="抖音", address=ADDRESS)
    stranger = make_host()
    pause_target(host=stranger, target_id=target.pk, active=False)
    remove_target(host=stranger, target_id=target.pk)
    assert SimulcastTarget.objects.get().active
    pause_target(host=host, target_id=target.pk, active=False)
    assert not SimulcastTarget.objects.get().active
    remove_target(host=host, target_id=target.pk)
    assert not SimulcastTarget.objects.exists()


def test_the_database_sees_the_address_only_encrypted(host: Host) -> None:
    target = add_target(host=host, name="抖音", address=ADDRESS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM streams_simulcasttarget")
        [(stored,)] = cursor.fetchall()
    assert "example" not in stored
    assert SimulcastTarget.objects.get(pk=target.pk).address == ADDRESS


def test_a_state_is_one_that_is_known(host: Host) -> None:
    add_target(host=host, name="抖音", address=ADDRESS)
    with pytest.raises(IntegrityError, match="simulcast_state_known"):
        SimulcastTarget.objects.update(state="perhaps")


Names = Callable[[str], list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[[Names], None]:
    """What a name service says of a name."""

    def say(answer: Names) -> None:
        def found(name: str, port: int, **_: object) -> list[Any]:
            return [(None, None, None, "", (number, port)) for number in answer(name)]

        monkeypatch.setattr(socket, "getaddrinfo", found)

    return say


def endpoint_of(address: str) -> Endpoint | None:
    to = parse_address(address)
    lookup = Lookup(to.name, to.port)
    assert eventually(lambda: lookup.over)
    return lookup.endpoint


@pytest.mark.parametrize(
    ("found", "public"),
    [("8.8.8.8", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False),
     ("::1", False), ("fd00::1", False), ("::ffff:10.1.2.3", False),
     ("224.0.0.9", False), ("64:ff9b::a01:203", False), ("2002:a01:203::1", False),
     ("2001:4860:4860::8888", True)],
)  # fmt: skip
def test_only_what_lies_outside_our_network_is_sent_to(
    names: Callable[[Names], None], found: str, public: bool
) -> None:
    names(lambda _: ["8.8.4.4", found])
    assert endpoint_of(ADDRESS) == (Endpoint("8.8.4.4", 1935) if public else None)


@pytest.mark.parametrize(
    ("server", "port"), [("rtmp://a", 1935), ("rtmps://a", 443), ("rtmps://a:1936", 1936)]
)
def test_ports_are_those_of_the_address_or_its_scheme(
    names: Callable[[Names], None], server: str, port: int
) -> None:
    names(lambda _: ["8.8.8.8"])
    assert endpoint_of(f"{server}/app/key") == ("8.8.8.8", port)


@pytest.mark.parametrize("server", ["rtmp://no.such.invalid", "rtmp://a:99999", "rtmp://127.1"])
def test_a_server_that_is_not_known_is_none(server: str) -> None:
    assert endpoint_of(f"{server}/app/key") is None


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Endpoint]:
    """Where would be sent to."""
    to: list[Endpoint] = []

    def start(_source: str, _to: Address, at: Endpoint) -> Any:
        to.append(at)
        return Mock(runs=True, has_sent=True)

    monkeypatch.setattr(Sender, "start", start)
    return to


@pytest.fixture
def shown(host: Host, settings: Any) -> Host:
    """The host, whose picture comes in."""
    settings.INGEST_URL = "rtmp://127.0.0.1:1935/live"
    stream_name(make_session(host=host))
    StreamKey.objects.update(publisher="1", publishing_since=NOW, seen_at=NOW)
    return host


def look_until(sending: Simulcast, at: float, name: str, state: str) -> bool:
    def looked() -> bool:
        sending.look(at)
        return SimulcastTarget.objects.get(name=name).state == state

    return eventually(looked)


def test_nothing_is_sent_into_our_own_network(shown: Host, started: list[Endpoint]) -> None:
    add_target(host=shown, name="抖音", address="rtmp://127.0.0.1/live/key")
    assert look_until(Simulcast(), 0, "抖音", State.AWAY)
    assert started == []


def test_what_was_found_public_is_what_is_sent_to(
    shown: Host, started: list[Endpoint], names: Callable[[Names], None]
) -> None:
    """Whoever asks the name service again may be told something else."""
    told = iter([["8.8.8.8"], ["10.0.0.1"]])
    names(lambda _: next(told))
    add_target(host=shown, name="抖音", address=ADDRESS)
    assert look_until(Simulcast(), 0, "抖音", State.SENDING)
    assert started == [Endpoint("8.8.8.8", 1935)]
    assert next(told) == ["10.0.0.1"]  # nobody has asked a second time


def test_a_slow_name_service_holds_up_its_own_platform_only(
    shown: Host, started: list[Endpoint], names: Callable[[Names], None]
) -> None:
    answers = Event()

    def found(name: str) -> list[str]:
        if name == "slow.example.com":
            answers.wait()
        return ["8.8.8.8"]

    names(found)
    add_target(host=shown, name="慢", address="rtmp://slow.example.com/live/key")
    add_target(host=shown, name="抖音", address=ADDRESS)
    sending = Simulcast()
    assert look_until(sending, 0, "抖音", State.SENDING)
    assert SimulcastTarget.objects.get(name="慢").state == State.TRYING
    sending.look(9.9)
    assert SimulcastTarget.objects.get(name="慢").state == State.TRYING
    sending.look(10)
    assert SimulcastTarget.objects.get(name="慢").state == State.AWAY
    assert len(started) == 1
    answers.set()
    assert look_until(sending, 12, "慢", State.SENDING)  # asked again when the wait is over
    assert len(started) == 2
