"""The one Stripe account behind the stand-in: its objects, its clock, the events it owes."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from . import objects
from .errors import no_such
from .misbehave import DEFAULTS, Fate, Misbehaviour
from .store import Json, Store
from .webhooks import Sender

NO_REQUEST: Json = {"id": None, "idempotency_key": None}
_SETTINGS: Json = {"id": "settings", "object": "standin.settings", "refunds_pending": False}


class Account:
    """All state; every change runs inside `change()`. Money and fees are in fen, `fee_bp`
    is in basis points."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], float],
        base_url: str,
        fee_bp: int,
        dispute_fee: int = 0,
    ) -> None:
        self.store = store
        self.base_url = base_url
        self.fee_bp = fee_bp
        self.dispute_fee = dispute_fee
        self._clock = clock
        self._lock = threading.RLock()
        self._sender: Sender | None = None
        self._request = NO_REQUEST
        self._emitted: list[tuple[Json, Fate]] = []
        self._misbehaviour = Misbehaviour(self.settings().get("misbehave", DEFAULTS))

    def now(self) -> int:
        return int(self._clock())

    def deliver_through(self, sender: Sender) -> None:
        """Send events from now on, first those still owed from an earlier run."""
        self._sender = sender
        for event in reversed(self.store.newest_first("event")):
            if event["pending_webhooks"]:
                sender.send(event["id"], _payload(event), Fate())

    @contextmanager
    def change(self, request: Json = NO_REQUEST) -> Iterator[None]:
        """Hold the account, then write what was put and send what was emitted.

        An exception raised inside takes everything back: a refused request changes nothing.
        """
        with self._lock:
            self._request = request
            try:
                yield
            except BaseException:
                self.store.roll_back()
                self._emitted.clear()
                raise
            finally:
                self._request = NO_REQUEST
            self.store.commit()
            emitted, self._emitted = self._emitted, []
            for event, fate in emitted:
                if self._sender is not None and not fate.drop:
                    self._sender.send(event["id"], _payload(event), fate)

    def emit(self, kind: str, thing: Json) -> None:
        """Record an event that shows `thing` as it is now."""
        fate = self._misbehaviour.draw()
        owed = self._sender is not None and not fate.drop
        event = objects.event(kind, thing, owed=owed, request=self._request, created=self.now())
        self._emitted.append((self.store.put(event), fate))

    def delivered(self, event_id: str) -> None:
        with self._lock:
            self.store.delivered(event_id)

    def get(self, kind: str, object_id: str) -> Json:
        """Raises ApiError 404 when there is no such object."""
        thing = self.store.get(kind, object_id)
        if thing is None:
            raise no_such(kind, object_id)
        return thing

    def settings(self) -> Json:
        return self.store.get("standin.settings", "settings") or _SETTINGS

    def set_refunds_pending(self, on: bool) -> None:
        self.store.put({**self.settings(), "refunds_pending": on})

    def misbehave(self, settings: Json) -> Json:
        """Replace the delivery settings; returns them with the defaults filled in."""
        self._misbehaviour = Misbehaviour(settings)
        self.store.put({**self.settings(), "misbehave": self._misbehaviour.settings})
        return self._misbehaviour.settings

    def misbehaviour(self) -> Json:
        return self._misbehaviour.settings

    def release(self) -> None:
        """Send now whatever waits to be sent."""
        if self._sender is not None:
            self._sender.release()

    def owed(self) -> int:
        """How many events have not reached the receiver yet."""
        return sum(event["pending_webhooks"] for event in self.store.newest_first("event"))


def _payload(event: Json) -> bytes:
    return json.dumps(event, ensure_ascii=False, indent=2).encode()
