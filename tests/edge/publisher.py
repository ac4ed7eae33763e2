"""A host's phone: ffmpeg sends a generated picture with sound to the ingest."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def publisher(url: str, *, seconds: int = 600) -> Iterator[subprocess.Popen[bytes]]:
    """Send to `url` (ingest address, a slash, the stream's name) until the block is left.

    The process ends by itself when it is refused.
    """
    picture = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25"]
    sound = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100"]
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "25"]
    video += ["-pix_fmt", "yuv420p", "-b:v", "500k", "-threads", "1"]
    audio = ["-c:a", "aac", "-b:a", "64k"]
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-re", *picture, "-re", *sound]
    command += ["-t", str(seconds), *video, *audio, "-f", "flv", url]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait(30)
