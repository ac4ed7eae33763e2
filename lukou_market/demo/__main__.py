"""`python -m lukou_market.demo`: the whole shop on this machine, with the Puwan replay.

The last line on stdout with --once is the replay's JSON object; its exit code is ours.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from types import FrameType
from xmlrpc.client import Fault

from lukou_market.demo.running_shop import DemoError, manage, running_shop, say
from lukou_market.embedded.local_env import PortTakenError
from lukou_market.embedded.supervisor import SupervisorError, statuses
from lukou_market.embedded.var_dir import VarDir, VarDirInUseError, default_var_dir

# Parcels that arrive while somebody watches; without a word of their buyers they are received.
_MOVING = {"CARRIER_ASK_EVERY_SECONDS": "10", "RECEIPT_AFTER_DELIVERY_HOURS": "0"}
_STEP_S, _HURRIED_STEP_S = 60, 3
_HURRIED = {
    "RESERVATION_SECONDS": "20",
    "SIGN_IN_CODES_PER_HOUR_PER_ADDRESS": "100000",
    # A web server that dies goes on counting for a moment without sending anything.
    "SIGN_IN_CODES_PER_HOUR_PER_PHONE": "100",
}
_CANT_START = (VarDirInUseError, PortTakenError, SupervisorError, TimeoutError, PermissionError)


class InterruptedDemo(BaseException):
    """Ctrl-C or SIGTERM. Not an Exception: nobody may swallow it."""


def main() -> None:
    """Run the demonstration; exits 0 when everything worked, also after Ctrl-C."""
    options = _options()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    var = default_var_dir()
    for name, value in _MOVING.items():
        os.environ.setdefault(name, value)
    try:
        shop = partial(running_shop, var, port=options.port, edge_wanted=not options.without_edge)
        with _hurried(), shop(fresh=options.fresh, step_s=_HURRIED_STEP_S):
            _replay(var, options.viewers)
        if not options.once:
            _stay_open(var, shop)
    except DemoError as error:
        _fail(str(error), error.code)
    except _CANT_START as error:
        _fail(f"The demo can't start: {error}.", 1)
    except subprocess.CalledProcessError:
        _fail(f"Creating the database failed: see {var.log}/initdb.log.", 1)
    except InterruptedDemo:
        _fail("Stopped.", 130 if options.once else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy/demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the books are proved")
    parser.add_argument("--port", type=int, help="of the web server; default: first free from 8000")
    parser.add_argument("--fresh", action="store_true", help="forget all data first")
    parser.add_argument("--viewers", type=int, help="how many people look into the replay")
    edge = parser.add_mutually_exclusive_group()
    edge.add_argument(
        "--with-edge", action="store_true", help="install what the edge lacks, as root on Debian"
    )
    edge.add_argument("--without-edge", action="store_true", help="no video, and rooms that poll")
    return parser.parse_args()


@contextmanager
def _hurried() -> Iterator[None]:
    """Settings for the replay: three hours in a minute, a thousand buyers at one address."""
    given = dict(os.environ)
    os.environ.update(_HURRIED)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(given)


def _stay_open(var: VarDir, shop: Callable[..., AbstractContextManager[str]]) -> None:
    """Serve people, who need longer to pay than the replay's buyers."""
    say("Opening the shop again, with a quarter of an hour to pay …")
    with shop(fresh=False, step_s=_STEP_S) as base_url:
        say(f"The shop is open at {base_url} . Ctrl-C ends it.")
        _wait_for_the_end(var)


def _replay(var: VarDir, viewers: int | None) -> None:
    arguments = [] if viewers is None else ["--viewers", str(viewers)]
    if code := manage(var, "replay_puwan", *arguments):
        raise DemoError(f"The replay ended with code {code}: see above and {var.log}.", abs(code))


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
    raise InterruptedDemo


def _fail(sentence: str, code: int) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
