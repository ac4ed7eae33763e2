"""`python -m lukou_market.demo`: the whole shop on this machine, with the Puwan replay.

The last line on stdout with --once is the replay's JSON object; its exit code is ours.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from urllib.request import urlopen
from xmlrpc.client import Fault

from lukou_market.demo.programs import SHOP, needs_stand_in, shop, stand_in
from lukou_market.embedded import base
from lukou_market.embedded.leftovers import end_leftovers
from lukou_market.embedded.local_env import PortTakenError, port_of, write_local_env
from lukou_market.embedded.supervisor import SupervisorError, start, statuses, supervised
from lukou_market.embedded.var_dir import VarDir, VarDirInUseError, default_var_dir, sole_use
from lukou_market.embedded.watch import deaths_reported

_MANAGE = str(Path(__file__).resolve().parents[2] / "manage.py")
_FRESH = ("postgres", "stripe", "beat-schedule")


class DemoError(Exception):
    """One sentence for the person at the terminal; `code` is the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


class Interrupted(BaseException):
    """Ctrl-C or SIGTERM. Not an Exception: nobody may swallow it."""


def main() -> None:
    """Run the demonstration; exits 0 when everything worked, also after Ctrl-C."""
    options = _options()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    var = default_var_dir()
    try:
        with _shop_running(var, options) as base_url:
            _replay(var, options)
            if not options.once:
                _say(f"The shop is open at {base_url} . Ctrl-C ends it.")
                _wait_for_the_end(var)
    except DemoError as error:
        _fail(str(error), error.code)
    except (
        VarDirInUseError,
        PortTakenError,
        SupervisorError,
        TimeoutError,
        PermissionError,
    ) as error:
        _fail(f"The demo can't start: {error}.", 1)
    except subprocess.CalledProcessError:
        _fail(f"Creating the database failed: see {var.log}/initdb.log.", 1)
    except Interrupted:
        _fail("Stopped.", 0 if not options.once else 130)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy/demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the books are proved")
    parser.add_argument("--port", type=int, help="of the web server; default: first free from 8000")
    parser.add_argument("--fresh", action="store_true", help="forget all data first")
    parser.add_argument("--viewers", type=int, help="how many buyers watch the replay")
    return parser.parse_args()


@contextmanager
def _shop_running(var: VarDir, options: argparse.Namespace) -> Iterator[str]:
    """Start everything in order, yield the shop's address, stop everything in reverse."""
    with ExitStack() as stack:
        stack.enter_context(sole_use(var))
        if ended := end_leftovers(var):
            _say(f"Ended {ended} processes that an earlier run left behind.")
        if options.fresh:
            _forget(var)
        var.create()
        with_stand_in = needs_stand_in(os.environ)
        values = write_local_env(var, port=options.port, stand_in=with_stand_in)
        port = port_of(values["PUBLIC_BASE_URL"])
        programs = [*base.base_programs(var, os.environ), *shop(var, port=port)]
        if with_stand_in:
            programs.append(stand_in(var, values))
        _say("Starting PostgreSQL, Redis and the stand-in for Stripe …")
        stack.enter_context(supervised(var, programs))
        stack.enter_context(deaths_reported(var))
        base.wait_ready(var, os.environ)
        _prepare(var)
        start(var, *SHOP)
        _wait_for_web(var, f"http://127.0.0.1:{port}/healthz")
        yield os.environ.get("PUBLIC_BASE_URL", values["PUBLIC_BASE_URL"])


def _forget(var: VarDir) -> None:
    if "DATABASE_URL" in os.environ:
        raise DemoError("--fresh empties the embedded database only, but DATABASE_URL is set.")
    for name in _FRESH:
        path = var.path / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _prepare(var: VarDir) -> None:
    _manage(var, "Creating the tables", "migrate", "--no-input")
    _manage(var, "Collecting the static files", "collectstatic", "--no-input", "--verbosity=0")
    _manage(var, "Settling the sample district", "seed_demo")


def _manage(var: VarDir, title: str, *command: str) -> None:
    _say(f"{title} …")
    log = var.log / f"{command[0]}.log"
    with log.open("w") as output:
        done = subprocess.run(
            [sys.executable, _MANAGE, *command],
            stdout=output,
            stderr=output,
            env={**os.environ, "LUKOU_VAR": str(var.path)},
            check=False,
        )
    if done.returncode:
        raise DemoError(f"{title} failed: see {log}.")


def _wait_for_web(var: VarDir, url: str) -> None:
    _say("Opening the shop …")
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    raise DemoError(f"The web server does not answer at {url}: see {var.log}/web.log.")


def _replay(var: VarDir, options: argparse.Namespace) -> None:
    arguments = [] if options.viewers is None else ["--viewers", str(options.viewers)]
    sys.stdout.flush()
    done = subprocess.run(
        [sys.executable, _MANAGE, "replay_puwan", *arguments],
        env={**os.environ, "LUKOU_VAR": str(var.path)},
        check=False,
    )
    if done.returncode:
        raise DemoError(
            f"The replay ended with code {done.returncode}: see above and {var.log}.",
            done.returncode if done.returncode > 0 else 1,
        )


def _wait_for_the_end(var: VarDir) -> None:
    while True:
        time.sleep(1)
        try:
            statuses(var)
        except (OSError, Fault):
            raise DemoError(f"The supervisor is gone: see {var.log}/supervisord.log.") from None


def _interrupt(number: int, frame: FrameType | None) -> None:
    for again in (signal.SIGINT, signal.SIGTERM):
        signal.signal(again, signal.SIG_IGN)  # stopping in order takes a moment; once is enough
    raise Interrupted


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _fail(sentence: str, code: int) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
