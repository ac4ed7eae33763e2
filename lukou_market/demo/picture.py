"""A generated picture with sound, sent to the ingest as a host's phone would send it."""

import asyncio
import shutil
import subprocess
from contextlib import suppress

from django.conf import settings

from lukou_market.streams.models import LiveSession
from lukou_market.streams.stream_keys import stream_name

_AGAIN_AFTER_S = 2.0
_FRAMES_PER_S, _SIZE = 20, "640x360"  # and a key frame each second


class Phone:
    """The phone of a session's host. Without an ingest it can be on, but shows nothing."""

    def __init__(self, session: LiveSession) -> None:
        self._session = session
        self._sending: asyncio.Task[None] | None = None

    def on(self) -> None:
        """Send from now on."""
        if settings.INGEST_URL and self._sending is None:
            self._sending = asyncio.create_task(send_picture(self._session))

    async def off(self) -> None:
        """Break off, as a phone does that has lost its network."""
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.wait([self._sending])
            self._sending = None


async def send_picture(session: LiveSession) -> None:
    """Send until cancelled; again after a moment when it breaks off or is refused."""
    name = await asyncio.to_thread(stream_name, session)
    command = _command(f"{settings.INGEST_URL}/{name}", session.title)
    while True:
        nothing = asyncio.subprocess.DEVNULL  # its words would show the key
        ffmpeg = await asyncio.create_subprocess_exec(*command, stdout=nothing, stderr=nothing)
        try:
            await ffmpeg.wait()
        finally:
            with suppress(ProcessLookupError):
                ffmpeg.kill()
        await asyncio.sleep(_AGAIN_AFTER_S)


def _command(url: str, title: str) -> list[str]:
    picture = f"gradients=size={_SIZE}:rate={_FRAMES_PER_S}:nb_colors=3:speed=0.02"
    picture += ":c0=0x1f7a4d:c1=0xe8b04a:c2=0xd9534f:seed=628" + _words(title)
    sound = "sine=frequency=220:beep_factor=4:sample_rate=44100,volume=0.05"
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-threads", "1"]
    video += ["-pix_fmt", "yuv420p", "-g", str(_FRAMES_PER_S), "-b:v", "600k", "-maxrate", "900k"]
    video += ["-bufsize", "900k"]
    audio = ["-c:a", "aac", "-b:a", "48k"]
    sources = ["-re", "-f", "lavfi", "-i", picture, "-re", "-f", "lavfi", "-i", sound]
    quiet = ["ffmpeg", "-nostdin", "-loglevel", "quiet"]
    return [*quiet, *sources, *video, *audio, "-f", "flv", url]


def _words(title: str) -> str:
    """A clock, and the title where a font has its characters; nothing where there is no font."""
    font, text = _font(":lang=zh"), "%{localtime\\:%T}"
    if font:
        text = f"{_plain(title)}  {text}"
    else:
        font = _font(":lang=en")
    if not font:
        return ""
    box = "fontsize=34:fontcolor=white:box=1:boxcolor=black@0.4:boxborderw=10"
    return f",drawtext=fontfile={font}:text='{text}':{box}:x=(w-text_w)/2:y=h-70"


def _plain(title: str) -> str:
    """Letters and digits only: all else may mean something to ffmpeg."""
    return "".join(letter if letter.isalnum() else " " for letter in title)


def _font(pattern: str) -> str:
    """A font's file, or nothing."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return ""
    listed = subprocess.run([fc_list, pattern, "file"], capture_output=True, text=True, check=False)
    files = [line.strip().rstrip(":") for line in listed.stdout.splitlines()]
    return next((file for file in sorted(files) if file.replace("/", "").isprintable()), "")
