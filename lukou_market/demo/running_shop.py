"""Bring the whole shop up on this machine, and down again."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO
from urllib.request import urlopen

from lukou_market.demo.programs import SHOP, needs_stand_in, shop, stand_in
from lukou_market.embedded import base
from lukou_market.embedded.leftovers import end_leftovers
from lukou_market.embedded.local_env import port_of, write_local_env
from lukou_market.embedded.supervisor import start, supervised
from lukou_market.embedded.var_dir import VarDir, sole_use
from lukou_market.embedded.watch import deaths_reported

_MANAGE = str(Path(__file__).resolve().parents[2] / "manage.py")
_FORGOTTEN = ("postgres", "stripe", "beat-schedule")


class DemoError(Exception):
    """One sentence for the person at the terminal; `code` is the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


@contextmanager
def running_shop(var: VarDir, *, port: int | None, fresh: bool) -> Iterator[str]:
    """Start everything in order, yield the shop's address, stop everything in reverse.

    `fresh` forgets all data first. Raises DemoError and what the embedded services raise.
    """
    with ExitStack() as stack:
        stack.enter_context(sole_use(var))
        if ended := end_leftovers(var):
            say(f"Ended what an earlier run left behind ({ended} processes).")
        if fresh:
            _forget(var)
        var.create()
        with_stand_in = needs_stand_in(os.environ)
        values = write_local_env(var, port=port, stand_in=with_stand_in)
        web = port_of(values["PUBLIC_BASE_URL"])
        programs = [*base.base_programs(var, os.environ), *shop(var, port=web)]
        if with_stand_in:
            programs.append(stand_in(var, values))
        say("Starting PostgreSQL, Redis and the stand-in for Stripe …")
        stack.enter_context(supervised(var, programs))
        stack.enter_context(deaths_reported(var))
        base.wait_ready(var, os.environ)
        _prepare(var)
        if with_stand_in:
            _step(var, "Selling and closing last month", "seed_last_month")
        start(var, *SHOP)
        _wait_for_web(var, f"http://127.0.0.1:{web}/healthz")
        yield os.environ.get("PUBLIC_BASE_URL", values["PUBLIC_BASE_URL"])


def _forget(var: VarDir) -> None:
    if "DATABASE_URL" in os.environ:
        raise DemoError("--fresh empties the embedded database only, but DATABASE_URL is set.")
    for name in _FORGOTTEN:
        path = var.path / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _prepare(var: VarDir) -> None:
    _step(var, "Creating the tables", "migrate", "--no-input")
    _step(var, "Collecting the static files", "collectstatic", "--no-input", "--verbosity=0")
    _step(var, "Settling the sample district", "seed_demo")


def manage(var: VarDir, *command: str, output: TextIO | None = None) -> int:
    """Run a management command and return its exit code."""
    done = subprocess.run(
        [sys.executable, _MANAGE, *command],
        stdout=output,
        stderr=output,
        env={**os.environ, "LUKOU_VAR": str(var.path)},
        check=False,
    )
    return done.returncode


def say(sentence: str) -> None:
    """One line on stdout, at once."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _step(var: VarDir, title: str, *command: str) -> None:
    say(f"{title} …")
    log = var.log / f"{command[0]}.log"
    with log.open("w") as output:
        if manage(var, *command, output=output):
            raise DemoError(f"{title} failed: see {log}.")


def _wait_for_web(var: VarDir, url: str) -> None:
    say("Opening the shop …")
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    raise DemoError(f"The web server does not answer at {url}: see {var.log}/web.log.")
