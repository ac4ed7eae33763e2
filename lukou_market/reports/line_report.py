"""The order lines of a period: where every figure of sales comes from."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lukou_market.orders.models import Channel, OrderLine
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Column, Row, Sheet, Unit
from lukou_market.screening.queries import held_orders

COLUMNS = (
    Column(gettext_lazy("Order number")),
    Column(gettext_lazy("Paid at")),
    Column(gettext_lazy("Channel")),
    Column(gettext_lazy("Village")),
    Column(gettext_lazy("Producer")),
    Column(gettext_lazy("Product")),
    Column(gettext_lazy("SKU")),
    Column(gettext_lazy("Quantity"), Unit.COUNT),
    Column(gettext_lazy("Weight"), Unit.GRAMS),
    Column(gettext_lazy("Paid"), Unit.FEN),
)
_FIELDS = (
    "order__number", "order__paid_at", "order__channel", "producer__village__name",
    "producer__name", "sku__product__name", "sku__name", "quantity", "weight_g", "total_fen",
)  # fmt: skip
_READ_AT_ONCE = 2000


def line_report(question: Question) -> Sheet:
    """Read from the server a portion at a time: there may be hundreds of thousands."""
    lines = lines_of(question).order_by("order__paid_at", "pk").values_list(*_FIELDS)

    def rows() -> Iterator[Row]:
        for number, paid_at, channel, *rest in lines.iterator(chunk_size=_READ_AT_ONCE):
            paid = f"{timezone.localtime(paid_at):%Y-%m-%d %H:%M:%S}"
            yield Row([number, paid, str(Channel(channel).label), *rest], about=number)

    return Sheet(COLUMNS, rows())


def lines_of(question: Question) -> QuerySet[OrderLine]:
    """The lines of orders paid in the period, without those whose sale is held."""
    paid = OrderLine.objects.filter(
        order__paid_at__gte=question.begins_at, order__paid_at__lt=question.ends_at
    ).exclude(order__in=held_orders())
    inside = Jurisdiction.of_regions([question.region]).scope(paid, "producer__village_id")
    return inside.filter(order__channel=question.channel) if question.channel else inside
