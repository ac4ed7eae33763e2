"""What to pick and to pack, by day and village, on paper."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from lukou_market.fulfilment.boxes import boxes_of, left_to_pack, lines_of
from lukou_market.fulfilment.print_labels import print_labels
from lukou_market.fulfilment.queries import to_pack, to_ship
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.orders.models import Order
from lukou_market.regions.models import Region
from lukou_market.studio.access import PackerRequest, for_packers

_MOST_ORDERS = 500
_MOST_LABELS = 100


@dataclass
class Sheet:
    """One village on one day: boxes and grams to pick of each package, and whose they are."""

    picked_on: date
    village: Region
    goods: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    orders: list[tuple[Order, list[tuple[str, int]]]] = field(default_factory=list)

    @property
    def totals(self) -> list[tuple[str, int, int]]:
        """Each package with its boxes and grams, by name."""
        return [(name, boxes, weight_g) for name, (boxes, weight_g) in sorted(self.goods.items())]


@require_POST
@for_packers
def labels(request: PackerRequest) -> HttpResponse:
    """Labels of all parcels that wait for a carrier, longest waiting first."""
    waiting = to_ship(request.orders).prefetch_related("order__lines__sku__product")
    with refusal_shown(request):
        pdf = print_labels(
            parcels=list(waiting[:_MOST_LABELS]), by=request.user, now=timezone.now()
        )
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = 'inline; filename="labels.pdf"'
        response["Cache-Control"] = "no-store"
        return response
    return redirect("studio:packing")


@require_GET
@for_packers
def packing_list(request: PackerRequest) -> HttpResponse:
    """Every order that waits, on the sheet of the day it must leave and the village it is from."""
    orders = to_pack(request.orders).prefetch_related(
        "lines__sku__product", "lines__producer__village", "shipments"
    )
    shown = list(orders[: _MOST_ORDERS + 1])
    context = {
        "sheets": sheets_of(shown[:_MOST_ORDERS]),
        "most": _MOST_ORDERS if len(shown) > _MOST_ORDERS else 0,
        "now": timezone.now(),
    }
    return render(request, "studio/packing_list.html", context)


def sheets_of(orders: list[Order]) -> list[Sheet]:
    """The orders' open boxes, by the day they are picked and by village."""
    sheets: dict[tuple[date, str], Sheet] = {}
    for order in orders:
        for village, name, boxes, weight_g in _open_boxes(order):
            day = _picked_on(order.ship_by)
            sheet = sheets.setdefault((day, village.code), Sheet(day, village))
            sheet.goods[name][0] += boxes
            sheet.goods[name][1] += weight_g
            if not sheet.orders or sheet.orders[-1][0] != order:
                sheet.orders.append((order, []))
            sheet.orders[-1][1].append((name, boxes))
    return [sheets[key] for key in sorted(sheets)]


def _open_boxes(order: Order) -> list[tuple[Region, str, int, int]]:
    """Village, package, boxes and grams of what is not packed yet, line by line."""
    left, found, before = left_to_pack(order), [], 0
    for line in lines_of(order):
        first = max(before + 1, left.first)
        before += line.quantity
        count = min(before, left.last) - first + 1
        if count > 0:
            weight_g = boxes_of(lines_of(order), first=first, count=count).weight_g
            found.append((line.producer.village, str(line.sku), count, weight_g))
    return found


def _picked_on(ship_by: datetime | None) -> date:
    """Goods are picked on the day they must leave, or today when that is over."""
    today = timezone.localdate()
    return max(timezone.localdate(ship_by), today) if ship_by else today
