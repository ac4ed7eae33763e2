"""A small HTTP/1.1 client for one origin: keep-alive connections, and patience."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_ANSWER_WITHIN_S = 30.0
_LONGEST_WAIT_S = 5.0

# What a killed server, a full backlog or a half-sent answer looks like from here.
LOST = (OSError, EOFError, asyncio.TimeoutError, ValueError)


class UnansweredError(Exception):
    """The shop gave no answer within a caller's patience."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers by lower-case name, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The parsed body."""
        return json.loads(self.body)


@dataclass(slots=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def exchange(self, request: bytes) -> Answer:
        self.writer.write(request)
        return await read_answer(self.reader)


class Client:
    """Requests to `base_url` over at most `connections` connections at a time."""

    def __init__(self, base_url: str, *, connections: int, patience_s: float) -> None:
        url = urlsplit(base_url)
        self._host, self._port = url.hostname or "", url.port or 80
        self._free = asyncio.Semaphore(connections)
        self._idle: list[_Connection] = []
        self._patience_s = patience_s

    async def insist(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send the same request until it is answered; 429, 5xx and silence are no answers.

        `body` is sent as JSON, a string as a form. Raises UnansweredError.
        """
        deadline = asyncio.get_running_loop().time() + self._patience_s
        request = self._request(method, path, body, headers or {})
        wait_s = 0.2
        while True:
            answer: Answer | None = None
            with suppress(*LOST):
                async with self._free:
                    answer = await self._once(request)
            if answer is not None and answer.status != 429 and answer.status < 500:
                return answer
            if asyncio.get_running_loop().time() > deadline:
                last = f"status {answer.status}" if answer else "silence"
                raise UnansweredError(f"{method} {path}: {last}")
            asked_s = float(answer.headers.get("retry-after", 0)) if answer else 0.0
            await asyncio.sleep(min(max(wait_s, asked_s), _LONGEST_WAIT_S))
            wait_s *= 1.5

    async def _once(self, request: bytes) -> Answer:
        connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = _Connection(*await asyncio.open_connection(self._host, self._port))
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                answer = await connection.exchange(request)
        except BaseException:
            connection.writer.close()
            raise
        if answer.headers.get("connection", "").lower() == "close":
            connection.writer.close()
        else:
            self._idle.append(connection)
        return answer

    def _request(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> bytes:
        lines = {"Host": f"{self._host}:{self._port}", **headers}
        payload = b""
        if isinstance(body, str):
            payload = body.encode()
            lines["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            payload = json.dumps(body).encode()
            lines["Content-Type"] = "application/json"
        if method != "GET":
            lines["Content-Length"] = str(len(payload))
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + payload


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """The next answer on a connection. Raises EOFError, ValueError when it is cut or odd."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    status = int(first.split(" ", 2)[1])
    length = 0 if status == 304 else int(headers.get("content-length", 0))
    return Answer(status, headers, await reader.readexactly(length) if length else b"")
