"""The one module that calls the edge: what everybody in a room shall hear at once."""

import logging
from http.client import HTTPException
from urllib.request import Request, urlopen

import orjson
from django.conf import settings

logger = logging.getLogger(__name__)

_PATIENCE_S = 1.0


def send_to_room(session_id: int, event: dict[str, object]) -> None:
    """Hand `event` to the edge, which passes it on to all who listen; without an edge nothing.

    An event that can't be handed over is lost to the listeners, not to the shop: the room's
    state has what it told.
    """
    if not settings.EDGE_URL:
        return
    url = f"{settings.EDGE_URL}/publish/room-{session_id}"
    request = Request(url, data=orjson.dumps(event), method="POST")  # noqa: S310  # our own edge
    try:
        with urlopen(request, timeout=_PATIENCE_S):  # noqa: S310
            pass
    except (OSError, HTTPException) as error:
        logger.warning("room %s was not told of %s: %s", session_id, event["type"], error)
