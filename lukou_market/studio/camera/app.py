"""The ASGI application: a chunk is POSTed to …/picture/TAKE/NUMBER, a take ends by DELETE."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from django.utils import timezone

from lukou_market.kernel.errors import DomainError
from lukou_market.studio.camera.answers import answer, refusal
from lukou_market.studio.camera.destination import destination
from lukou_market.studio.camera.errors import ChunkTooLarge, NoSuchPicture
from lukou_market.studio.camera.permit import Permit, read_permit
from lukou_market.studio.camera.takes import Takes

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

PERMIT = "x-camera-permit"
MOST_BYTES = 4 * 1024 * 1024
_PATH = re.compile(
    r"/studio/sessions/(?P<session>\d{1,18})/picture/(?P<take>[0-9a-f]{8,32})(?:/(?P<number>\d{1,9}))?"
)


class Camera:
    """Takes chunks of permitted hosts and feeds them to one ffmpeg for each take."""

    def __init__(self, *, most: int, idle_s: float) -> None:
        self._takes = Takes(_destination, most=most, idle_s=idle_s)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        try:
            await answer(send, await self._answer(scope, headers, receive))
        except DomainError as error:
            await refusal(send, error, headers.get("accept-language", ""))
        except _ClientGone:
            pass  # nobody is there to be answered

    async def _answer(
        self, scope: Scope, headers: dict[str, str], receive: Receive
    ) -> dict[str, int]:
        asked = _PATH.fullmatch(scope["path"])
        if asked is None:
            raise NoSuchPicture
        permit = _permit(headers, int(asked["session"]))
        match scope["method"], asked["number"]:
            case "DELETE", None:
                await self._takes.end(permit, asked["take"])
                return {}
            case "POST", str(number):
                chunk = await _body(headers, receive)
                content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
                following = await self._takes.feed(
                    permit, asked["take"], int(number), content_type, chunk
                )
                return {"next": following}
        raise NoSuchPicture

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._takes.close()
        await send({"type": "lifespan.shutdown.complete"})


class _ClientGone(Exception):
    """The connection ended before the chunk was whole."""


async def _destination(permit: Permit) -> Any:
    return await asyncio.to_thread(destination, permit)


def _permit(headers: dict[str, str], session_id: int) -> Permit:
    return read_permit(headers.get(PERMIT, ""), session_id=session_id, now=timezone.now())


async def _body(headers: dict[str, str], receive: Receive) -> bytes:
    """The whole chunk: half of one would break the take. Raises ChunkTooLarge."""
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > MOST_BYTES:
        raise ChunkTooLarge
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _ClientGone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise ChunkTooLarge
    return bytes(body)
