"""So many within the hour that began with the first, of what anybody may ask for."""

from typing import Any

from django.core.cache import cache

from lukou_market.kernel.encryption import digest

_HOUR_S = 3600


def wait_s(kind: str, who: str, most: int) -> int:
    """Count one; the seconds to wait first, or 0. Atomic, unlike DRF's throttles.

    While Redis is away nothing is counted: people are served.
    """
    key = f"{kind}:{digest(who)}"
    if cache.add(key, 1, _HOUR_S):
        return 0
    try:
        counted = cache.incr(key)
    except ValueError:  # the hour ended just now
        return 0
    if counted is None or counted <= most:
        return 0
    redis_cache: Any = cache  # ttl() is django-redis' own
    return max(1, redis_cache.ttl(key) or 1)
