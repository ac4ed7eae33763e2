"""The months of the book as the district's cadres see them, and who may close one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from lukou_market.aid.close_period import next_month_to_close
from lukou_market.aid.closing_gate import end_of
from lukou_market.aid.models import Period
from lukou_market.regions.desk import Desk
from lukou_market.regions.models import Level, Region


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the book; `period` as soon as somebody asked to close it."""

    month: date
    period: Period | None
    is_next: bool
    is_over: bool

    @property
    def is_signed(self) -> bool:
        """Whether its figures are frozen."""
        return self.period is not None and self.period.status == Period.Status.SIGNED

    @property
    def may_be_asked_for(self) -> bool:
        """Whether it can be prepared, or prepared again, now."""
        busy = self.period is not None and self.period.status == Period.Status.ASKED
        return self.is_next and self.is_over and not busy


def months(*, now: datetime) -> list[Month]:
    """Every month of the book up to this one, newest first."""
    return list(_months(now))[::-1]


def sees_periods(desk: Desk) -> bool:
    """The book is the whole district's: so are its periods."""
    if desk.sees_everything:
        return True
    codes = Region.objects.filter(level=Level.DISTRICT).values_list("code", flat=True)
    return desk.is_manned and all(desk.jurisdiction.covers(code) for code in codes)


def closes_periods(desk: Desk) -> bool:
    """Cadres of the district; superusers keep the machine, auditors look."""
    return sees_periods(desk) and desk.keeps_registers and not desk.is_superuser


def _months(now: datetime) -> Iterator[Month]:
    known = {
        period.month: period
        for period in Period.objects.defer("content").select_related("prepared_by", "signed_by")
    }
    following = next_month_to_close()
    first = min([month for month in (following, *known) if month], default=None)
    while first is not None and first <= timezone.localdate(now):
        yield Month(first, known.get(first), first == following, now >= end_of(first))
        first = timezone.localdate(end_of(first))
