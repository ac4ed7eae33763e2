"""Who looks into a session, counted in Redis: how many different people, and how many poll now.

A HyperLogLog of 12 kB holds a session of any size, at about 1 % error. While Redis is away
nobody is counted, and what was stored stays.
"""

import logging
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django_redis import get_redis_connection  # type: ignore[import-untyped]
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

_KEPT_S = 7 * 24 * 3600
_PRESENT_S = 15


class Counted(NamedTuple):
    """Different people so far, and people who poll now."""

    viewers: int
    polling: int


def count_viewer(session_id: int, visitor: str, now: datetime) -> None:
    """Count `visitor`, any text that stays the same for one person, once per session.

    Who asks again within 15 seconds polls. Who asks only once, as pages do that then listen to
    the edge, is written down as seen 15 seconds ago: no poller, until they ask again.
    """
    polled, at = _polls(session_id), now.timestamp()
    try:
        pipeline = get_redis_connection("default").pipeline(transaction=False)
        pipeline.pfadd(_key(session_id), visitor)
        pipeline.expire(_key(session_id), _KEPT_S)
        pipeline.zadd(polled, {visitor: at}, xx=True)
        pipeline.zadd(polled, {visitor: at - _PRESENT_S}, nx=True)
        pipeline.expire(polled, 2 * _PRESENT_S)
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


def counted_in(session_ids: Collection[int], now: datetime) -> dict[int, Counted]:
    """What is counted in each of these sessions; nothing while Redis is away."""
    seen_until = now.timestamp() - _PRESENT_S
    try:
        pipeline = get_redis_connection("default").pipeline(transaction=False)
        for session_id in session_ids:
            pipeline.pfcount(_key(session_id))
            pipeline.zremrangebyscore(_polls(session_id), "-inf", seen_until - _PRESENT_S)
            pipeline.zcount(_polls(session_id), f"({seen_until}", "+inf")
        found = pipeline.execute()
    except RedisError as error:
        logger.warning("viewers not known: %s", error)
        return {}
    numbers = zip(found[::3], found[2::3], strict=True)
    return {key: Counted(*counts) for key, counts in zip(session_ids, numbers, strict=True)}


def _key(session_id: int) -> str:
    return f"lukou:viewers:{session_id}"


def _polls(session_id: int) -> str:
    return f"lukou:polls:{session_id}"
