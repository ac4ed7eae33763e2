"""A Celery worker with its clock as their own process, on the database of the test."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.app_role import application_environment


@contextmanager
def running_worker(folder: Path, environ: Mapping[str, str]) -> Iterator[None]:
    """A worker that is on its way up: what is due waits for it. Its log is in `folder`."""
    command = [sys.executable, "-m", "celery", "-A", "lukou_market", "worker", "--beat"]
    command += ["-P", "threads", "-c", "2", "--schedule", str(folder / "beat")]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    with (folder / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env=application_environment() | dict(environ),
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            process.terminate()  # it ends what it has begun
            process.wait(60)
