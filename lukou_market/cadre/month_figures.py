"""A region's figures of a month beside those of the month before, from the totals."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum

from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.households.models import Household
from lukou_market.payouts.queries import confirmed_lines
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Region


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, or a number, at the end of a month and of the one before."""

    now: int
    before: int

    @property
    def change(self) -> int:
        """How much more it is now."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Amounts in fen; `reached` households are those to whom the month credited something.

    `pending` is what their shares of sales not yet received added up to when the month ended,
    and so it changes no more once the month is over.
    """

    gross: Figure
    net: Figure
    credited: Figure
    pending: Figure
    paid_out: Figure
    reached: Figure
    registered: int


def month_before(month: date) -> date:
    """The first day of the month before the one that begins on `month`."""
    return (month - timedelta(days=1)).replace(day=1)


def month_figures(region: Region, month: date) -> MonthFigures:
    """In five queries, whatever the size of the book."""
    place = Jurisdiction.of_regions([region])
    before = month_before(month)
    sold = _sold(place, month, before)
    reached = _reached(place, month, before)
    return MonthFigures(
        **{
            name: Figure(sums[f"{name}_now"], sums[f"{name}_before"])
            for sums, names in ((sold, ("gross", "net")), (reached, _OF_HOUSEHOLDS))
            for name in names
        },
        paid_out=_paid_out(place, month, before),
        registered=place.scope(Household.objects.all(), "village_id").count(),
    )


_OF_HOUSEHOLDS = ("credited", "pending", "reached")


def _sold(place: Jurisdiction, month: date, before: date) -> dict[str, int]:
    rows = place.scope(
        ProducerTotal.objects.filter(month__in=(month, before)), "producer__village_id"
    )
    sums: dict[str, Any] = {}
    for when, first in (("now", month), ("before", before)):
        of_month = Q(month=first)
        sums[f"gross_{when}"] = Sum("gross_fen", filter=of_month, default=0)
        sums[f"net_{when}"] = Sum(F("gross_fen") - F("refunded_fen"), filter=of_month, default=0)
    return rows.aggregate(**sums)


def _reached(place: Jurisdiction, month: date, before: date) -> dict[str, int]:
    rows = place.scope(HouseholdTotal.objects.filter(month__lte=month), "household__village_id")
    sums: dict[str, Any] = {}
    for when, first in (("now", month), ("before", before)):
        of_month = Q(month=first)
        left = F("credited_fen") - F("reversed_fen")
        sums[f"credited_{when}"] = Sum(left, filter=of_month, default=0)
        sums[f"pending_{when}"] = Sum("pending_fen", filter=Q(month__lte=first), default=0)
        sums[f"reached_{when}"] = Count(
            "household", distinct=True, filter=of_month & Q(credited_fen__gt=F("reversed_fen"))
        )
    return rows.aggregate(**sums)


def _paid_out(place: Jurisdiction, month: date, before: date) -> Figure:
    sums = {"now": 0, "before": 0}
    for when, first in (("now", month), ("before", before)):
        lines = confirmed_lines(first_month=first, last_month=first)
        inside = place.scope(lines, "household__village_id")
        sums[when] = inside.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    return Figure(**sums)
