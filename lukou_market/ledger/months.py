"""The book's months are China's."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone


def month_of(moment: datetime) -> date:
    """The first day of the month in which `moment` falls in China."""
    return _month_of_hour(moment.replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=1024)  # a batch asks for thousands of moments of the same few hours
def _month_of_hour(hour: datetime) -> date:
    return timezone.localdate(hour).replace(day=1)
