"""How many different people looked into a session: counted in Redis, kept with the session.

A HyperLogLog of 12 kB holds a session of any size, at about 1 % error. While Redis is away
nobody is counted, and what was stored stays.
"""

import logging

from django.db.models import F
from django.db.models.functions import Greatest
from django_redis import get_redis_connection  # type: ignore[import-untyped]
from redis.exceptions import RedisError

from lukou_market.streams.models import LiveSession

logger = logging.getLogger(__name__)

_KEPT_S = 7 * 24 * 3600


def count_viewer(session_id: int, visitor: str) -> None:
    """Count `visitor`, any text that stays the same for one person, once per session."""
    try:
        pipeline = get_redis_connection("default").pipeline(transaction=False)
        pipeline.pfadd(_key(session_id), visitor)
        pipeline.expire(_key(session_id), _KEPT_S)
        pipeline.execute()
    except RedisError as error:
        logger.warning("viewer not counted: %s", error)


def viewers_of(session_id: int) -> int:
    """The people counted so far; 0 while Redis is away."""
    try:
        return int(get_redis_connection("default").pfcount(_key(session_id)))
    except RedisError as error:
        logger.warning("viewers not known: %s", error)
        return 0


def save_viewers() -> None:
    """Keep the counts of the sessions that run, so that a lost Redis costs seconds of them."""
    running = LiveSession.objects.filter(status__in=["live", "interrupted"])
    for session_id in running.values_list("pk", flat=True):
        counted = viewers_of(session_id)
        running.filter(pk=session_id).update(viewers=Greatest(F("viewers"), counted))


def _key(session_id: int) -> str:
    return f"lukou:viewers:{session_id}"
