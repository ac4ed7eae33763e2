"""The one module that runs ffmpeg: how long a recording is, and its cutting into HLS.

Each call has a time limit and reads a file to its end, so it takes what can be read of one that
broke off. Called inside a transaction it raises RuntimeError: no lock may wait for a disk.
"""

import re
import subprocess
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.db import connection, transaction

_LIMIT_S = 1200
_SEGMENT_S = 4
_STREAMS = "-map 0:v:0? -map 0:a:0?"
_PLAYED = {"video": ("h264", "libx264"), "audio": ("aac", "aac")}
"""What every phone plays: by kind of stream, the codec and ffmpeg's encoder for it."""


class MediaUnreadableError(Exception):
    """ffmpeg makes nothing of the file."""


class MediaToolsAwayError(Exception):
    """ffmpeg is not installed, or has not come to an end in time: try again later."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A file of a few seconds."""

    file: str
    seconds: float


def length_ms(file: Path) -> int:
    """How long what can be read of the recording is; 0 for none. Raises the errors above.

    Not what its head says: the head of a recording that broke off says nothing, or too much.
    """
    to_the_end = f"{_STREAMS} -c copy -f null -"
    told = _run("ffmpeg -nostdin -v error -nostats -progress pipe:1 -i", file, to_the_end)
    reached = [int(number) for number in re.findall(r"^out_time_us=(\d+)$", told, re.MULTILINE)]
    return max(reached, default=0) // 1000


def cut_into_segments(file: Path, *, into: Path, name: str, starts_at_ms: int) -> list[Segment]:
    """Write the recording as segments "<name>-….ts" whose clock starts at `starts_at_ms`.

    Nothing is encoded again that phones play as it is. Raises the errors above.
    """
    playlist = into / f"{name}.m3u8"
    copied = f"{_STREAMS} {_codecs(file)} -output_ts_offset {starts_at_ms / 1000:.3f}"
    cut = f"{copied} -f hls -hls_time {_SEGMENT_S} -hls_playlist_type vod -hls_segment_filename"
    _run("ffmpeg -nostdin -v error -i", file, cut, into / f"{name}-%05d.ts", playlist)
    listed = re.findall(r"^#EXTINF:([\d.]+),\s+(\S+)$", playlist.read_text(), re.MULTILINE)
    playlist.unlink()
    return [Segment(segment, float(seconds)) for seconds, segment in listed]


def _codecs(file: Path) -> str:
    """ffmpeg's options: copy what is played as it is, encode what is not."""
    told = _run("ffprobe -v error -of csv=p=0 -show_entries stream=codec_type,codec_name", file)
    chosen = [
        f"-c:{kind[0]} {'copy' if f'{played},{kind}' in told else encoder}"
        for kind, (played, encoder) in _PLAYED.items()
    ]
    return " ".join(chosen)


def _run(*words: str | Path) -> str:
    """Run the command, its options given as texts and its files as paths; what it prints."""
    if connection.in_atomic_block:
        with transaction.atomic(durable=True):
            pass  # raises RuntimeError inside a transaction
    parts = [word.split() if isinstance(word, str) else [str(word)] for word in words]
    command = list(chain.from_iterable(parts))
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_LIMIT_S)
    except subprocess.CalledProcessError as error:
        raise MediaUnreadableError(error.stderr.strip()[-200:]) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MediaToolsAwayError(str(error)) from error
    return done.stdout
