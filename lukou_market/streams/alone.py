"""Let one process at a time do something."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(lock: int) -> Iterator[bool]:
    """Whether nobody else holds the lock; if so, nobody else does while the block runs.

    PostgreSQL lets the lock go with the connection, so a process that dies never keeps it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        [(nobody_else,)] = cursor.fetchall()
    try:
        yield nobody_else
    finally:
        if nobody_else and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
