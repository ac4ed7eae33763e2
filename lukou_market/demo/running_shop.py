"""Bring the whole shop up on this machine, and down again."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TextIO
from urllib.request import urlopen

from lukou_market.demo.programs import (
    MANAGE,
    carrier,
    local_edge,
    needs_carrier,
    needs_stand_in,
    rooms,
    shop,
    stand_in,
)
from lukou_market.embedded import base
from lukou_market.embedded.edge import SERVERS, missing_directory, missing_packages, prepare
from lukou_market.embedded.leftovers import end_leftovers
from lukou_market.embedded.local_env import port_of, write_local_env
from lukou_market.embedded.supervisor import Program, start, supervised
from lukou_market.embedded.var_dir import VarDir, sole_use
from lukou_market.embedded.watch import deaths_reported

_FORGOTTEN = ("postgres", "stripe", "carrier", "beat-schedule", "edge", "media", "private")


class DemoError(Exception):
    """One sentence for the person at the terminal; `code` is the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


@contextmanager
def running_shop(
    var: VarDir, *, port: int | None, fresh: bool, step_s: int, edge_wanted: bool = True
) -> Iterator[str]:
    """Start everything in order, yield the shop's address, stop everything in reverse.

    `fresh` forgets all data first; parcels take a step every `step_s` seconds. Raises DemoError
    and what the embedded services raise.
    """
    with ExitStack() as stack:
        stack.enter_context(sole_use(var))
        if ended := end_leftovers(var):
            say(f"Ended what an earlier run left behind ({ended} processes).")
        if fresh:
            _forget(var)
        var.create()
        with_stand_in, with_edge = needs_stand_in(os.environ), edge_wanted and _has_edge()
        with_carrier = needs_carrier(os.environ)
        values = write_local_env(
            var, port=port, stand_in=with_stand_in, carrier=with_carrier, edge=with_edge
        )
        programs = _shop(var, values, with_edge=with_edge)
        servers = base.base_programs(var, os.environ)
        if with_stand_in:
            servers.append(stand_in(var, values))
        if with_carrier:
            servers.append(carrier(var, values, step_s=step_s))
        say("Starting PostgreSQL, Redis and the stand-ins for Stripe and the carrier …")
        stack.enter_context(supervised(var, [*servers, *programs]))
        stack.enter_context(deaths_reported(var))
        base.wait_ready(var, os.environ)
        _prepare(var)
        if with_stand_in:
            _step(var, "Selling and closing last month", "seed_last_month")
        start(var, *(program.name for program in programs))
        _wait_for_web(var, f"http://127.0.0.1:{port_of(values['PUBLIC_BASE_URL'])}")
        yield os.environ.get("PUBLIC_BASE_URL", values["PUBLIC_BASE_URL"])


def _has_edge() -> bool:
    """Whether to start one; why not is said."""
    if "EDGE_URL" in os.environ:
        return False  # there is one already
    if missing := missing_packages():
        say(
            f"No video: {', '.join(missing)} missing. As root on Debian, --with-edge installs them."
        )
    elif directory := missing_directory():
        say(f"No video: nginx needs {directory} to start. As root: mkdir {directory}")
        return False
    return not missing


def _shop(var: VarDir, values: dict[str, str], *, with_edge: bool) -> list[Program]:
    if not with_edge:
        return shop(var, port=port_of(values["PUBLIC_BASE_URL"]))
    edge = local_edge(var, values)
    for server in SERVERS:
        prepare(edge, server)
    return [*shop(var, port=None), *rooms(edge)]


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
        [sys.executable, str(MANAGE), *command],
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
    deadline = time.monotonic() + 180
    for path in ("/gate/healthz", "/healthz"):
        while not _answers(url + path):
            if time.monotonic() > deadline:
                raise DemoError(f"The shop does not answer at {url}: see {var.log}/web.log.")
            time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):  # noqa: S310
            return True
    except OSError:
        return False
