"""Which products a channel sold, and how much of it was certified."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from lukou_market.aid.models import SalesDay
from lukou_market.regions.jurisdiction import CODE_LENGTH, Jurisdiction
from lukou_market.reports.question import Question

_CERTIFIED = Q(offer__sku__product__certified_during__contains=F("day"))

# A direct sale has no offer, by which sales by day would know its product.
_DIRECT = """
    SELECT journal.label, product.id,
           coalesce(sum(CASE transfer.code WHEN 'sale_paid' THEN transfer.amount_fen
                                    ELSE -transfer.amount_fen END)
               FILTER (WHERE product.certified_during
                             @> (transfer.effective_at AT TIME ZONE %(zone)s)::date), 0)::bigint
    FROM orders_directsale sale
    JOIN orders_orderevent event ON event.order_id = sale.order_id
    JOIN ledger_transfer transfer
      ON transfer.source_kind = 'order_event' AND transfer.source_id = event.id
     AND transfer.code IN ('sale_paid', 'refund_pending', 'refund_retained', 'refund_pooled')
    JOIN ledger_journal journal ON journal.id = transfer.journal_id
    JOIN orders_orderline line ON line.id = split_part(transfer.leg, ':', 2)::bigint
    JOIN catalog_sku sku ON sku.id = line.sku_id
    JOIN catalog_product product ON product.id = sku.product_id
    JOIN households_producer producer ON producer.id = line.producer_id
    WHERE journal.month BETWEEN %(first)s AND %(last)s
      AND producer.village_id BETWEEN %(lowest)s AND %(highest)s
      AND (%(channel)s = '' OR journal.label = %(channel)s)
    GROUP BY 1, 2
"""


@dataclass(slots=True)
class ProductSales:
    """Ids of products, and fen paid less refunds of those certified on the day of either."""

    products: set[int] = field(default_factory=set)
    certified_fen: int = 0


def product_sales(question: Question) -> defaultdict[str, ProductSales]:
    """By channel."""
    sales: defaultdict[str, ProductSales] = defaultdict(ProductSales)
    for channel, product_id, certified_fen in [*_through_offers(question), *_direct(question)]:
        sales[channel].products.add(product_id)
        sales[channel].certified_fen += certified_fen
    return sales


def _through_offers(question: Question) -> QuerySet[SalesDay, tuple[Any, ...]]:
    inside = Jurisdiction.of_regions([question.region])
    days = inside.scope(SalesDay.objects.filter(question.in_period), "producer__village_id")
    if question.channel:
        days = days.filter(channel=question.channel)
    net = Sum(F("gross_fen") - F("refunded_fen"), filter=_CERTIFIED, default=0)
    of_offers = days.filter(offer__isnull=False).order_by()
    return of_offers.values_list("channel", "offer__sku__product").annotate(net=net)


def _direct(question: Question) -> list[tuple[Any, ...]]:
    prefix = question.region.subtree_prefix
    with connection.cursor() as cursor:
        cursor.execute(
            _DIRECT,
            {
                "zone": settings.TIME_ZONE,
                "first": question.first_month,
                "last": question.last_month,
                "lowest": prefix.ljust(CODE_LENGTH, "0"),
                "highest": prefix.ljust(CODE_LENGTH, "9"),
                "channel": question.channel,
            },
        )
        return list(cursor.fetchall())
