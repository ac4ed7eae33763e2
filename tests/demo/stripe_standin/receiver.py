"""A webhook receiver that checks signatures with Stripe's SDK and keeps what it was sent."""

import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import stripe

SECRET = "whsec_test"


class Receiver(ThreadingHTTPServer):
    """Refuses the first `refusals` posts with 503, accepts the others."""

    daemon_threads = True

    def __init__(self, refusals: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/hook"
        self.refusals = refusals
        self.accepted: queue.Queue[stripe.Event] = queue.Queue()
        self.refused: list[str] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self.server_close()

    def next(self) -> stripe.Event:
        return self.accepted.get(timeout=30)

    def types(self, count: int) -> list[str]:
        """The types of the next `count` events, sorted: senders run side by side."""
        return sorted(self.next().type for _ in range(count))


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        payload = self.rfile.read(int(self.headers["Content-Length"]))
        signature = self.headers["Stripe-Signature"]
        event = stripe.Webhook.construct_event(payload, signature, SECRET)
        refuse = self.server.refusals > 0
        self.server.refusals -= 1
        # Noted before it is answered: the answer may set off the next event at once.
        if refuse:
            self.server.refused.append(event.id)
        else:
            self.server.accepted.put(event)
        self.send_response(503 if refuse else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass
