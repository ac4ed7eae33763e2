"""The admin's first page: a region's month, its year beside its targets, and what waits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lukou_market.cadre import draw_places, draw_weeks
from lukou_market.cadre.ask import (
    address_of,
    home_regions,
    month_asked,
    months_to_choose,
    region_asked,
)
from lukou_market.cadre.basis import MONTH, PROGRESS, WEEKS
from lukou_market.cadre.month_figures import MonthFigures, month_figures
from lukou_market.cadre.progress import Progress, progress
from lukou_market.cadre.sales_trend import TopSales, top_products, top_streams, weekly_sales
from lukou_market.cadre.waiting import waiting_for
from lukou_market.kernel.money import yuan
from lukou_market.regions.desk import Desk, desk_of
from lukou_market.regions.models import Region
from lukou_market.reports.question import Question


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its change to the month before, in words."""

    title: str
    value: str
    change: str
    rises: bool | None


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's DASHBOARD_CALLBACK. `?region=…&month=2026-06`, else the person's own, this month.

    Raises Http404 for a region outside, BadRequest for a month that can't be read.
    """
    now, desk = timezone.now(), desk_of(request)
    homes = home_regions(desk)
    if not homes:
        return context | {"region": None}
    region, month = region_asked(request), month_asked(request, now=now)
    question = Question(region, month, month)
    return context | {
        "region": region,
        "month": month,
        "above": _above(region, desk, month),
        "homes": homes,
        "months": months_to_choose(question, now=now),
        "cards": _cards(month_figures(region, month)),
        "report": reverse("cadre:aid-sales") + address_of(question),
        "as_of": now,
        "waiting": waiting_for(request, now=now),
        "basis": {"month": MONTH, "progress": PROGRESS, "weeks": WEEKS},
        **_places(progress(region, month), month),
        **_trend(region, month, now),
        **_top(region, month, desk),
    }


def dashboard_address(region_code: str, month: date) -> str:
    """The query string that asks for a region's month."""
    return "?" + urlencode({"region": region_code, "month": f"{month:%Y-%m}"})


def _cards(figures: MonthFigures) -> list[Card]:
    amounts = {
        _("Gross sales (yuan)"): figures.gross,
        _("Net sales (yuan)"): figures.net,
        _("Credited to households (yuan)"): figures.credited,
        _("Pending at the end of the month (yuan)"): figures.pending,
        _("Paid out (yuan)"): figures.paid_out,
    }
    reached = figures.reached
    of_all = f"{reached.now:,} / {figures.registered:,}"
    return [
        *(_card(title, yuan(f.now), f.change, yuan(abs(f.change))) for title, f in amounts.items()),
        _card(_("Households reached / registered"), of_all, reached.change, f"{reached.change:+,}"),
    ]


def _card(title: str, value: str, change: int, by: str) -> Card:
    if not change:
        return Card(title, value, _("as in the month before"), None)
    sign = "+" if change > 0 else "−"
    return Card(title, value, f"{sign}{by.lstrip('+-')}", change > 0)


def _places(found: Progress, month: date) -> dict[str, Any]:
    others = _("%d others")
    return {
        "progress": found,
        "place_rows": [(p, dashboard_address(p.region.code, month)) for p in found.places],
        "maps": [
            (name, canvas, [_tile(tile, month) for tile in tiles])
            for name, canvas in (("wide", draw_places.WIDE), ("narrow", draw_places.NARROW))
            if (tiles := draw_places.draw_places(found.places, canvas, others))
        ],
    }


def _tile(tile: draw_places.Tile, month: date) -> tuple[draw_places.Tile, str]:
    place = tile.place
    return tile, dashboard_address(place.region.code, month) if place else "#places"


def _trend(region: Region, month: date, now: datetime) -> dict[str, Any]:
    last_of_month = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    weeks = weekly_sales(region, last_day=min(last_of_month, timezone.localdate(now)))
    wide = draw_weeks.draw_weeks(weeks, draw_weeks.WIDE, label_every=3)
    narrow = draw_weeks.draw_weeks(weeks, draw_weeks.NARROW, label_every=7)
    return {"weeks": weeks, "charts": [("wide", wide), ("narrow", narrow)] if wide else []}


def _top(region: Region, month: date, desk: Desk) -> dict[str, Any]:
    pages = (
        ("top_products", _("Products"), "admin:catalog_product_change", top_products),
        ("top_streams", _("Live sessions"), "admin:streams_livesession_change", top_streams),
    )
    return {
        "top": [
            (title, _linked(top(region, month), page, desk), key) for key, title, page, top in pages
        ]
    }


def _linked(rows: list[TopSales], page: str, desk: Desk) -> list[tuple[TopSales, str, str]]:
    """Each with its page, if the person may open it, and its part of the largest in percent."""
    most = max((row.gross_fen for row in rows), default=0) or 1
    return [
        (
            row,
            reverse(page, args=[row.id]) if desk.jurisdiction.covers(row.village_code) else "",
            str(row.gross_fen * 100 // most),
        )
        for row in rows
    ]


def _above(region: Region, desk: Desk, month: date) -> list[tuple[Region, str]]:
    """The regions above, from the top down, that this person may open."""
    chain: list[tuple[Region, str]] = []
    above = region.parent
    while above is not None and desk.jurisdiction.covers(above.code):
        chain.insert(0, (above, dashboard_address(above.code, month)))
        above = above.parent
    return chain
