"""When in a session something was said or bought, and where in its replay that is seen."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from lukou_market.streams.models import LiveSession

_MS = timedelta(milliseconds=1)


class Part(Protocol):
    """An unbroken stretch of picture: when it began, and its length."""

    started_at: datetime
    length_ms: int


def offset_ms(session: LiveSession, at: datetime) -> int | None:
    """Milliseconds from the session's start to `at`; None before it, or if it never started."""
    if session.started_at is None or at < session.started_at:
        return None
    return (at - session.started_at) // _MS


def replay_position_ms(parts: Iterable[Part], at: datetime) -> int | None:
    """Where in the replay, which has all parts one after another, the moment `at` is seen.

    `parts` are in order of their start; between two of them it is where the later one begins,
    before the first the beginning, after the last the end. None without parts.
    """
    position, before = None, 0
    for part in parts:
        since_start = (at - part.started_at) // _MS
        if position is None or since_start >= 0:
            position = before + min(max(since_start, 0), part.length_ms)
        before += part.length_ms
    return position
