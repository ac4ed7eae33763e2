"""Processes of a var directory that outlived their parent: find them, end them.

Every program we start carries a mark in its environment: the var directory and its own name.
Process ids on disk would lie after a reboot; the mark cannot belong to a stranger.
"""

import os
from collections.abc import Iterator

import psutil

from lukou_market.embedded.var_dir import VarDir

MARK = "LUKOU_PROGRAM"
# These write their process titles over their environment. The directory they work in stays, and
# is no other program's: its place in the var directory, and who works there.
_HOMES = {
    "postgres": ("postgres", {"postgres"}),
    "edge": ("edge/edge", {"nginx"}),
    "ingest": ("edge/ingest", {"nginx", "ffmpeg"}),
}
_SUPERVISOR_STOPS_IN_SECONDS = 45.0


def mark(var: VarDir, program: str) -> str:
    """The value of the environment variable MARK for one program."""
    return f"{var.path}:{program}"


def end_leftovers(var: VarDir) -> int:
    """End everything that still runs for `var`; returns how many processes there were.

    A supervisor is asked first, because it stops its children in order.
    """
    supervisors = list(_marked(mark(var, "supervisor")))
    for process in supervisors:
        process.terminate()
    psutil.wait_procs(supervisors, timeout=_SUPERVISOR_STOPS_IN_SECONDS)
    rest = [*_marked(mark(var, "")), *_at_home(var, *_HOMES)]
    _kill(rest)
    return len(supervisors) + len(rest)


def end_former_self(var: VarDir, program: str) -> None:
    """Kill what an earlier, killed `program` left running, except the calling process."""
    orphans = [process for process in _marked(mark(var, program)) if process.pid != os.getpid()]
    if program in _HOMES:
        orphans += [process for process in _at_home(var, program) if process.pid != os.getpid()]
    _kill(orphans)


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        if process.is_running():
            process.kill()
    psutil.wait_procs(processes, timeout=10)


def _marked(prefix: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter(["environ"]):
        if ((process.info["environ"] or {}).get(MARK, "")).startswith(prefix):
            yield process


def _at_home(var: VarDir, *programs: str) -> Iterator[psutil.Process]:
    homes = {str(var.path / home): names for home, names in map(_HOMES.__getitem__, programs)}
    for process in psutil.process_iter(["name", "cwd"]):
        if process.info["name"] in homes.get(process.info["cwd"], ()):
            yield process
