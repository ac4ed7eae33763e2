"""A small book to report on, and what its orders say: added up without any total."""

from collections import Counter
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from lukou_market.orders.models import Order, OrderEvent
from lukou_market.regions.models import Region
from lukou_market.reports.question import Question
from tests.aid.every_mechanism import offers_of_every_mechanism
from tests.aid.sales import sell

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
VILLAGE = "430212101001"


def sold_book(seed: int, *, orders: int = 20) -> list[Order]:
    """Sales of three products, the dearest of them certified from July on."""
    offers = offers_of_every_mechanism()
    dearest = offers[-1].sku.product
    dearest.certificate_number, dearest.certified_during = "FP-1", DateRange(JULY, None)
    dearest.save()
    return sell(offers[1:], orders=orders, seed=seed)


def ask(
    code: str = VILLAGE, first: date = JUNE, last: date = AUGUST, channel: str = ""
) -> Question:
    """A question about a place."""
    region = Region.objects.select_related("parent__parent").get(code=code)
    return Question(region, first, last, channel)


def by_events(question: Question) -> Counter[str]:
    """Fen paid, refunded and received in the period, from what happened to each order."""
    sums: Counter[str] = Counter()
    for event in OrderEvent.objects.select_related("order").order_by("id"):
        day = timezone.localtime(event.occurred_at).date()
        if not question.first_month <= day <= question.last_day:
            continue
        if event.kind == "paid":
            sums["paid"] += event.order.total_fen
        elif event.kind == "refund":
            sums["refunded"] += event.amount_fen
        elif event.kind == "received":
            sums["received"] += event.order.total_fen - _refunded_before(event)
    return sums


def _refunded_before(received: OrderEvent) -> int:
    earlier = received.order.events.filter(kind="refund", pk__lt=received.pk)
    return sum(event.amount_fen for event in earlier)
