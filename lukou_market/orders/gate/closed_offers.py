"""Refusals that need no transaction: an offer that is sold out, ended or paused stays in mind.

What is remembered is at most a second old and only ever refuses; what it would grant goes to
PostgreSQL. Who has ordered in the session goes there too, because a repeated key must get its
order again. So the answer here is the one `place_orders` would give to a newcomer.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lukou_market.orders.errors import Busy
from lukou_market.orders.gate.batcher import Answer
from lukou_market.orders.place_order import OrderRequest

Fetch = Callable[[str, Sequence[Any]], Awaitable[list[tuple[Any, ...]]]]

_CLOSING = {"session_not_live", "offer_not_open", "sold_out"}
_TRUE_FOR_S, _LOOK_EVERY_S, _ASKED_WITHIN_S = 1.0, 0.4, 5.0
# Orders become visible by offer in the order of their numbers, but not by session: read the
# latest ones again, more than can be under way.
_READ_AGAIN = 2_000

_TERMS = """
    SELECT offer.price_fen, offer.limit_per_buyer, offer.quota - offer.taken,
           session.status IN ('live', 'interrupted'), NOT offer.paused,
           offer.opens_at, offer.closes_at, orders.last, orders.buyers
    FROM streams_offer offer JOIN streams_livesession session ON session.id = offer.session_id,
    LATERAL (
        SELECT max(id) AS last, array_agg(buyer_id) AS buyers FROM orders_order
        WHERE session_id = offer.session_id AND id > %s
    ) orders
    WHERE offer.id = %s
"""


@dataclass(slots=True)
class _Offer:
    asked_at: float
    read_at: float = -_TRUE_FOR_S
    last_order: int = 0
    buyers: set[int] = field(default_factory=set)
    price_fen: int = 0
    limit: int = 0
    left: int = 0
    live: bool = True
    on: bool = True
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def refusal(self, request: OrderRequest) -> str | None:
        now = datetime.now(UTC)
        opened = self.opens_at is None or self.opens_at <= now
        closed = self.closes_at is not None and self.closes_at <= now
        if not self.live:
            return "session_not_live"
        if not self.on or not opened or closed:
            return "offer_not_open"
        if self.price_fen * request.quantity != request.shown_total_fen:
            return "price_changed"
        if request.quantity > self.limit:
            return "limit_reached"
        return "sold_out" if request.quantity > self.left else None


class ClosedOffers:
    """Offers that refused somebody lately, looked at again while they are asked for."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._offers: dict[int, _Offer] = {}
        self._news = asyncio.Event()

    def refusal(self, request: OrderRequest) -> str | None:
        """The code to refuse with, None to ask PostgreSQL."""
        offer = self._offers.get(request.offer_id)
        if offer is None:
            return None
        offer.asked_at = now = time.monotonic()
        if now - offer.read_at > _TRUE_FOR_S or request.buyer_id in offer.buyers:
            return None
        return offer.refusal(request)

    def learn(self, request: OrderRequest, answer: Answer) -> None:
        """Take note of what PostgreSQL said."""
        offer = self._offers.get(request.offer_id)
        if offer is not None:
            if not isinstance(answer, str):
                offer.buyers.add(request.buyer_id)
        elif answer in _CLOSING:
            self._offers[request.offer_id] = _Offer(asked_at=time.monotonic())
            self._news.set()

    async def run(self) -> None:
        """Keep what is remembered true, for ever."""
        while True:
            await self._news.wait()
            self._forget(time.monotonic() - _ASKED_WITHIN_S)
            for offer_id, offer in list(self._offers.items()):
                try:
                    await self._look(offer_id, offer)
                except Busy:
                    logging.getLogger(__name__).warning("PostgreSQL is away")
            await asyncio.sleep(_LOOK_EVERY_S)

    def _forget(self, before: float) -> None:
        for offer_id in [key for key, offer in self._offers.items() if offer.asked_at < before]:
            del self._offers[offer_id]
        if not self._offers:
            self._news.clear()

    async def _look(self, offer_id: int, offer: _Offer) -> None:
        looked_at = time.monotonic()
        rows = await self._fetch(_TERMS, [max(offer.last_order - _READ_AGAIN, 0), offer_id])
        for row in rows:
            (offer.price_fen, offer.limit, offer.left, offer.live, offer.on,
             offer.opens_at, offer.closes_at, last_order, buyers) = row  # fmt: skip
            offer.buyers.update(buyers or ())
            offer.last_order = last_order or offer.last_order
            offer.read_at = looked_at
