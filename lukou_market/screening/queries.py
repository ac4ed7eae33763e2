"""What others ask of screening: which sales are held, and how much was paid for them."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, QuerySet, Subquery, Sum
from django.utils import timezone

from lukou_market.orders.models import OrderLine
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Region
from lukou_market.screening.models import SaleFlag


class HeldSales(NamedTuple):
    """What was paid for goods whose sale is held, and for how many orders."""

    fen: int
    orders: int


def held_orders() -> Subquery:
    """Ids of the orders whose sale is held: `exclude(pk__in=held_orders())`."""
    held = SaleFlag.objects.exclude(status=SaleFlag.Status.CLEARED)
    return Subquery(held.order_by().values("order_id"))


def held_sales(
    region: Region | None, first_month: date, last_month: date, channel: str = ""
) -> HeldSales:
    """What was paid, from the first of these months to the end of the last, for goods of the
    region's producers whose sale is held now; None is everywhere."""
    after = (last_month + timedelta(days=31)).replace(day=1)
    lines = OrderLine.objects.filter(
        order__in=held_orders(),
        order__paid_at__gte=_midnight(first_month),
        order__paid_at__lt=_midnight(after),
    )
    if channel:
        lines = lines.filter(order__channel=channel)
    if region is not None:
        lines = Jurisdiction.of_regions([region]).scope(lines, "producer__village_id")
    sums = lines.aggregate(fen=Sum("total_fen", default=0), orders=Count("order", distinct=True))
    return HeldSales(**sums)


def open_flags(place: Jurisdiction) -> QuerySet[SaleFlag]:
    """The flags on sales of the place that nobody has decided."""
    return place.scope(SaleFlag.objects.filter(status=SaleFlag.Status.OPEN), "village_id")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
