"""Write down who watches: different people with the session, the crowd with its minutes.

Listeners are those of the edge, pollers those of `viewers`. Nobody can set these numbers: they
only grow, and only here and at a session's end.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection

from lukou_market.streams.edge_gateway import EdgeIsAway, listeners_of
from lukou_market.streams.models import LiveSession
from lukou_market.streams.viewers import Counted, counted_in

logger = logging.getLogger(__name__)

_COUNTED_AT = "audience-counted-at"
_WATCHING_KEPT_S = 120
_LONGEST_GAP = timedelta(minutes=1)  # nobody knows who watched while nobody counted
_MINUTE = timedelta(minutes=1)

_VIEWERS = """
    UPDATE streams_livesession session SET viewers = counted.viewers
    FROM unnest(%s::bigint[], %s::integer[]) AS counted (id, viewers)
    WHERE session.id = counted.id AND counted.viewers > session.viewers
    RETURNING session.id, new.viewers - old.viewers
"""
_MINUTES = """
    INSERT INTO streams_sessionminute AS kept (session_id, minute, watching, watched_s, arrived)
    SELECT * FROM unnest(
        %s::bigint[], %s::timestamptz[], %s::integer[], %s::bigint[], %s::integer[])
    ON CONFLICT (session_id, minute) DO UPDATE SET
        watching = greatest(kept.watching, excluded.watching),
        watched_s = least(kept.watched_s + excluded.watched_s,
                          60 * greatest(kept.watching, excluded.watching)),
        arrived = kept.arrived + excluded.arrived
"""


@dataclass(frozen=True, slots=True)
class Audience:
    """Different people so far, and people who watch now."""

    viewers: int
    watching: int


def count_audience(*, now: datetime) -> dict[int, Audience]:
    """The audience of each session that runs, kept since the last count.

    Seconds are whole ones, so that many short spans add up to the right sum.
    """
    now = now.replace(microsecond=0)
    since: datetime = cache.get(_COUNTED_AT) or now
    cache.set(_COUNTED_AT, now, _LONGEST_GAP.total_seconds())
    sessions = LiveSession.objects.filter(status__in=["live", "interrupted"])
    stored = dict(sessions.order_by("pk").values_list("pk", "viewers"))
    if not stored:
        return {}
    counted = counted_in(stored, now)
    listening = dict(_listening(stored))
    audience = {
        pk: _audience(counted.get(pk), listening.get(pk, 0), viewers)
        for pk, viewers in stored.items()
    }
    _keep(audience, since, now)
    cache.set_many(
        {_watching_key(pk): found.watching for pk, found in audience.items()}, _WATCHING_KEPT_S
    )
    return audience


def watching_in(session_ids: Collection[int]) -> dict[int, int]:
    """How many watched each session when last counted; those not counted lately are missing."""
    keys = {_watching_key(session_id): session_id for session_id in session_ids}
    return {keys[key]: watching for key, watching in cache.get_many(keys).items()}


def _listening(session_ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    try:
        for session_id in session_ids:
            yield session_id, listeners_of(session_id)
    except EdgeIsAway as error:
        logger.warning("listeners not counted: %s", error.__cause__)


def _audience(counted: Counted | None, listening: int, stored: int) -> Audience:
    viewers, polling = counted or (0, 0)
    return Audience(max(viewers, stored), polling + listening)


def _keep(audience: dict[int, Audience], since: datetime, now: datetime) -> None:
    """Two statements, whatever runs. Who is new has come in the last of the minutes."""
    viewers = [found.viewers for found in audience.values()]
    present = now.replace(second=0)
    with connection.cursor() as cursor:
        cursor.execute(_VIEWERS, [list(audience), viewers])
        new = dict(cursor.fetchall())
        rows = [
            (pk, minute, seen.watching, seconds * seen.watching,
             new.get(pk, 0) if minute == present else 0)
            for minute, seconds in _minutes(since, now)
            for pk, seen in audience.items()
        ]  # fmt: skip
        cursor.execute(_MINUTES, [list(column) for column in zip(*rows, strict=True)])


def _minutes(since: datetime, now: datetime) -> Iterator[tuple[datetime, int]]:
    """The minutes that the time between the counts is in, and the seconds of it in each."""
    minute, present = (moment.replace(second=0) for moment in (since, now))
    while minute <= present:
        seconds = min(now, minute + _MINUTE) - max(since, minute)
        yield minute, int(seconds.total_seconds())
        minute += _MINUTE


def _watching_key(session_id: int) -> str:
    return f"watching:{session_id}"
