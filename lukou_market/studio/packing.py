"""Parcels: weigh, then hand to a carrier."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.fulfilment.ship_order import ship_order
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.kernel.weight import kilograms
from lukou_market.orders.models import Status
from lukou_market.studio.access import PackerRequest, for_packers
from lukou_market.studio.forms import PackForm, ShipForm

_A_PAGE = 30


@require_GET
@for_packers
def packing(request: PackerRequest) -> HttpResponse:
    """What to pack and what to ship, longest waiting first."""
    sold = request.orders.order_by("status_at", "pk")
    to_pack, to_ship = sold.filter(status=Status.PAID), sold.filter(status=Status.PACKED)
    weighed = to_pack.annotate(ordered_g=Sum("lines__weight_g"))
    context = {
        "to_pack": [
            (order, PackForm(initial={"packed_kg": _typed_kg(order)}, auto_id=f"{order.pk}-%s"))
            for order in weighed.prefetch_related("lines__sku__product")[:_A_PAGE]
        ],
        "to_ship": [
            (order, ShipForm(auto_id=f"{order.pk}-%s"))
            for order in to_ship.select_related("shipment")[:_A_PAGE]
        ],
        "waiting_to_pack": to_pack.count(),
        "waiting_to_ship": to_ship.count(),
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
        pack_order(
            order_id=order.pk,
            packer=request.user,
            packed_g=form.packed_g(),
            now=timezone.now(),
        )
        messages.success(request, _("Packed: %(number)s") % {"number": number})
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
        ship_order(order_id=order.pk, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Shipped: %(number)s") % {"number": number})
    return redirect("studio:packing")


def _back_with_errors(request: PackerRequest, form: forms.Form) -> HttpResponse:
    for field, errors in form.errors.items():
        messages.error(request, f"{form.fields[field].label}: {errors[0]}")
    return redirect("studio:packing")


def _typed_kg(order: Any) -> str:
    return kilograms(order.ordered_g).replace(",", "")
