"""The HTTP server, and `CarrierStandIn`, which runs it inside a process of your own."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self, cast
from urllib.parse import unquote, urlsplit

API_KEY = "carrier_standin"  # opens nothing but the stand-in

_LIFE = (
    ("accepted", "浦湾", "已收寄"),
    ("in_transit", "株洲", "运输中"),
    ("out_for_delivery", "株洲", "派送中"),
    ("delivered", "株洲", "已签收"),
)

Event = dict[str, str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], events: Callable[[str], list[Event]]) -> None:
        super().__init__(address, _Handler)
        self.events = events


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path).path.split("/")
        if self.headers.get("Authorization") != f"Bearer {API_KEY}":
            self._write(401, {"error": "unauthorized"})
        elif len(parts) == 6 and parts[1:3] == ["v1", "parcels"] and parts[5] == "events":
            server = cast(_Server, self.server)
            self._write(200, {"events": server.events(unquote(parts[4]))})
        else:
            self._write(404, {"error": "not_found"})

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the shop's own logs show what it asked for."""

    def _write(self, status: int, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class CarrierStandIn:
    """Served from a thread of this process until the end of `with`.

    With `step`, a parcel takes its next step whenever so much time has passed since it was first
    asked about; without, it says only what `scan` was told.
    """

    def __init__(self, *, port: int = 0, step: timedelta | None = None) -> None:
        self._step = step
        self._told: dict[str, list[Event]] = defaultdict(list)
        self._first_asked: dict[str, datetime] = {}
        self._server = _Server(("127.0.0.1", port), self._events)
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def scan(self, number: str, code: str, at: datetime) -> None:
        """The carrier has seen the parcel with this number."""
        self._told[number].append(_event(code, "株洲", code, at))

    def _events(self, number: str) -> list[Event]:
        if self._step is None:
            return self._told[number]
        now = datetime.now(UTC)
        since = self._first_asked.setdefault(number, now)
        taken = (now - since) // self._step
        steps = enumerate(_LIFE[: taken + 1])
        return [
            _event(code, place, text, since + n * self._step) for n, (code, place, text) in steps
        ]


def _event(code: str, place: str, text: str, at: datetime) -> Event:
    return {"code": code, "at": at.isoformat(), "place": place, "text": text}
