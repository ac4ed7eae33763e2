"""A camera whose frames carry the moment they were captured, as a row of black and white blocks."""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH, HEIGHT, RATE = 640, 360, 25
BITS, BLOCK, ROWS = 40, 16, 40
_GREY = bytes([110]) * (WIDTH * (HEIGHT - ROWS))


@contextmanager
def stamped_camera(url: str) -> Iterator[None]:
    """Send to the ingest, as a host's phone does, until the block is left."""
    picture = ["-f", "rawvideo", "-pixel_format", "gray", "-video_size", f"{WIDTH}x{HEIGHT}"]
    picture += ["-framerate", str(RATE), "-i", "-"]
    # Chromium waits for the sound that nginx-rtmp's lists promise.
    sound = ["-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100"]
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", str(RATE)]
    video += ["-pix_fmt", "yuv420p", "-b:v", "800k", "-threads", "1"]
    audio = ["-c:a", "aac", "-b:a", "64k"]
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", *sound, "-probesize", "32", *picture]
    command += [*video, *audio, "-f", "flv", url]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    over = threading.Event()
    thread = threading.Thread(target=_film, args=(process, over))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        process.kill()
        process.wait(30)


def _film(process: subprocess.Popen[bytes], over: threading.Event) -> None:
    assert process.stdin is not None
    due = time.monotonic()
    while not over.wait(max(0.0, due - time.monotonic())):
        due += 1 / RATE
        try:
            process.stdin.write(_frame(time.time_ns() // 1_000_000))
            process.stdin.flush()
        except BrokenPipeError:
            return  # refused; whoever waits for the picture says so


def _frame(at_ms: int) -> bytes:
    """32 bits of the time in milliseconds and their sum, so that a blurred one is noticed."""
    stamp = (at_ms & 0xFFFFFFFF).to_bytes(4, "big")
    bits = int.from_bytes(stamp + bytes([sum(stamp) & 0xFF]), "big")
    row = b"".join(
        bytes([235 if bits >> (BITS - 1 - place) & 1 else 16]) * BLOCK for place in range(BITS)
    )
    return row * ROWS + _GREY
