"""A report's rows as its page shows them: in the units chosen, with where each leads on to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from lukou_market.cadre.ask import address_in_units, address_of
from lukou_market.households.models import Household
from lukou_market.regions.desk import Desk
from lukou_market.regions.models import Region
from lukou_market.reports.display import Display
from lukou_market.reports.heading import title_of
from lukou_market.reports.kinds import Kind
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Cell, Sheet
from lukou_market.streams.models import LiveSession


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell's text, and whether it is a figure."""

    text: str
    title: str
    is_figure: bool


def shown_rows(
    kind: Kind, sheet: Sheet, question: Question, display: Display
) -> list[tuple[str, list[Shown]]]:
    """Each row's link and its cells."""
    return [
        (_link(kind, row.about, question, display), shown_totals(row.cells, sheet, display))
        for row in sheet.rows
    ]


def shown_totals(cells: Sequence[Cell], sheet: Sheet, display: Display) -> list[Shown]:
    """The cells of a row, or of the totals."""
    numeric_from = sheet.numeric_from
    return [
        Shown(display.text(cell, column.unit), title_of(column, display), n >= numeric_from)
        for n, (cell, column) in enumerate(zip(cells, sheet.columns, strict=bool(cells)))
    ]


def region_links(
    kind: Kind, question: Question, display: Display, desk: Desk
) -> Iterable[tuple[Region, str]]:
    """The regions above, from the top down, that this person may open."""
    chain: list[tuple[Region, str]] = []
    region = question.region.parent
    while region is not None and desk.jurisdiction.covers(region.code):
        chain.insert(0, (region, _region_link(kind, region, question, display)))
        region = region.parent
    return chain


def _link(kind: Kind, about: Any, question: Question, display: Display) -> str:
    """Down to a region's report, to the aid sales of a channel, to a household's order lines."""
    if isinstance(about, Region) and about != question.region:
        return _region_link(kind, about, question, display)
    if isinstance(about, Region | Question):
        asked = about if isinstance(about, Question) else question
        return reverse("cadre:aid-sales") + address_of(asked)
    if isinstance(about, Household):
        months = {"from": f"{question.first_month:%Y-%m}", "to": f"{question.last_month:%Y-%m}"}
        asked_for = urlencode({**months, "channel": question.channel})
        return f"{reverse('cadre:household-trace', args=[about.pk])}?{asked_for}"
    if isinstance(about, LiveSession):
        orders = reverse("admin:orders_order_changelist")
        return f"{orders}?{urlencode({'session__id__exact': about.pk})}"
    return ""


def _region_link(kind: Kind, region: Region, question: Question, display: Display) -> str:
    address = address_in_units(replace(question, region=region), display)
    return reverse("cadre:report", args=[kind.value]) + address
