"""What a report is about: a place, months and a channel."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from lukou_market.regions.models import Region


@dataclass(frozen=True, slots=True)
class Question:
    """What the report is about; months are first days, both included; channel "" is all."""

    region: Region
    first_month: date
    last_month: date
    channel: str = ""

    @property
    def in_period(self) -> Q:
        """The totals of the period."""
        return Q(month__gte=self.first_month, month__lte=self.last_month)

    @property
    def last_day(self) -> date:
        """The period's end."""
        return self.moved(1).last_month - timedelta(days=1)

    @property
    def begins_at(self) -> datetime:
        """The first moment of it."""
        return _midnight(self.first_month)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.moved(1).last_month)

    @property
    def path(self) -> str:
        """The region's name below those of the regions above it."""
        return self.region.path

    @property
    def months(self) -> int:
        """How many months it is about."""
        return _number(self.last_month) - _number(self.first_month) + 1

    @property
    def previous(self) -> "Question":
        """The same about the period of the same length before."""
        return self.moved(-self.months)

    def moved(self, months: int) -> "Question":
        """The same so many months later."""
        return replace(
            self,
            first_month=_month(_number(self.first_month) + months),
            last_month=_month(_number(self.last_month) + months),
        )


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1


def _month(number: int) -> date:
    year, month = divmod(number, 12)
    return date(year, month + 1, 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
