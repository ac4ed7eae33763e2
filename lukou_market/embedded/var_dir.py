"""The directory that holds all state of one checkout, and the right to use it."""

import fcntl
import hashlib
import os
import pwd
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# A Unix socket's path may have 107 bytes; the longest name we put behind it is
# "/supervisor.sock.4194304".
_LONGEST_RUN_DIR = 107 - 24


class VarDirInUseError(Exception):
    """Another living process works with the same directory."""


@dataclass(frozen=True)
class VarDir:
    """Paths below one var directory. `path` is absolute."""

    path: Path

    @property
    def log(self) -> Path:
        """Log files, one for each program."""
        return self.path / "log"

    @property
    def run(self) -> Path:
        """Sockets; in the temporary directory when the checkout's own path is too long."""
        own = self.path / "run"
        if len(os.fsencode(own)) <= _LONGEST_RUN_DIR:
            return own
        name = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"lukou-{os.geteuid()}-{name}"

    def create(self) -> None:
        """Create the directories. Raises PermissionError when `run` belongs to a stranger."""
        self.log.mkdir(parents=True, exist_ok=True)
        self.run.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.run.is_symlink() or self.run.stat().st_uid not in _trusted_owners():
            raise PermissionError(f"{self.run} belongs to another user")


def default_var_dir() -> VarDir:
    """LUKOU_VAR, or `var` in the checkout."""
    checkout = Path(__file__).resolve().parents[2]
    return VarDir(Path(os.environ.get("LUKOU_VAR") or checkout / "var").resolve())


@contextmanager
def sole_use(var: VarDir) -> Iterator[None]:
    """Hold the directory for this process; the kernel lets go when the process dies.

    Raises VarDirInUseError when another process holds it.
    """
    var.path.mkdir(parents=True, exist_ok=True)
    with (var.path / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise VarDirInUseError(f"{var.path} is in use by process {holder}") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _trusted_owners() -> set[int]:
    if os.geteuid() != 0:
        return {os.geteuid()}
    return {0, pwd.getpwnam("nobody").pw_uid}
