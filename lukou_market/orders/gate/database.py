"""The gate's own connection to PostgreSQL: one, autocommit, every statement prepared."""

import asyncio
from collections.abc import Sequence
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from lukou_market.orders.errors import Busy
from lukou_market.orders.gate.batcher import Answer
from lukou_market.orders.place_order import PLACE, OrderRequest, answers, arguments

# One generic plan, made for index scans: plans made anew for each small batch cost a third of
# the throughput, and a plan made while the tables are empty gets slower with every order. On
# the connection, not in the function, because foreign keys are checked at commit.
_OPTIONS = {
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "lock_timeout": "1000",
    "statement_timeout": "5000",
    "timezone": settings.TIME_ZONE,
}


class Database:
    """Executes on a connection that is opened anew after it was lost."""

    def __init__(self) -> None:
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._connecting = asyncio.Lock()  # two who ask at once share one connection

    async def place(self, requests: Sequence[OrderRequest]) -> list[Answer]:
        """Answer the batch, committed. Raises Busy while PostgreSQL is away or too slow."""
        rows = await self.fetch(PLACE, arguments(requests, timezone.now()))
        return answers(rows)

    async def fetch(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of one statement in a transaction of its own. Raises Busy."""
        try:
            connection = await self._open()
            cursor = await connection.execute(query, values, prepare=True, binary=True)
            return await cursor.fetchall()
        except psycopg.errors.DeadlockDetected:
            raise  # rolled back; a smaller batch will do
        except psycopg.OperationalError as error:
            raise Busy from error

    async def _open(self) -> psycopg.AsyncConnection[Any]:
        async with self._connecting:
            if self._connection is None or self._connection.closed:
                self._connection = await _connect()
            return self._connection

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            await self._connection.close()


async def _connect() -> psycopg.AsyncConnection[Any]:
    parameters = {
        name: str(value)
        for name, value in connection.get_connection_params().items()
        if isinstance(value, str | int) and name != "prepare_threshold"
    }
    options = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
    address = make_conninfo(**parameters, options=options, connect_timeout=2)
    return await psycopg.AsyncConnection.connect(address, autocommit=True, prepare_threshold=0)
