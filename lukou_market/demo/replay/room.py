"""What buyers, host and village share while the replay runs: a clock, what is pinned, parcels."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lukou_market.demo.replay.plan import WAVES


class Countdown:
    """Wait until `count` things have happened."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._zero = asyncio.Event()

    def tick(self) -> None:
        """One of them has."""
        self._left -= 1
        if self._left <= 0:
            self._zero.set()

    @property
    def over(self) -> bool:
        """All of them have."""
        return self._zero.is_set()

    async def wait(self) -> None:
        """Return once all of them have."""
        await self._zero.wait()


class Parcels:
    """Tells each buyer when the parcel is there."""

    def __init__(self) -> None:
        self._shipped: set[str] = set()
        self._arrivals: dict[str, asyncio.Event] = {}
        self._closed = False

    def ship(self, numbers: list[str]) -> None:
        """The parcels of these orders are on their way; it is a short one."""
        self._shipped.update(numbers)
        for number in numbers:
            self._arrival(number).set()

    def close(self) -> None:
        """No more parcels: nobody need wait any longer."""
        self._closed = True
        for arrival in self._arrivals.values():
            arrival.set()

    async def arrives(self, number: str) -> bool:
        """Wait for the order's parcel; False when it will never come."""
        if not self._closed:
            await self._arrival(number).wait()
        return number in self._shipped

    def _arrival(self, number: str) -> asyncio.Event:
        return self._arrivals.setdefault(number, asyncio.Event())


@dataclass
class Room:
    """One run of the replay. `offers` are those of the API, by the name of their package."""

    session_id: int
    offers: dict[str, dict[str, Any]]
    ordered: Countdown
    shopped: Countdown
    done: Countdown
    started_s: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    parcels: Parcels = field(default_factory=Parcels)
    pinned: list[asyncio.Event] = field(default_factory=lambda: [asyncio.Event() for _ in WAVES])
    refused: Counter[str] = field(default_factory=Counter)
    doing: str = "the audience comes in"

    @property
    def elapsed_s(self) -> float:
        """Seconds since the stream began."""
        return asyncio.get_running_loop().time() - self.started_s

    async def until(self, at_s: float) -> None:
        """Return `at_s` seconds after the beginning, or at once when that has passed."""
        await asyncio.sleep(max(0.0, at_s - self.elapsed_s))
