"""All takes of this process: at most one that runs for each session."""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable

from lukou_market.studio.camera.destination import Destination
from lukou_market.studio.camera.encoder import CONTAINERS, Encoder
from lukou_market.studio.camera.errors import (
    CameraFull,
    TakeEnded,
    TakeReplaced,
    UnknownContainer,
)
from lukou_market.studio.camera.permit import Permit
from lukou_market.studio.camera.take import Take

logger = logging.getLogger(__name__)

_REMEMBERED = 8  # takes of a session, so that a late chunk doesn't begin an old one again


class _Slot:
    """A session's takes, the last one may run."""

    def __init__(self) -> None:
        self.begins = asyncio.Lock()
        self.takes: deque[Take] = deque(maxlen=_REMEMBERED)

    def find(self, name: str) -> Take | None:
        return next((take for take in self.takes if take.name == name), None)

    def running(self) -> Take | None:
        return self.takes[-1] if self.takes and not self.takes[-1].over else None


class Takes:
    """Chunks find their take; the first chunk of a new one ends the one before it."""

    def __init__(
        self,
        destination: Callable[[Permit], Awaitable[Destination]],
        *,
        most: int,
        idle_s: float,
    ) -> None:
        self._destination, self._most, self._idle_s = destination, most, idle_s
        self._slots: defaultdict[int, _Slot] = defaultdict(_Slot)

    async def feed(
        self, permit: Permit, name: str, number: int, content_type: str, chunk: bytes
    ) -> int:
        """Hand a chunk to its take; the number that comes next.

        Raises ChunkMissing, TakeEnded, UnknownContainer, CameraFull and what `destination` raises.
        """
        slot = self._slots[permit.session_id]
        take = slot.find(name)
        if take is None and number == 0:
            async with slot.begins:
                take = slot.find(name) or await self._begin(slot, permit, name, content_type)
        if take is None:
            raise TakeEnded  # of a process before this one, or long ago
        return await take.feed(number, chunk)

    async def end(self, permit: Permit, name: str) -> None:
        """The page has stopped its take."""
        if take := self._slots[permit.session_id].find(name):
            await take.end(TakeEnded)

    async def close(self) -> None:
        """End all takes."""
        running = [take for slot in self._slots.values() if (take := slot.running())]
        await asyncio.gather(*(take.end(TakeEnded) for take in running))

    async def _begin(self, slot: _Slot, permit: Permit, name: str, content_type: str) -> Take:
        if content_type not in CONTAINERS:
            raise UnknownContainer
        before = slot.running()
        others = sum(1 for other in self._slots.values() if other.running()) - bool(before)
        if others >= self._most:
            raise CameraFull
        to = await self._destination(permit)
        if before:  # the ingest takes one publisher: this one must be gone first
            await before.end(TakeReplaced)
        take = Take(name, await Encoder.start(content_type, to), idle_s=self._idle_s)
        slot.takes.append(take)
        logger.info("session %s: take %s begins", permit.session_id, name)
        return take
