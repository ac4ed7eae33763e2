"""A page of a room, as docs/api.md says that one is to listen."""

from collections.abc import Iterable
from typing import Any

import orjson

Json = dict[str, Any]


class Page:
    """Begins with a state and changes it by events only."""

    def __init__(self, state: Json) -> None:
        self.state = state

    def hear(self, events: Iterable[tuple[str, object]]) -> None:
        """Apply events to the state, in their order."""
        for event, payload in orjson.loads(orjson.dumps(list(events))):
            getattr(self, f"on_{event}")(payload)

    def on_session(self, payload: Json) -> None:
        self.state |= payload

    on_viewers = on_hearts = on_session

    def on_pinned(self, payload: Json) -> None:
        self.state["pinned_offer"] = payload["offer"]

    def on_notice(self, payload: Json) -> None:
        self.state["notice"] = payload["text"]

    def on_offer(self, payload: Json) -> None:
        others = [offer for offer in self.state["offers"] if offer["id"] != payload["id"]]
        self.state["offers"] = sorted([*others, payload], key=lambda o: (o["position"], o["id"]))

    def on_left(self, payload: Json) -> None:
        left = {offer["id"]: offer["left"] for offer in payload["offers"]}
        for offer in self.state["offers"]:
            offer["left"] = left.get(offer["id"], offer["left"])

    def on_sold(self, payload: Json) -> None:
        others = [sale for sale in self.state["sold"] if sale["id"] != payload["id"]]
        self.state["sold"] = sorted([*others, payload], key=lambda sale: sale["id"])[-5:]
