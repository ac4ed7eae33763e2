"""By channel: what was sold through each, of it certified, and how it was a period before."""

from dataclasses import replace

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lukou_market.catalog.models import Product
from lukou_market.orders.models import Channel
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.reports.figures import received_by, sales_by
from lukou_market.reports.product_sales import product_sales
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Column, Row, Sheet, Unit, added_up

COLUMNS = (
    Column(gettext_lazy("Channel")),
    Column(gettext_lazy("Products sold"), Unit.COUNT, adds_up=False),
    Column(gettext_lazy("Paid"), Unit.FEN),
    Column(gettext_lazy("Refunds"), Unit.FEN),
    Column(gettext_lazy("Net sales"), Unit.FEN),
    Column(gettext_lazy("Received"), Unit.FEN),
    Column(gettext_lazy("Of it certified, net"), Unit.FEN),
    Column(gettext_lazy("Net sales the period before"), Unit.FEN),
)


def channel_report(question: Question) -> Sheet:
    """One row for each channel, or for the one asked for."""
    sold = sales_by(question, F("channel"))
    received = received_by(question, F("channel"))
    before = sales_by(question.previous, F("channel"))
    products = product_sales(question)
    rows = []
    for channel in [Channel(question.channel)] if question.channel else Channel:
        sales = sold[channel]
        rows.append(
            Row(
                [
                    str(channel.label), len(products[channel].products), sales.gross_fen,
                    sales.refunded_fen, sales.net_fen, received[channel],
                    products[channel].certified_fen, before[channel].net_fen,
                ],
                about=replace(question, channel=channel.value),
            )
        )  # fmt: skip
    totals = added_up(COLUMNS, rows, _("Total"))
    totals[1] = len(set[int]().union(*(sold_by.products for sold_by in products.values())))
    return Sheet(COLUMNS, rows, totals, notes=[_catalogue(question)])


def _catalogue(question: Question) -> str:
    inside = Jurisdiction.of_regions([question.region])
    during = Q(certified_during__contains=question.last_day)
    counted = inside.scope(Product.objects.all(), "producer__village_id").aggregate(
        products=Count("pk"), certified=Count("pk", filter=during)
    )
    return (
        _("Catalogue: %(products)d products, %(certified)d of them certified at the period's end.")
        % counted
    )
