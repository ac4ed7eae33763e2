"""Sends hosts' pictures on to other platforms, for as long as there is a picture.

Looks every two seconds: what should be sent where, what is, and what has broken off. A target that
can't be reached is tried again after 2, 4, 8 … seconds, once a minute at last.
"""

import logging
from dataclasses import dataclass
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from lukou_market.streams.alone import alone
from lukou_market.streams.models import LiveSession, SimulcastTarget
from lukou_market.streams.simulcast_address import parse_address
from lukou_market.streams.simulcast_lookup import Lookup
from lukou_market.streams.simulcast_sender import Sender

logger = logging.getLogger(__name__)

_LOCK = 0x73696D756C  # no meaning, but nobody else's
_LOOK_EVERY_S = 2.0
_FIRST_WAIT_S, _LONGEST_WAIT_S = 2.0, 60.0
_LASTED_S = 30.0  # who was reached for so long is tried again at once
_LOOKUP_S = 10.0  # how long a name service may take
State = SimulcastTarget.State


@dataclass
class _Way:
    """From one session to one target."""

    goes: tuple[int, str]  # the session's number, the target's address
    lookup: Lookup | None = None
    sender: Sender | None = None
    started_at: float = 0.0
    wait_s: float = _FIRST_WAIT_S
    not_before: float = 0.0


class Simulcast:
    """The ffmpegs that run; `now` is a clock that never goes back, in seconds."""

    def __init__(self) -> None:
        self._ways: dict[int, _Way] = {}

    def look(self, now: float) -> None:
        """Start, restart and stop what the targets and pictures of now ask for."""
        sessions = _sessions_of_hosts()
        wanted = SimulcastTarget.objects.filter(active=True, host__in=sessions).in_bulk()
        for pk, way in list(self._ways.items()):
            target = wanted.get(pk)
            if target is None or way.goes != (sessions[target.host_id], target.address):
                self._end(pk)
        SimulcastTarget.objects.exclude(pk__in=wanted).exclude(state="").update(state="")
        for pk, target in wanted.items():
            way = self._ways.setdefault(pk, _Way((sessions[target.host_id], target.address)))
            _keep_up(way, target, now)

    def close(self) -> None:
        """Stop all."""
        for pk in list(self._ways):
            self._end(pk)

    def _end(self, pk: int) -> None:
        way = self._ways.pop(pk)
        if way.sender:
            way.sender.stop()


def simulcast(stop: Event) -> None:
    """Send until `stop` is set; wait while another process does, or PostgreSQL is away."""
    while not stop.is_set():
        try:
            with alone(_LOCK) as nobody_else:
                if nobody_else:
                    _send(stop)
        except (OperationalError, InterfaceError) as error:
            logger.warning("PostgreSQL is away: %s", error)
            connection.close()
        stop.wait(_LOOK_EVERY_S)


def _send(stop: Event) -> None:
    sending = Simulcast()
    try:
        while not stop.is_set():
            sending.look(monotonic())
            stop.wait(_LOOK_EVERY_S)
    finally:
        sending.close()


def _sessions_of_hosts() -> dict[int, int]:
    """Host → the session whose picture comes in now."""
    shown = LiveSession.objects.filter(status=LiveSession.Status.LIVE, stream_key__publisher__gt="")
    return dict(shown.values_list("host_id", "pk"))


def _keep_up(way: _Way, target: SimulcastTarget, now: float) -> None:
    """One look at one way: note how it goes, start what does not run and is due."""
    if way.sender and not way.sender.runs:
        _give_up(way, now)
        _note(target, State.AWAY)
    elif way.sender:
        if way.sender.has_sent:
            _note(target, State.SENDING)
    elif way.lookup or now >= way.not_before:
        _begin(way, target, now)


def _begin(way: _Way, target: SimulcastTarget, now: float) -> None:
    """Find out where the target is, then send to what was found."""
    session_id, address = way.goes
    to = parse_address(address)
    if way.lookup is None:
        way.lookup, way.started_at = Lookup(to.name, to.port), now
        if target.state != State.AWAY:
            _note(target, State.TRYING)
    elif way.lookup.over or now - way.started_at >= _LOOKUP_S:
        found, way.lookup = way.lookup.endpoint, None
        if found:
            way.sender, way.started_at = Sender.start(_source(session_id), to, found), now
        else:
            _give_up(way, now)
            _note(target, State.AWAY)


def _give_up(way: _Way, now: float) -> None:
    """For now: the wait doubles until the target is reached for a while."""
    if way.sender:
        way.sender.stop()
        way.sender = None
        if now - way.started_at >= _LASTED_S:
            way.wait_s = _FIRST_WAIT_S
    way.not_before = now + way.wait_s
    way.wait_s = min(way.wait_s * 2, _LONGEST_WAIT_S)


def _note(target: SimulcastTarget, state: State) -> None:
    if target.state != state:
        SimulcastTarget.objects.filter(pk=target.pk).update(state=state)


def _source(session_id: int) -> str:
    """Where the ingest of this machine gives the picture to its own programs."""
    port = urlsplit(settings.INGEST_URL).port or 1935
    return f"rtmp://127.0.0.1:{port}/source/{session_id}"
