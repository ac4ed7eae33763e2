"""Note a file that the edge has recorded: somebody measures it soon (measure_recordings.py).

What the edge did not tell, because it was killed or we were away, is found by looking.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from lukou_market.streams.errors import RecordingNotOurs
from lukou_market.streams.models import LiveSession, Recording
from lukou_market.streams.stream_keys import session_named

# A recording that grows has been written to a moment ago; one that nobody told of is soon found.
_QUIET = timedelta(minutes=1)
_LOOKED_BACK = timedelta(days=7)


def recordings_dir() -> Path:
    """Where the edge records to: each file's name begins with its session and "-"."""
    return Path(settings.MEDIA_DIR) / "recordings"


def keep_recording(*, session_id: int, path: str, now: datetime) -> None:
    """Keep the session's recording at `path`; told twice, it is kept once.

    Raises RecordingNotOurs unless it is a file of this session where recordings lie.
    """
    try:
        file = Path(path).resolve(strict=True)
        lies_there = file.parent == recordings_dir().resolve()
    except (OSError, ValueError) as error:  # no such file; no such name
        raise RecordingNotOurs from error
    if not (lies_there and _session_of(file) == session_id and _exists(session_id)):
        raise RecordingNotOurs
    _keep(session_id, file, now)


def find_recordings(*, now: datetime) -> int:
    """Keep those nobody told of and nothing is written to any more; return how many."""
    files = [file for file in recordings_dir().glob("*.flv") if _is_due(file, now)]
    names = [file.name for file in files]
    kept = set(Recording.objects.filter(file__in=names).values_list("file", flat=True))
    found = 0
    for file in files:
        session_id = _session_of(file)
        if file.name not in kept and session_id is not None and _exists(session_id):
            found += _keep(session_id, file, now)
    return found


def _keep(session_id: int, file: Path, now: datetime) -> bool:
    _recording, new = Recording.objects.get_or_create(
        file=file.name, defaults={"session_id": session_id, "found_at": now, "measure_at": now}
    )
    return new


def _session_of(file: Path) -> int | None:
    named = file.suffix == ".flv" and "-" in file.name and len(file.name) <= 120
    return session_named(file.name) if named and file.is_file() else None


def _exists(session_id: int) -> bool:
    return LiveSession.objects.filter(pk=session_id).exists()


def _is_due(file: Path, now: datetime) -> bool:
    written_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return now - _LOOKED_BACK < written_at <= now - _QUIET
