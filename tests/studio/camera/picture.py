"""What a browser's recorder would give: some seconds of picture and sound, cut into chunks."""

import subprocess

CHUNK_BYTES = 20_000
_PICTURE = ["-f", "lavfi", "-i", "testsrc=size=640x360:rate=24"]
_SOUND = ["-f", "lavfi", "-i", "sine=440"]
_WEBM = [
    "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "500k", "-g", "24",
    "-c:a", "libopus", "-f", "webm", "-live", "1",
]  # fmt: skip
# One fragment for each second, after a head that knows of none, as Safari's are.
_MP4 = [
    "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "500k", "-g", "24",
    "-c:a", "aac", "-f", "mp4", "-movflags", "frag_keyframe+empty_moov+default_base_moof",
]  # fmt: skip


def recording(seconds: int = 3) -> list[bytes]:
    """As Chromium's MediaRecorder writes it."""
    return _chunks([*_PICTURE, *_SOUND, *_WEBM], seconds)


def safari_recording(seconds: int = 3) -> list[bytes]:
    """As that of iOS Safari writes it: fragmented MP4."""
    return _chunks([*_PICTURE, *_SOUND, *_MP4], seconds)


def _chunks(recorder: list[str], seconds: int) -> list[bytes]:
    command = ["ffmpeg", "-loglevel", "error", *recorder, "-t", str(seconds), "pipe:1"]
    whole = subprocess.run(command, capture_output=True, check=True).stdout
    return [whole[at : at + CHUNK_BYTES] for at in range(0, len(whole), CHUNK_BYTES)]
