"""A take: one unbroken recording of a browser, chunk after chunk into one ffmpeg."""

import asyncio

from lukou_market.studio.camera.encoder import Encoder, EncoderGone
from lukou_market.studio.camera.errors import ChunkMissing, TakeEnded

_PATIENCE_S = 10.0


class Take:
    """`over` is set, with what to answer later chunks, once the take is; it never runs again."""

    def __init__(self, name: str, encoder: Encoder, *, idle_s: float) -> None:
        self.name = name
        self.over: type[TakeEnded] | None = None
        self._encoder, self._idle_s = encoder, idle_s
        self._next = 0
        self._turn = asyncio.Lock()
        self._heard = asyncio.get_running_loop().time()
        self._watching = asyncio.create_task(self._watch())

    async def feed(self, number: int, chunk: bytes) -> int:
        """Hand the chunk on, once; the number that comes next.

        Raises ChunkMissing, and TakeEnded when ffmpeg is gone.
        """
        async with self._turn:
            if self.over:
                raise self.over()
            if number > self._next:
                raise ChunkMissing(expected=self._next)
            self._heard = asyncio.get_running_loop().time()
            if number == self._next:
                self._next += 1  # even if ffmpeg chokes on it: a part may have gone in
                await self._write(chunk)
            return self._next

    async def end(self, why: type[TakeEnded]) -> None:
        """Stop ffmpeg and wait for its end."""
        self.over = self.over or why
        await self._encoder.stop()
        if asyncio.current_task() is not self._watching:
            await self._watching

    async def _write(self, chunk: bytes) -> None:
        try:
            await self._encoder.write(chunk, within_s=_PATIENCE_S)
        except EncoderGone:
            await self.end(TakeEnded)
        if self.over:
            raise self.over()

    async def _watch(self) -> None:
        """End the take when ffmpeg ends or nothing has come for a while."""
        loop = asyncio.get_running_loop()
        gone = asyncio.create_task(self._encoder.wait())
        while not gone.done() and (left_s := self._heard + self._idle_s - loop.time()) > 0:
            await asyncio.wait([gone], timeout=left_s)
        await self.end(TakeEnded)
        await gone
