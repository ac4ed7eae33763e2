"""Small recordings as the edge would have left them."""

import os
import re
import subprocess
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile


def record(
    file: Path, *, began: datetime, seconds: int = 1, size: str = "64x48", audio: str = "aac"
) -> Path:
    """A generated picture with a tone, written until `began` + `seconds`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_generated(seconds, size, audio))
    written = (began + timedelta(seconds=seconds)).timestamp()
    os.utime(file, (written, written))
    return file


def length_s(video: Path) -> float:
    """How long a player takes the file or playlist to be."""
    return float(probe(video, "-show_entries format=duration")[0])


def frames(video: Path) -> int:
    """How many pictures can be decoded of the file or playlist."""
    count = "-count_frames -select_streams v:0 -show_entries stream=nb_read_frames"
    return int(probe(video, count)[0])


def probe(video: Path, asked: str) -> list[str]:
    """What ffprobe answers, field by field."""
    command = ["ffprobe", *f"-v error -of csv=p=0 {asked}".split(), str(video)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return [field for field in re.split(r"[,\s]+", answer.stdout) if field]


@cache
def _generated(seconds: int, size: str, audio: str) -> bytes:
    source = f"-f lavfi -i testsrc=size={size}:rate=10 -f lavfi -i sine -t {seconds}"
    coded = f"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 10 -c:a {audio} -ar 44100"
    with NamedTemporaryFile(suffix=".flv") as file:
        command = ["ffmpeg", *f"-v error -y {source} {coded}".split(), file.name]
        subprocess.run(command, check=True, timeout=60)
        return Path(file.name).read_bytes()
