"""The one module that calls the edge: what everybody in a room shall hear at once, who listens."""

import logging
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import orjson
from django.conf import settings

logger = logging.getLogger(__name__)

_PATIENCE_S = 1.0


class EdgeIsAway(Exception):
    """The edge does not answer."""


def send_to_room(session_id: int, event: dict[str, object]) -> bool:
    """Hand `event` to the edge, which passes it on to all who listen; without an edge nothing.

    An event that can't be handed over (False) is lost to the listeners, not to the shop: the
    room's state has what it told.
    """
    if not settings.EDGE_URL:
        return True
    request = Request(_url(session_id), data=orjson.dumps(event), method="POST")  # noqa: S310  # our own edge
    try:
        with urlopen(request, timeout=_PATIENCE_S):  # noqa: S310
            return True
    except (OSError, HTTPException) as error:
        logger.warning("room %s was not told of %s: %s", session_id, event["type"], error)
        return False


def listeners_of(session_id: int) -> int:
    """How many listen to the room now; none without an edge. Raises EdgeIsAway."""
    if not settings.EDGE_URL:
        return 0
    request = Request(_url(session_id), headers={"Accept": "text/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            return int(orjson.loads(answer.read())["subscribers"])
    except HTTPError as error:
        if error.code == 404:
            return 0  # nobody has listened yet, nothing was said
        raise EdgeIsAway from error
    except (OSError, HTTPException, ValueError, LookupError) as error:
        raise EdgeIsAway from error


def _url(session_id: int) -> str:
    return f"{settings.EDGE_URL}/publish/room-{session_id}"
