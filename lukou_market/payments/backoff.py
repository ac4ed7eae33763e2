"""How long to wait before the next attempt."""

from datetime import timedelta

_LONGEST = timedelta(hours=1)


def wait_after(attempts: int, *, first: timedelta) -> timedelta:
    """`first` after one attempt, twice that after two, and so on up to an hour."""
    return min(first * (1 << min(attempts - 1, 12)), _LONGEST)
