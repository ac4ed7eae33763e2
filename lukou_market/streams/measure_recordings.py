"""Recordings become parts of their session's replay, once somebody knows how long they are."""

import logging
from datetime import UTC, datetime, timedelta

from django.db import transaction

from lukou_market.streams import ffmpeg_gateway
from lukou_market.streams.keep_recording import recordings_dir
from lukou_market.streams.models import Recording, ReplayJob, ReplayPart

logger = logging.getLogger(__name__)

_LEASE = timedelta(minutes=5)
_ATTEMPTS = 3


def measure_due_recordings(*, now: datetime) -> int:
    """Measure what is due, one after another; return how many parts there are more."""
    parts = 0
    while (recording := _claim(now)) is not None:
        try:
            parts += _keep_part(recording, _length_ms(recording), now)
        except ffmpeg_gateway.MediaUnreadableError as error:
            logger.warning("recording %s can't be read: %s", recording.file, error)
            if recording.attempts >= _ATTEMPTS:
                _settle(recording)
        except ffmpeg_gateway.MediaToolsAwayError as error:
            logger.warning("recording %s waits for ffmpeg: %s", recording.file, error)
    return parts


@transaction.atomic
def _claim(now: datetime) -> Recording | None:
    """One that is due: it is ours until the lease is over, then somebody tries again."""
    due = Recording.objects.filter(measure_at__lte=now).order_by("measure_at")
    recording = due.select_for_update(skip_locked=True).first()
    if recording is not None:
        recording.measure_at, recording.attempts = now + _LEASE, recording.attempts + 1
        recording.save(update_fields=["measure_at", "attempts"])
    return recording


def _length_ms(recording: Recording) -> int:
    file = recordings_dir() / recording.file
    if not file.exists() or file.stat().st_size:
        return ffmpeg_gateway.length_ms(file)
    return 0  # of a connection that the edge gave up before its first frame


@transaction.atomic
def _keep_part(recording: Recording, length_ms: int, now: datetime) -> bool:
    _settle(recording)
    if length_ms == 0:
        return False
    _part, new = ReplayPart.objects.get_or_create(
        file=recording.file,
        defaults={
            "session_id": recording.session_id,
            "started_at": _last_written_at(recording) - timedelta(milliseconds=length_ms),
            "length_ms": length_ms,
        },
    )
    if new:
        ReplayJob.objects.update_or_create(
            session_id=recording.session_id, defaults={"due_at": now}
        )
    return new


def _last_written_at(recording: Recording) -> datetime:
    return datetime.fromtimestamp((recordings_dir() / recording.file).stat().st_mtime, UTC)


def _settle(recording: Recording) -> None:
    Recording.objects.filter(pk=recording.pk).update(measure_at=None)
