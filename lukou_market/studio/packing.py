"""Parcels: weigh, then hand to a carrier."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lukou_market.fulfilment.book_parcel import book_parcel, can_book
from lukou_market.fulfilment.boxes import Boxes
from lukou_market.fulfilment.models import Shipment
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.queries import to_pack, to_ship
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.fulfilment.where_to import next_parcel, where_to
from lukou_market.kernel.money import yuan
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.orders.models import Order
from lukou_market.studio.access import PackerRequest, for_packers
from lukou_market.studio.forms import BookForm, PackForm, ShipForm
from lukou_market.studio.note_packing import note_packing

_A_PAGE = 30


@require_GET
@for_packers
def packing(request: PackerRequest) -> HttpResponse:
    """What to pack and what to ship, longest waiting first."""
    note_packing(request, now=timezone.now())
    orders, parcels = to_pack(request.orders), to_ship(request.orders)
    shown = orders.prefetch_related("lines__sku__product", "shipments")[:_A_PAGE]
    context = {
        "now": timezone.now(),
        "to_pack": [_packable(order) for order in shown],
        "to_ship": [
            (parcel, where_to(parcel), ShipForm.for_parcel(parcel)) for parcel in parcels[:_A_PAGE]
        ],
        "can_book": can_book(),
        "waiting_to_pack": orders.count(),
        "waiting_to_ship": parcels.count(),
    }
    return render(request, "studio/packing.html", context)


@require_POST
@for_packers
def pack(request: PackerRequest, number: str) -> HttpResponse:
    """Note what the scales said."""
    order = get_object_or_404(request.orders, number=number)
    form = PackForm(request.POST)
    if not form.is_valid():
        return _back_with_errors(request, form)
    with refusal_shown(request):
        parcel = pack_order(
            order_id=order.pk, packer=request.user, now=timezone.now(), **form.parcel()
        )
        messages.success(request, _what_was_packed(parcel))
    return redirect("studio:packing")


@require_POST
@for_packers
def book(request: PackerRequest, number: str) -> HttpResponse:
    """Ask the carrier for the parcel's number."""
    order = get_object_or_404(request.orders, number=number)
    form = BookForm(request.POST)
    if not form.is_valid():
        return _back_with_errors(request, form)
    with refusal_shown(request):
        parcel = book_parcel(order_id=order.pk, **form.parcel(), now=timezone.now())
        facts = {"carrier": parcel.get_carrier_display(), "number": parcel.tracking_number}
        messages.success(request, _("Booked: %(carrier)s %(number)s. Print its label.") % facts)
    return redirect("studio:packing")


@require_POST
@for_packers
def ship(request: PackerRequest, number: str) -> HttpResponse:
    """Note carrier and tracking number."""
    order = get_object_or_404(request.orders, number=number)
    form = ShipForm(request.POST)
    if not form.is_valid():
        return _back_with_errors(request, form)
    with refusal_shown(request):
        ship_order(order_id=order.pk, **form.parcel(), now=timezone.now())
        messages.success(request, _("Shipped: %(number)s") % {"number": number})
    return redirect("studio:packing")


def _back_with_errors(request: PackerRequest, form: forms.Form) -> HttpResponse:
    for field, errors in form.errors.items():
        messages.error(request, f"{form.fields[field].label}: {errors[0]}")
    return redirect("studio:packing")


def _packable(order: Order) -> tuple[Order, Boxes, PackForm]:
    left = next_parcel(order)
    form = PackForm.for_boxes(left, prefix=str(order.pk), money_went_back=bool(order.refunded_fen))
    return order, left, form


def _what_was_packed(parcel: Shipment) -> str:
    if not parcel.lighter_fen:
        return _("Packed: %(number)s") % {"number": parcel.order.number}
    facts = {"number": parcel.order.number, "amount": yuan(parcel.lighter_fen)}
    return _("Packed: %(number)s. ¥%(amount)s goes back to the buyer, it is lighter.") % facts
