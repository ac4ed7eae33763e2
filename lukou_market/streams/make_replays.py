"""An ended session's recordings become one replay that phones play, their gaps cut out."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from lukou_market.streams.ffmpeg_gateway import MediaToolsAwayError, MediaUnreadableError
from lukou_market.streams.models import (
    LiveSession,
    Recording,
    Replay,
    ReplayJob,
    ReplayPart,
    StreamKey,
)
from lukou_market.streams.replay_files import write_replay

logger = logging.getLogger(__name__)

_LEASE = timedelta(hours=1)
_PAUSE = timedelta(minutes=10)


def make_due_replay(*, now: datetime) -> bool:
    """Make one replay that is due; False when none is, or when it could not be made.

    Whoever is killed in the middle leaves it to be made again when the lease is over. Made
    twice, it is the same.
    """
    job = _claim(now)
    if job is None:
        return False
    parts = list(ReplayPart.objects.filter(session_id=job.session_id))
    try:
        write_replay(job.session_id, parts)
    except (MediaToolsAwayError, MediaUnreadableError) as error:
        logger.warning("replay of session %s not made: %s", job.session_id, error)
        _held(job).update(due_at=now + _PAUSE)
        return False
    _finish(job, parts, now)
    return True


@transaction.atomic
def _claim(now: datetime) -> ReplayJob | None:
    """A due job of an ended session whose recordings are all in; ours until the lease is over."""
    being_sent = StreamKey.objects.exclude(publisher="").values("session")
    being_measured = Recording.objects.filter(measure_at__isnull=False).values("session")
    due = ReplayJob.objects.filter(due_at__lte=now, session__status=LiveSession.Status.ENDED)
    due = due.exclude(session__in=being_sent).exclude(session__in=being_measured)
    job = due.order_by("due_at").select_for_update(of=("self",), skip_locked=True).first()
    if job is not None:
        job.due_at = now + _LEASE
        job.save(update_fields=["due_at"])
    return job


@transaction.atomic
def _finish(job: ReplayJob, parts: list[ReplayPart], now: datetime) -> None:
    """Show the replay; a part that came meanwhile has made the job due again."""
    _held(job).delete()
    length_ms = sum(part.length_ms for part in parts)
    Replay.objects.update_or_create(
        session_id=job.session_id, defaults={"length_ms": length_ms, "made_at": now}
    )


def _held(job: ReplayJob) -> QuerySet[ReplayJob]:
    return ReplayJob.objects.filter(pk=job.pk, due_at=job.due_at)
