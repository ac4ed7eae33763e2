"""A replay's files: MEDIA_DIR/replays/<session id>/index.m3u8 and its segments."""

import shutil
from collections.abc import Sequence
from itertools import chain
from math import ceil
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from lukou_market.streams.ffmpeg_gateway import Segment, cut_into_segments
from lukou_market.streams.keep_recording import recordings_dir
from lukou_market.streams.models import ReplayPart

PLAYLIST = "index.m3u8"


def replay_dir(session_id: int) -> Path:
    """Where the session's replay is shown from, whole or not at all."""
    return Path(settings.MEDIA_DIR) / "replays" / str(session_id)


def write_replay(session_id: int, parts: Sequence[ReplayPart]) -> None:
    """Write the parts one after another as one replay, in place of an earlier one.

    Each part is cut by itself, for a phone that comes back may send another size of picture.
    Raises MediaUnreadableError and MediaToolsAwayError.
    """
    making = Path(settings.MEDIA_DIR) / "making"
    making.mkdir(parents=True, exist_ok=True)
    for left_behind in making.glob(f"{session_id}-*"):  # by one who was killed
        shutil.rmtree(left_behind, ignore_errors=True)
    written = Path(mkdtemp(prefix=f"{session_id}-", dir=making))
    try:
        playlist = joined_playlist(_cut(parts, written))
        (written / PLAYLIST).write_text(playlist, encoding="ascii")
        written.chmod(0o755)  # the edge serves it as somebody else
        _show(written, replay_dir(session_id))
    finally:
        shutil.rmtree(written, ignore_errors=True)


def joined_playlist(parts: Sequence[Sequence[Segment]]) -> str:
    """An HLS playlist of all parts; players are told where one ends and the next begins."""
    longest = max((segment.seconds for segment in chain.from_iterable(parts)), default=0)
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{ceil(longest)}"]
    lines += ["#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-PLAYLIST-TYPE:VOD"]
    for number, segments in enumerate(parts):
        lines += ["#EXT-X-DISCONTINUITY"] if number else []
        for segment in segments:
            lines += [f"#EXTINF:{segment.seconds:.6f},", segment.file]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def _cut(parts: Sequence[ReplayPart], into: Path) -> list[list[Segment]]:
    starts_at_ms, cut = 0, []
    for part in parts:
        file = recordings_dir() / part.file
        name = str(part.pk)
        cut.append(cut_into_segments(file, into=into, name=name, starts_at_ms=starts_at_ms))
        starts_at_ms += part.length_ms
    return cut


def _show(written: Path, shown: Path) -> None:
    shown.parent.mkdir(parents=True, exist_ok=True)
    if shown.exists():
        earlier = written.with_suffix(".earlier")
        shown.rename(earlier)
        written.rename(shown)
        shutil.rmtree(earlier, ignore_errors=True)
    else:
        written.rename(shown)
