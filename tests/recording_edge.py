"""The edge's publisher on loopback: remembers what rooms were told, says how many listen."""

from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any

import orjson

Told = list[tuple[str, Any]]
"""Types and payloads, in order."""


class RecordingEdge:
    """Serves inside a `with` block; `away` makes it refuse whatever comes."""

    def __init__(self) -> None:
        self.events: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.listeners: dict[int, int] = {}
        self.away = False
        edge = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if not edge.away:
                    edge.events[self._room()].append(orjson.loads(body))
                self._answer(503 if edge.away else 201, b"")

            def do_GET(self) -> None:
                listeners = edge.listeners.get(self._room())
                known = listeners is not None and self.headers["Accept"] == "text/json"
                body = orjson.dumps({"messages": 0, "subscribers": listeners}) if known else b""
                self._answer(503 if edge.away else 200 if known else 404, body)

            def _room(self) -> int:
                return int(self.path.removeprefix("/publish/room-"))

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def told(self, session_id: int) -> Told:
        """What the room was told so far."""
        return [(event["type"], event["payload"]) for event in self.events[session_id]]

    def news(self, session_id: int) -> Told:
        """What the room was told since the last time this was asked."""
        told = self.told(session_id)
        self.events[session_id].clear()
        return told

    def __enter__(self) -> "RecordingEdge":
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._server.shutdown()
        self._server.server_close()
