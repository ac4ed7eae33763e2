"""Sales by week, and the products and streams that sold most in a month.

From `SalesDay`: as many rows as offers have days on which they sell, however much they sell.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncWeek

from lukou_market.aid.models import SalesDay
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Region

WEEKS = 26
TOP = 8


@dataclass(frozen=True, slots=True)
class Week:
    """From a Monday on: what was paid and what went back, in fen."""

    monday: date
    gross_fen: int = 0
    refunded_fen: int = 0

    @property
    def net_fen(self) -> int:
        """Gross less refunds."""
        return self.gross_fen - self.refunded_fen


@dataclass(frozen=True, slots=True)
class TopSales:
    """A product or a live session, and its sales in fen; `village_code` says whose it is."""

    id: int
    name: str
    village_code: str
    gross_fen: int
    refunded_fen: int

    @property
    def net_fen(self) -> int:
        """Gross less refunds."""
        return self.gross_fen - self.refunded_fen


def weekly_sales(region: Region, *, last_day: date) -> list[Week]:
    """The last `WEEKS` weeks up to the one of `last_day`, oldest first, quiet ones included."""
    last = last_day - timedelta(days=last_day.weekday())
    mondays = [last - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    rows = _inside(region, Q(day__gte=mondays[0], day__lte=last_day))
    sums = rows.values(monday=TruncWeek("day")).annotate(
        gross=Sum("gross_fen"), refunded=Sum("refunded_fen")
    )
    found = {row["monday"]: Week(row["monday"], row["gross"], row["refunded"]) for row in sums}
    return [found.get(monday, Week(monday)) for monday in mondays]


def top_products(region: Region, month: date) -> list[TopSales]:
    """Those that sold most, first; only of sales through the shop's offers."""
    return _top(
        region, month, "offer__sku__product_id", "offer__sku__product__name",
        "offer__sku__product__producer__village_id",
    )  # fmt: skip


def top_streams(region: Region, month: date) -> list[TopSales]:
    """Live sessions whose offers sold most of the region's goods, first."""
    return _top(
        region, month, "offer__session_id", "offer__session__title",
        "offer__session__host__village_id",
    )  # fmt: skip


def _top(region: Region, month: date, key: str, name: str, village: str) -> list[TopSales]:
    rows = _inside(region, Q(month=month, offer__isnull=False))
    named: QuerySet[Any, dict[str, Any]] = rows.values(key, name, village)
    sums = named.annotate(gross=Sum("gross_fen"), refunded=Sum("refunded_fen"))
    return [
        TopSales(row[key], row[name], row[village], row["gross"], row["refunded"])
        for row in sums.order_by("-gross", key)[:TOP]
    ]


def _inside(region: Region, asked: Q) -> QuerySet[SalesDay]:
    rows = SalesDay.objects.filter(asked)
    return Jurisdiction.of_regions([region]).scope(rows, "producer__village_id")
