"""The days of a notice, in China: the day of posting doesn't count (Civil Code, article 201)."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

LEAST_OPEN_DAYS = 10


def last_day(posted_at: datetime, days: int = LEAST_OPEN_DAYS) -> date:
    """The last day of objections, included."""
    return timezone.localdate(posted_at) + timedelta(days=days)


def end_of(day: date) -> datetime:
    """The moment the day is over."""
    following = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(following)


def answer_by(received_at: datetime, days: int) -> date:
    """The last day for an answer to an objection, included."""
    return timezone.localdate(received_at) + timedelta(days=days)
