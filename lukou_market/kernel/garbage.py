"""Work without the garbage collector, where large batches of rows make no cycles."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_at_work = 0


@contextmanager
def no_collection() -> Iterator[None]:
    """Let the collector rest; it would walk through every row again and again and free none.

    It rests for the whole process, until the last thread is done: keep it to a second or two.
    """
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def _count(change: int) -> None:
    global _at_work
    with _lock:
        _at_work += change
        (gc.disable if _at_work else gc.enable)()
