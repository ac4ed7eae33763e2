"""An ingest that asks nobody: nginx with its RTMP module, recording whatever is published."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.embedded.waiting import eventually
from tests.listening import free_port, listens

_MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
_CONFIGURATION = """
{user}
load_module {module};
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 64; }}
rtmp {{
    server {{
        listen 127.0.0.1:{port};
        application live {{
            live on;
            record all;
            record_path {folder};
            record_unique on;
        }}
    }}
}}
"""


@dataclass(frozen=True)
class Sink:
    """A running ingest and the folder it records to."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"rtmp://127.0.0.1:{self.port}/live"

    def recordings(self, session_id: int) -> list[Path]:
        """What was recorded of a session, first one first; each is named by its stream."""
        files = self.folder.glob(f"{session_id}-*.flv")
        return sorted(files, key=lambda file: file.stat().st_ctime_ns)

    def recorded(self, session_id: int, *, seconds: float) -> Path:
        """Wait until the session's last recording is as long; it."""

        def long_enough() -> Path | None:
            files = self.recordings(session_id)
            return files[-1] if files and seconds_of(files[-1]) >= seconds else None

        return eventually(long_enough)


def streams_of(file: Path) -> dict[str, str]:
    """Kind of stream → codec, as ffprobe finds them."""
    rows = _probe(file, "stream=codec_type,codec_name").splitlines()
    return {kind: codec for codec, kind in (row.split(",")[:2] for row in rows)}


def seconds_of(file: Path) -> float:
    """Length by the last packet's time."""
    times = _probe(file, "packet=pts_time").split()
    return max((float(time.strip(",")) for time in times), default=0)


def _probe(file: Path, entries: str) -> str:
    command = ["ffprobe", "-loglevel", "error", "-show_entries", entries, "-of", "csv=p=0"]
    done = subprocess.run([*command, str(file)], capture_output=True, check=False)
    return done.stdout.decode()


@contextmanager
def running_sink(folder: Path) -> Iterator[Sink]:
    """An ingest that takes connections."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    needed = "these tests need: apt-get install nginx libnginx-mod-rtmp ffmpeg"
    assert nginx and _MODULE.exists() and shutil.which("ffmpeg"), needed
    sink = Sink(free_port(), folder)
    user = "user root;" if os.geteuid() == 0 else ""
    text = _CONFIGURATION.format(user=user, module=_MODULE, folder=folder, port=sink.port)
    (folder / "nginx.conf").write_text(text)
    process = subprocess.Popen([nginx, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"])
    try:
        eventually(lambda: listens(sink.port))
        yield sink
    finally:
        process.terminate()
        process.wait(30)
