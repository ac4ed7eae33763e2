"""Which products a channel sold, and how much of it was certified."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Q, Sum

from lukou_market.aid.models import SalesDay
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.reports.question import Question

_CERTIFIED = Q(product__certified_during__contains=F("day"))


@dataclass(slots=True)
class ProductSales:
    """Ids of products, and fen paid less refunds of those certified on the day of either."""

    products: set[int] = field(default_factory=set)
    certified_fen: int = 0


def product_sales(question: Question) -> defaultdict[str, ProductSales]:
    """By channel."""
    inside = Jurisdiction.of_regions([question.region])
    days = inside.scope(SalesDay.objects.filter(question.in_period), "producer__village_id")
    if question.channel:
        days = days.filter(channel=question.channel)
    net = Sum(F("gross_fen") - F("refunded_fen"), filter=_CERTIFIED, default=0)
    of_products = days.filter(product__isnull=False).order_by()
    sales: defaultdict[str, ProductSales] = defaultdict(ProductSales)
    for channel, product_id, net_fen in of_products.values_list("channel", "product").annotate(
        net=net
    ):
        sales[channel].products.add(product_id)
        sales[channel].certified_fen += net_fen
    return sales
