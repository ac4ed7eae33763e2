"""The HTTP server, and `CarrierStandIn`, which runs it inside a process of your own."""

import json
import threading
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import unquote, urlsplit

from .journal import Journal

API_KEY = "carrier_standin"  # opens nothing but the stand-in
CARRIERS = ("ems", "sf", "yunda")

_LIFE = (
    ("accepted", "浦湾", "已收寄"),
    ("in_transit", "株洲", "运输中"),
    ("out_for_delivery", "株洲", "派送中"),
    ("delivered", "株洲", "已签收"),
)

Event = dict[str, str]
Answer = tuple[int, object]
_NOT_FOUND: Answer = (404, {"error": "not_found"})
_UNKNOWN: Answer = (401, {"error": "unauthorized"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], carrier: "CarrierStandIn") -> None:
        super().__init__(address, _Handler)
        self.carrier = carrier


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        match self._path():
            case ["", "v1", "parcels", _, number, "events"]:
                self._write((200, {"events": self._carrier.events(number)}))
            case path:
                self._write(_NOT_FOUND if path else _UNKNOWN)

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        match self._path():
            case ["", "v1", "bookings", carrier, reference] if carrier in CARRIERS:
                answer = self._carrier.book(reference, body)
            case path:
                answer = _NOT_FOUND if path else _UNKNOWN
        if self._carrier.loses_answers:
            self.close_connection = True
        else:
            self._write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the shop's own logs show what it asked for."""

    @property
    def _carrier(self) -> "CarrierStandIn":
        return cast(_Server, self.server).carrier

    def _path(self) -> list[str]:
        """The parts of the address; none for whom the stand-in does not know."""
        if self.headers.get("Authorization") != f"Bearer {self._carrier.api_key}":
            return []
        return [unquote(part) for part in urlsplit(self.path).path.split("/")]

    def _write(self, answer: Answer) -> None:
        status, said = answer
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class CarrierStandIn:
    """Served from a thread of this process until the end of `with`.

    With `step`, a parcel takes its next step whenever so much time has passed since it was first
    asked about; without, it says only what `scan` was told. What is to outlive it is in `state`.
    With `loses_answers` it books and says nothing, as on a bad line.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        api_key: str = API_KEY,
        step: timedelta | None = None,
        state: Path | None = None,
    ) -> None:
        self.api_key = api_key
        self.journal = Journal(state)
        self.booked: dict[str, Any] = {}
        self.loses_answers = False
        self._step = step
        self._told: dict[str, list[Event]] = defaultdict(list)
        self._server = _Server(("127.0.0.1", port), self)
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

    def book(self, reference: str, parcel: dict[str, Any]) -> Answer:
        """The parcel's number, the same at every attempt; not without an address."""
        if not parcel["to"]["address"].strip():
            return 422, {"error": "no_address", "text": "没有收件地址"}
        self.booked[reference] = parcel
        return 200, {"tracking_number": self.journal.number_of(reference)}

    def events(self, number: str) -> list[Event]:
        """What is known of a parcel, oldest first."""
        if self._step is None:
            return self._told[number]
        now = datetime.now(UTC)
        since, step_s = self.journal.life_of(number, now, self._step.total_seconds())
        taken = int((now - since).total_seconds() // step_s)
        steps = enumerate(_LIFE[: taken + 1])
        return [
            _event(code, place, text, since + timedelta(seconds=n * step_s))
            for n, (code, place, text) in steps
        ]


def _event(code: str, place: str, text: str, at: datetime) -> Event:
    return {"code": code, "at": at.isoformat(), "place": place, "text": text}
