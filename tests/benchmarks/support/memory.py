"""What a running server holds in memory."""

from pathlib import Path


def held_by(pid: int) -> int:
    """Bytes held by a process and its children, what they share counted once.

    The kernel's buffers for their connections are not among them.
    """
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(_held, [pid, *map(int, children)]))


def _held(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    [share] = [line.split() for line in lines if line.startswith("Pss:")]
    return int(share[1]) * 1024
