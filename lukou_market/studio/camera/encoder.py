"""One ffmpeg: takes what a browser recorded on its standard input, sends H.264 and AAC by RTMP."""

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from typing import Self

from lukou_market.studio.camera.destination import Destination

CONTAINERS = {"video/webm": "matroska", "video/x-matroska": "matroska", "video/mp4": "mp4"}
_FRAMES_PER_S = 24
_LAST_WORDS_S = 3.0
_WITHIN = "scale=640:640:force_original_aspect_ratio=decrease:force_divisible_by=2"
# What comes is a stranger's file: one container, known codecs, nothing opened but the pipe.
_INPUT = [
    "-protocol_whitelist", "pipe",
    "-codec_whitelist", "h264,vp8,libvpx,vp9,libvpx-vp9,av1,libdav1d,aac,opus,libopus",
    "-max_pixels", "2100000",
    "-probesize", "500000", "-analyzeduration", "1000000", "-fflags", "nobuffer",
]  # fmt: skip
# A key frame a second, because the edge cuts its fragments there; the sides of a phone held
# upright or lying stay as they are. Re-encoded always: what browsers send differs too much.
_OUTPUT = [
    "-map", "0:v:0", "-map", "0:a:0?",
    "-vf", f"fps={_FRAMES_PER_S}," + _WITHIN,
    "-g", str(_FRAMES_PER_S), "-sc_threshold", "0",
    "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "main",
    "-pix_fmt", "yuv420p", "-b:v", "900k", "-maxrate", "1100k", "-bufsize", "1100k",
    "-c:a", "aac", "-b:a", "64k", "-ar", "44100", "-ac", "1", "-af", "aresample=async=1",
    "-f", "flv", "-flvflags", "no_duration_filesize",
    "-rw_timeout", "10000000",  # microseconds: an ingest that is gone is not waited for
]  # fmt: skip
# It reads strangers' bytes, so it knows none of our secrets. The last is the supervisor's mark.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LUKOU_PROGRAM")


class EncoderGone(Exception):
    """ffmpeg has ended, or takes nothing any more."""


class Encoder:
    """A running ffmpeg."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None  # noqa: S101  # it was asked for
        self._process, self._stdin = process, process.stdin
        # Taken means taken: nothing of a chunk waits in this process.
        self._stdin.transport.set_write_buffer_limits(high=0)

    @classmethod
    async def start(cls, content_type: str, to: Destination) -> Self:
        """Start ffmpeg for one of CONTAINERS.

        The stream's name carries the key, and everybody on the machine may read command lines:
        so ffmpeg reads it, as a preset, from a pipe.
        """
        preset, said = os.pipe()
        try:
            os.write(said, f"rtmp_playpath={to.name}\n".encode())
            os.close(said)
            process = await asyncio.create_subprocess_exec(
                "ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error",
                *_INPUT, "-f", CONTAINERS[content_type], "-i", "pipe:0",
                *_OUTPUT, "-fpre", f"/dev/fd/{preset}", to.url,
                stdin=PIPE, stdout=DEVNULL, pass_fds=[preset],
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            )  # fmt: skip
        finally:
            os.close(preset)
        return cls(process)

    async def write(self, chunk: bytes, *, within_s: float) -> None:
        """Return when ffmpeg has taken the chunk. Raises EncoderGone."""
        try:
            self._stdin.write(chunk)
            async with asyncio.timeout(within_s):
                await self._stdin.drain()
        except OSError as error:  # a broken pipe, or nothing taken in time
            raise EncoderGone from error

    async def wait(self) -> None:
        """Return when ffmpeg has ended."""
        await self._process.wait()

    async def stop(self) -> None:
        """Let ffmpeg send what it has, for a moment; then it is killed."""
        self._stdin.close()
        try:
            async with asyncio.timeout(_LAST_WORDS_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
