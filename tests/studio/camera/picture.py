"""What a browser's recorder would give: a WebM of some seconds, cut into chunks."""

import subprocess

CHUNK_BYTES = 20_000


def recording(seconds: int = 3) -> list[bytes]:
    """Picture and sound as MediaRecorder writes them, in chunks."""
    command = [
        "ffmpeg", "-loglevel", "error",
        "-f", "lavfi", "-i", "testsrc=size=640x360:rate=24", "-f", "lavfi", "-i", "sine=440",
        "-t", str(seconds), "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8",
        "-b:v", "500k", "-g", "24", "-c:a", "libopus", "-f", "webm", "-live", "1", "pipe:1",
    ]  # fmt: skip
    whole = subprocess.run(command, capture_output=True, check=True).stdout
    return [whole[at : at + CHUNK_BYTES] for at in range(0, len(whole), CHUNK_BYTES)]
