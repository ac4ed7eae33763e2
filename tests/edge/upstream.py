"""A web server that says who it is and what it was asked."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qs


class Asked(NamedTuple):
    """One request: header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: str

    @property
    def fields(self) -> dict[str, str]:
        """The form in the body."""
        return {name: values[0] for name, values in parse_qs(self.body).items()}


class Upstream:
    """Answers 200 with its own name; `asked` is what came, oldest first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def address(self) -> str:
        """host:port"""
        return f"127.0.0.1:{self._server.server_port}"

    def answer(self, asked: Asked) -> tuple[int, dict[str, str]]:
        """Status and headers; subclasses know better."""
        return 200, {}

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            def _reply(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(length).decode()
                asked = Asked(self.command, self.path, headers, body)
                upstream.asked.append(asked)
                status, added = upstream.answer(asked)
                self.send_response(status)
                for name, value in added.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(upstream.name)))
                self.end_headers()
                self.wfile.write(upstream.name.encode())

            do_GET = do_POST = _reply  # noqa: N815

            def log_message(self, *args: object) -> None:
                pass

        return Handler
