"""What a page costs: the time it held a processor, here and in PostgreSQL, and its queries."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_VISITS, _LONG_MS = 3, 1_000


@contextmanager
def as_many_rows(client: Client, page: str) -> Iterator[None]:
    """Lists are as long as this book fills them: what a longer one costs is not the book's."""
    listed = (client.get(page).context or {}).get("cl")
    if listed is None:
        yield
        return
    model_admin = listed.model_admin
    usual = model_admin.list_per_page
    model_admin.list_per_page = max(len(listed.result_list), 1)
    try:
        yield
    finally:
        model_admin.list_per_page = usual


def best_ms(client: Client, page: str, visits: int = _VISITS) -> float:
    """Of some visits the cheapest, after one to warm up; of a page that takes long, of two."""
    best = first = cost_ms(client, page)
    for _ in range(1 if first > _LONG_MS else visits):
        best = min(best, cost_ms(client, page))
    return round(best, 1)


def cost_ms(client: Client, page: str) -> float:
    """CPU of one visit. The connection must have no parallel workers: theirs is not seen."""
    assert connection.connection is not None
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    before_ns = time.process_time_ns() + int(backend.read_text().split()[0])
    answer = client.get(page)
    after_ns = time.process_time_ns() + int(backend.read_text().split()[0])
    assert answer.status_code == 200, f"{page}: {answer.status_code}"
    return (after_ns - before_ns) / 1_000_000


def queries_of(client: Client, page: str) -> int:
    """How often it asks the database."""
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    return len(captured)
