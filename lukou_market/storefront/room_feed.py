"""Keeps the rooms informed: looks twice a second at all sessions that run, tells what changed.

What a host does is told at once by the use case itself; this adds what nobody does in particular
(stock, sales, viewers, flash offers that open and close) and makes good what got lost on the way.
"""

import logging
from datetime import datetime
from threading import Event
from time import monotonic
from typing import cast

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from lukou_market.storefront.room_news import room_news
from lukou_market.storefront.room_state import RoomState, room_states
from lukou_market.streams.count_audience import count_audience
from lukou_market.streams.edge_gateway import send_to_room
from lukou_market.streams.feeding import feeding
from lukou_market.streams.models import LiveSession
from lukou_market.streams.publish import envelope

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5  # so what is left is told at most twice a second
# What can wait is told at every second or sixth look: each message goes to all who listen.
_EVERY_LOOKS = {"sold": 2, "viewers": 6, "watching": 6, "hearts": 6}
_RETRY_S = 1.0


class RoomFeed:
    """What each running room was told; nothing of a room that is over."""

    def __init__(self) -> None:
        self._told: dict[int, RoomState] = {}
        self._looks = 0

    def look(self, now: datetime) -> None:
        """Tell each room what is new. What can't be told now is told when the edge is back."""
        if self._looks % _EVERY_LOOKS["viewers"] == 0:
            count_audience(now=now)
        running = Q(status__in=["live", "interrupted"])
        sessions = LiveSession.objects.filter(running | Q(pk__in=self._told))
        states = room_states(list(sessions.select_related("stream_key")), now)
        for pk, state in states.items():
            if not self._tell(pk, state, now):
                self._told.clear()  # the edge has forgotten too, if it was started anew
                break
        self._looks += 1

    def _tell(self, session_id: int, state: RoomState, now: datetime) -> bool:
        told = self._told.get(session_id)
        over = state["status"] not in ("live", "interrupted")
        if told and not over:
            state = self._ripe(told, state)
        events, known = room_news(told, state)
        for event, payload in events:
            if not send_to_room(session_id, envelope(event, payload, now)):
                return False
        if over and not events:
            self._told.pop(session_id, None)
        else:
            self._told[session_id] = known
        return True

    def _ripe(self, told: RoomState, state: RoomState) -> RoomState:
        """The state without the news that can wait for a later look."""
        waiting = {member for member, looks in _EVERY_LOOKS.items() if self._looks % looks}
        kept_back = {member: value for member, value in told.items() if member in waiting}
        return cast(RoomState, {**state, **kept_back})


def feed_rooms(stop: Event) -> None:
    """Feed until `stop` is set; wait while another process does, or PostgreSQL is away."""
    while not stop.is_set():
        try:
            with feeding() as alone:
                if alone:
                    logger.info("feeding the rooms")
                    _feed(stop)
        except (OperationalError, InterfaceError) as error:
            logger.warning("PostgreSQL is away: %s", error)
            connection.close()
        stop.wait(_RETRY_S)


def _feed(stop: Event) -> None:
    feed = RoomFeed()
    while not stop.is_set():
        looked_at = monotonic()
        feed.look(timezone.now())
        stop.wait(max(looked_at + LOOK_EVERY_S - monotonic(), 0))
