"""The audience: `python -m lukou_market.demo.replay.viewers URL COUNT SECONDS`.

COUNT visitors, each without a cookie and so each a new one, look at URL once, spread over
SECONDS, or longer where the shop takes longer. A process of its own without Django: it must not
steal time from the buyers. Prints how many were answered.
"""

import asyncio
import sys
from contextlib import suppress
from urllib.parse import urlsplit

from lukou_market.demo.replay.http import LOST, read_answer

_CONNECTIONS = 16
_PIPELINED = 8
_PATIENCE_S = 180.0
_ANSWER_WITHIN_S = 30.0


class _Audience:
    """Hands out turns so that the visitors come evenly, and counts those answered."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count, self._seconds = count, seconds
        self._started = self._now()
        self._given = 0
        self._answered_at = self._started
        self.answered = 0

    @property
    def elapsed_s(self) -> float:
        return self._now() - self._started

    def take(self) -> int:
        """How many visitors may look now, at most as many as fit one connection's pipeline."""
        due = min(self._count, int(self._count * self.elapsed_s / self._seconds) + 1)
        turns = min(_PIPELINED, due - self._given)
        self._given += turns
        return turns

    def settle(self, turns: int, answered: int) -> None:
        """Who was not answered will look again."""
        self._given -= turns - answered
        self.answered += answered
        if answered:
            self._answered_at = self._now()

    @property
    def over(self) -> bool:
        waited_s = self._now() - self._answered_at
        return self.answered >= self._count or waited_s > _PATIENCE_S

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


async def watch(url: str, count: int, seconds: float) -> int:
    """Let `count` visitors look at `url` over `seconds`; returns how many were answered."""
    audience = _Audience(count, seconds)
    async with asyncio.TaskGroup() as group:
        for _ in range(_CONNECTIONS):
            group.create_task(_connection(url, audience))
    return audience.answered


async def _connection(url: str, audience: _Audience) -> None:
    where = urlsplit(url)
    request = f"GET {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode()
    while not audience.over:
        with suppress(*LOST):
            reader, writer = await asyncio.open_connection(where.hostname, where.port or 80)
            try:
                while not audience.over:
                    await _look(reader, writer, request, audience)
            finally:
                writer.close()
        await asyncio.sleep(0.3)


async def _look(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    request: bytes,
    audience: _Audience,
) -> None:
    turns = audience.take()
    if not turns:
        await asyncio.sleep(0.05)
        return
    answered = 0
    try:
        writer.write(request * turns)
        async with asyncio.timeout(_ANSWER_WITHIN_S):
            for _ in range(turns):
                answered += (await read_answer(reader)).status == 200
    finally:
        audience.settle(turns, answered)


if __name__ == "__main__":
    print(asyncio.run(watch(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))))
