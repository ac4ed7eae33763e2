"""Very many viewers of one room, from C: built here, with the system's compiler."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_SOURCE = Path(__file__).with_name("viewers.c")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the viewers saw. `received` counts each event once for each viewer."""

    viewers: int
    events: int
    received: int
    doubled: int
    closed: int
    latency_ms: dict[int, int]

    @property
    def lost(self) -> int:
        """Events that did not reach a viewer, over all viewers."""
        return self.events * self.viewers - self.received

    def percentile_ms(self, hundredth: int) -> int:
        """Milliseconds within which this share of all events had arrived."""
        wanted, seen = self.received * hundredth / 100, 0
        for late_ms, count in sorted(self.latency_ms.items()):
            seen += count
            if seen >= wanted:
                return late_ms
        return 0


class Viewers:
    """A crowd that listens until `leave`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.count = int(self._line("READY")[0])

    def leave(self) -> Heard:
        """Wait for what is still under way, then go."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        events, received, doubled, closed = map(int, self._line("RESULT"))
        pairs = (pair.split(":") for pair in self._line("LATENCY"))
        latency = {int(late_ms): int(count) for late_ms, count in pairs}
        return Heard(self.count, events, received, doubled, closed, latency)

    def _line(self, name: str) -> list[str]:
        assert self._process.stdout is not None
        first, *rest = self._process.stdout.readline().split() or [""]
        if first != name:
            raise RuntimeError(f"the viewers said {first!r} instead of {name}")
        return rest


@contextmanager
def viewers_of(url: str, count: int, *, processes: int, var: Path) -> Iterator[Viewers]:
    """`count` viewers of the EventSource `url`; all have been let in when the block begins."""
    parts = urlsplit(url)
    where = [str(parts.hostname), str(parts.port), parts.path]
    process = subprocess.Popen(
        [_built(var), *where, str(count), str(processes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Viewers(process)
    finally:
        process.kill()
        process.wait(30)


def _built(var: Path) -> str:
    compiler = shutil.which("cc")
    if compiler is None:
        sys.exit("The benchmark's viewers are built from C (apt-get install gcc libc6-dev).")
    program = var / "viewers"
    subprocess.run([compiler, "-O2", "-o", str(program), str(_SOURCE)], check=True)
    return str(program)
