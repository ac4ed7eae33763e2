"""Sending events: signed, from a few threads, again and again until the receiver says 2xx."""

import hashlib
import heapq
import hmac
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from .misbehave import Fate

SENDERS = 4
TIMEOUT_S = 10
RETRY_CAP_S = 5.0
GIVE_UP_S = 3 * 24 * 3600  # as Stripe does
HOLD_S = 2.0  # an event kept back to be overtaken goes after this even if nothing else does


def signature(payload: bytes, secret: str, *, at: int) -> str:
    """The Stripe-Signature header for a payload sent at `at` (seconds since 1970)."""
    mac = hmac.new(secret.encode(), b"%d." % at + payload, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


@dataclass(order=True)
class _Delivery:
    due: float
    number: int
    event_id: str = field(compare=False)
    payload: bytes = field(compare=False)
    attempt: int = field(compare=False, default=0)
    first_due: float = field(compare=False, default=0)
    taken: bool = field(compare=False, default=False)


class Sender:
    """Delivers events to one address. `on_delivered` is called with the id after a 2xx."""

    def __init__(
        self, url: str, secret: str, *, retry_s: float, on_delivered: Callable[[str], None]
    ) -> None:
        self._url = urlsplit(url)
        self._secret = secret
        self._retry_s = retry_s
        self._on_delivered = on_delivered
        self._wake = threading.Condition()
        self._queue: list[_Delivery] = []
        self._held: list[_Delivery] = []
        self._number = 0
        self._stopped = False
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(SENDERS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop; what is still owed is sent after the next start."""
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout=1)

    def send(self, event_id: str, payload: bytes, fate: Fate) -> None:
        """Queue one event; returns at once."""
        due = time.monotonic() + fate.delay_s
        with self._wake:
            for _ in range(2 if fate.duplicate else 1):
                if fate.reorder and not self._held:
                    self._held.append(self._push(due + HOLD_S, event_id, payload))
                else:
                    self._push(due, event_id, payload)
            self._wake.notify_all()

    def release(self) -> None:
        """Let everything go that waits: delayed, held back, or to be tried again."""
        with self._wake:
            for delivery in self._queue:
                delivery.due = min(delivery.due, time.monotonic())
            heapq.heapify(self._queue)
            self._wake.notify_all()

    def _push(self, due: float, event_id: str, payload: bytes) -> _Delivery:
        self._number += 1
        delivery = _Delivery(due, self._number, event_id, payload, first_due=due)
        heapq.heappush(self._queue, delivery)
        return delivery

    def _work(self) -> None:
        while (delivery := self._next()) is not None:
            accepted = self._post(delivery.payload)
            if accepted:
                self._on_delivered(delivery.event_id)
            with self._wake:
                self._release_held(delivery)
                if not accepted:
                    self._retry(delivery)
                self._wake.notify_all()

    def _next(self) -> _Delivery | None:
        with self._wake:
            while not self._stopped:
                wait = self._queue[0].due - time.monotonic() if self._queue else None
                if wait is not None and wait <= 0:
                    delivery = heapq.heappop(self._queue)
                    if not delivery.taken:
                        delivery.taken = True
                        return delivery
                else:
                    self._wake.wait(wait)
        return None

    def _release_held(self, sent: _Delivery) -> None:
        """Another event has overtaken the one held back: now that one may go."""
        held = [one for one in self._held if one is not sent and one.event_id != sent.event_id]
        for one in held:
            if not one.taken:
                one.taken = True
                self._push(time.monotonic(), one.event_id, one.payload)
        if held or sent in self._held:
            self._held = []

    def _retry(self, delivery: _Delivery) -> None:
        now = time.monotonic()
        if now - delivery.first_due > GIVE_UP_S:
            return
        again = self._push(
            now + min(self._retry_s * 2**delivery.attempt, RETRY_CAP_S),
            delivery.event_id,
            delivery.payload,
        )
        again.attempt = min(delivery.attempt + 1, 20)
        again.first_due = delivery.first_due

    def _post(self, payload: bytes) -> bool:
        secure = self._url.scheme == "https"
        connect = HTTPSConnection if secure else HTTPConnection
        connection = connect(self._url.netloc, timeout=TIMEOUT_S)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(payload, self._secret, at=int(time.time())),
            "User-Agent": "Stripe/1.0 (local stand-in)",
        }
        path = self._url.path or "/"
        try:
            connection.request("POST", path, payload, headers)
            return 200 <= connection.getresponse().status < 300
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
