"""What a room needs of an edge: pages passed on, and what is published sent as an EventSource.

Unlike nginx it can be told to drop everybody, to forget, or to refuse.
"""

from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from types import TracebackType
from urllib.parse import urlsplit

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


class SmallEdge:
    """Use as a context manager; `opened` counts the streams of events that were begun."""

    def __init__(self, web: str) -> None:
        self.web = urlsplit(web).netloc
        self.changed = Condition()
        self.messages: list[bytes] = []
        self.dropped = self.opened = self.begins = 0
        self.refusing = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "SmallEdge":
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.drop()
        self._server.shutdown()
        self._server.server_close()

    def publish(self, message: bytes) -> None:
        """Send a message to all who listen."""
        with self.changed:
            self.messages.append(message)
            self.changed.notify_all()

    def drop(self) -> None:
        """End all streams of events; browsers come back by themselves."""
        with self.changed:
            self.dropped += 1
            self.changed.notify_all()

    def refuse(self) -> None:
        """Drop all, and answer 503 from now on."""
        self.refusing = True
        self.drop()

    def forget(self) -> None:
        """Nobody catches up on what was published so far."""
        with self.changed:
            self.begins = len(self.messages)


def _handler(edge: SmallEdge) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/events/"):
                self._send_events()
            else:
                self._pass_on()

        def do_POST(self) -> None:
            if self.path.startswith("/publish/"):
                edge.publish(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(202)
                self.end_headers()
            else:
                self._pass_on()

        def _send_events(self) -> None:
            if edge.refusing:
                self.send_error(503)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.wfile.write(b"retry: 200\n\n")
            with edge.changed:
                edge.opened += 1
                dropped, last = edge.dropped, self.headers.get("Last-Event-ID")
                sent = max(int(last), edge.begins) if last else len(edge.messages)
                while edge.dropped == dropped:
                    for number, message in enumerate(edge.messages[sent:], start=sent + 1):
                        self.wfile.write(b"id: %d\ndata: %s\n\n" % (number, message))
                    sent = len(edge.messages)
                    self.wfile.flush()
                    edge.changed.wait()

        def _pass_on(self) -> None:
            web = HTTPConnection(edge.web, timeout=30)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: value for name, value in self.headers.items() if name != "Connection"}
            web.request(self.command, self.path, body, headers)
            answer = web.getresponse()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {*_HOP_BY_HOP, "date", "server"}:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.read())
            web.close()

        def log_message(self, *_: object) -> None: ...

    return Handler
