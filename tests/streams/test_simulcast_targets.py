"""Where else a host's picture may go, and who may say so."""

import socket
from typing import Any

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
from lukou_market.streams.simulcast_address import is_public, parse_address
from lukou_market.streams.simulcast_sender import Sender
from lukou_market.streams.simulcast_targets import add_target, pause_target, remove_target
from lukou_market.streams.stream_keys import stream_name
from tests.factories import NOW, make_host, make_session

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


@pytest.mark.parametrize(
    ("found", "public"),
    [("8.8.8.8", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False),
     ("::1", False), ("fd00::1", False)],
)  # fmt: skip
def test_only_what_lies_outside_our_network_is_sent_to(
    monkeypatch: pytest.MonkeyPatch, found: str, public: bool
) -> None:
    def answers(*_: object, **__: object) -> list[Any]:
        return [(None, None, None, "", ("8.8.4.4", 1935)), (None, None, None, "", (found, 1935))]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    assert is_public("rtmp://push.example.com") is public


def test_nothing_is_sent_into_our_own_network(
    host: Host, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INGEST_URL = "rtmp://127.0.0.1:1935/live"
    session = make_session(host=host)
    stream_name(session)
    StreamKey.objects.update(publisher="1", publishing_since=NOW, seen_at=NOW)
    add_target(host=host, name="抖音", address="rtmp://127.0.0.1/live/key")
    monkeypatch.setattr(Sender, "start", lambda *_: pytest.fail("it was sent"))
    Simulcast().look(0.0)
    assert SimulcastTarget.objects.get().state == SimulcastTarget.State.AWAY


@pytest.mark.parametrize("server", ["rtmp://no.such.invalid", "rtmp://a:99999", "rtmp://127.1"])
def test_a_server_that_is_not_known_is_none(server: str) -> None:
    assert not is_public(server)
