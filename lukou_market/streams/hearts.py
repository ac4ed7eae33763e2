"""Hearts that people give in a room: counted in Redis only, where they may be lost."""

import logging
from collections.abc import Collection
from datetime import datetime

from django_redis import get_redis_connection  # type: ignore[import-untyped]
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

_KEPT_S = 7 * 24 * 3600
_MOST_A_SECOND = 10


def add_hearts(session_id: int, visitor: str, count: int, now: datetime) -> int:
    """Add up to `count` hearts of `visitor` (any text that stays the same for one person).

    Returns how many were taken: ten a second and visitor, the rest is ignored; 0 while Redis
    is away.
    """
    asked = max(0, min(count, _MOST_A_SECOND))
    given = f"lukou:hearts:{session_id}:{visitor}:{int(now.timestamp())}"
    try:
        redis = get_redis_connection("default")
        pipeline = redis.pipeline(transaction=False)
        pipeline.incrby(given, asked)
        pipeline.expire(given, 2)
        before = int(pipeline.execute()[0]) - asked
        taken = max(0, min(asked, _MOST_A_SECOND - before))
        if taken:
            pipeline.incrby(_key(session_id), taken)
            pipeline.expire(_key(session_id), _KEPT_S)
            pipeline.execute()
    except RedisError as error:
        logger.warning("hearts not counted: %s", error)
        return 0
    return taken


def hearts_of(session_id: int) -> int:
    """The hearts so far; 0 while Redis is away."""
    return hearts_in([session_id]).get(session_id, 0)


def hearts_in(session_ids: Collection[int]) -> dict[int, int]:
    """The hearts so far in each of these sessions; nothing while Redis is away."""
    keys = [_key(session_id) for session_id in session_ids]
    try:
        found = get_redis_connection("default").mget(keys) if keys else []
    except RedisError as error:
        logger.warning("hearts not known: %s", error)
        return {}
    return {pk: int(hearts or 0) for pk, hearts in zip(session_ids, found, strict=True)}


def _key(session_id: int) -> str:
    return f"lukou:hearts:{session_id}"
