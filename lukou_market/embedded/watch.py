"""Say in one line when a supervised program died and was started again."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread
from xmlrpc.client import Fault

from lukou_market.embedded.supervisor import Status, statuses
from lukou_market.embedded.var_dir import VarDir

_INTERVAL_SECONDS = 0.5


@contextmanager
def deaths_reported(var: VarDir) -> Iterator[None]:
    """While the block runs, report deaths on stderr."""
    done = Event()
    thread = Thread(target=_watch, args=(var, statuses(var), done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def changes(before: Mapping[str, Status], after: Mapping[str, Status]) -> Iterator[tuple[str, str]]:
    """(program, what happened) for each that runs under another process id, or was given up."""
    for name, now in after.items():
        then = before.get(name, now)
        if then.pid and now.pid and now.pid != then.pid:
            yield name, f"died (process {then.pid}) and was started again (process {now.pid})"
        if now.state == "FATAL" and then.state != "FATAL":
            yield name, "does not stay up"


def remembered(before: Mapping[str, Status], after: Mapping[str, Status]) -> dict[str, Status]:
    """What to compare the next look with: between death and restart, the process that died."""
    between = {name for name, now in after.items() if not now.pid and now.state != "FATAL"}
    return {name: before.get(name, now) if name in between else now for name, now in after.items()}


def _watch(var: VarDir, known: dict[str, Status], done: Event) -> None:
    while not done.wait(_INTERVAL_SECONDS):
        try:
            now = statuses(var)
        except (OSError, Fault):
            sys.stderr.write(f"The supervisor is gone: see {var.log}/supervisord.log\n")
            return
        for name, event in changes(known, now):
            sys.stderr.write(f"{name} {event}: see {var.log}/{name}.log\n")
        known = remembered(known, now)
