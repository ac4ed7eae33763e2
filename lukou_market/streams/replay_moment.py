"""What was said when something happened: the moment in a session, and in its replay."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from lukou_market.streams.models import LiveSession, Replay
from lukou_market.streams.replay_clock import offset_ms, replay_position_ms


@dataclass(frozen=True, slots=True)
class Moment:
    """`offset`: time since the session's start, "12:34" or "1:02:34"; `replay_s`: seconds into
    the replay, None while there is none."""

    offset: str
    replay_s: int | None


def moment_in(session: LiveSession, at: datetime) -> Moment | None:
    """The moment `at` of the session; None outside it."""
    offset = offset_ms(session, at)
    if offset is None or (session.ended_at is not None and at > session.ended_at):
        return None
    return Moment(_clock(offset), _replay_s(session, at))


def _replay_s(session: LiveSession, at: datetime) -> int | None:
    """Without an edge nobody shows it."""
    if not (settings.EDGE_URL and Replay.objects.filter(session=session).exists()):
        return None
    position = replay_position_ms(session.replay_parts.all(), at)
    return None if position is None else position // 1000


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
