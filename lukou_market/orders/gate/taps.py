"""Taps counted in memory, written down about once a second.

A tap costs the gate one step in a dict. What PostgreSQL can't take now it takes later; a gate
that is killed forgets at most a second of taps, never an order.
"""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from lukou_market.orders.count_taps import COUNT_TAPS, columns
from lukou_market.orders.errors import Busy

logger = logging.getLogger(__name__)

Fetch = Callable[[str, Sequence[Any]], Awaitable[list[tuple[Any, ...]]]]

_WRITE_EVERY_S = 1.0
_MOST_UNWRITTEN = 10_000  # offers times minutes; whoever makes up offers fills no memory


class TapCounts:
    """How often each offer was tapped since that was last written down."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._fresh: defaultdict[int, int] = defaultdict(int)
        self._unwritten: Counter[tuple[int, datetime]] = Counter()

    def count(self, offer_id: int) -> None:
        """One more."""
        self._fresh[offer_id] += 1

    async def run(self) -> None:
        """Write down, for ever."""
        while True:
            await asyncio.sleep(_WRITE_EVERY_S)
            await self.write(timezone.now())

    async def write(self, now: datetime) -> None:
        """Write down what was counted; while PostgreSQL is away it stays in memory."""
        fresh, self._fresh = self._fresh, defaultdict(int)
        minute = now.replace(second=0, microsecond=0)
        self._unwritten.update({(offer_id, minute): taps for offer_id, taps in fresh.items()})
        if not self._unwritten:
            return
        try:
            await self._fetch(COUNT_TAPS, columns(self._unwritten))
        except Busy:
            self._unwritten = Counter(dict(self._unwritten.most_common(_MOST_UNWRITTEN)))
        except Exception:
            logger.exception("taps are not counted")
            self._unwritten.clear()
        else:
            self._unwritten.clear()
