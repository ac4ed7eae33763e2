"""Replace this process by a program that can neither outlive its parent nor meet its past.

    python -m lukou_market.embedded.launch PROGRAM COMMAND...

First what a killed PROGRAM left behind is ended (granian's worker processes would go on
taking connections), then the kernel is asked to stop COMMAND when the parent dies.
"""

import ctypes
import os
import signal
import sys

from lukou_market.embedded.leftovers import MARK, end_former_self, mark
from lukou_market.embedded.var_dir import VarDir, default_var_dir

_PR_SET_PDEATHSIG = 1


def command_line(program: str, command: list[str]) -> list[str]:
    """The arguments that start `command` through this module."""
    return [sys.executable, "-m", "lukou_market.embedded.launch", program, *command]


def environment(var: VarDir, program: str) -> dict[str, str]:
    """The environment for `command_line`: ours, the var directory and the program's mark."""
    return {**os.environ, "LUKOU_VAR": str(var.path), MARK: mark(var, program)}


def main() -> None:
    """Start sys.argv[2:] in place of this process."""
    program, command = sys.argv[1], sys.argv[2:]
    end_former_self(default_var_dir(), program)
    # Every program we use stops on SIGINT (PostgreSQL without waiting for its clients), unless a
    # shell started us in the background and so made us, and them, deaf to it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main()
