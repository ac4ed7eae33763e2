"""How often codes may be asked for: each text costs money and rings a phone."""

from typing import Any

from django.conf import settings
from django.core.cache import cache

from lukou_market.accounts.errors import PhoneWrong
from lukou_market.accounts.phones import normal_phone
from lukou_market.kernel.encryption import digest

_HOUR_S = 3600


def phone_wait_s(phone: str) -> int:
    """Count a code for `phone`; the seconds to wait first, 0 when one may be sent now."""
    try:
        phone = normal_phone(phone)
    except PhoneWrong:
        return 0  # no text will be sent
    return _wait_s("phone", phone, settings.SIGN_IN_CODES_PER_HOUR_PER_PHONE)


def address_wait_s(address: str) -> int:
    """Count a code asked for from a network `address`; the seconds to wait first, or 0."""
    return _wait_s("address", address, settings.SIGN_IN_CODES_PER_HOUR_PER_ADDRESS)


def _wait_s(kind: str, who: str, most: int) -> int:
    """Count one within the hour that began with the first; atomic, unlike DRF's throttles.

    While Redis is away nothing is counted: people can still sign in.
    """
    key = f"codes:{kind}:{digest(who)}"
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
