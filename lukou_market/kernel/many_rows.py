"""Read and write rows by the ten thousand: the quick ways through Django and psycopg."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from django.db import connection
from psycopg.pq import Format

_TIMESTAMPTZ = psycopg.adapters.types["timestamptz"].oid
# Django's own asks for each moment which zone it is in; the connection's is UTC.
_MOMENTS = psycopg.adapters.get_loader(_TIMESTAMPTZ, Format.TEXT)


def read_rows(sql: str, *values: str | list[str]) -> list[tuple[Any, ...]]:
    """All rows of a query. Give many ids as `array_of`."""
    with connection.cursor() as cursor:
        cursor.adapters.register_loader("timestamptz", _MOMENTS)
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def array_of(ids: Iterable[int]) -> str:
    """Ids as PostgreSQL writes an array: psycopg would look at each element's type."""
    return f"{{{','.join(map(str, ids))}}}"


def copy_rows(sql: str, rows: Iterable[Sequence[int | str]]) -> None:
    """COPY rows without nulls; `sql` ends with the columns. A row costs a fraction of an object.

    Constraints, foreign keys and triggers hold as for INSERT.
    """
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(rows)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"{sql} FROM STDIN (FORMAT csv)") as copy,
    ):
        copy.write(text.getvalue())
