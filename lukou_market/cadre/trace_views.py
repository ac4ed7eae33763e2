"""Following a fen in the admin: a household's total to its lines, an order to its households."""

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lukou_market.aid.parties import masked_heads
from lukou_market.aid.trace import trace_order
from lukou_market.aid.trace_household import Position, trace_household
from lukou_market.aid.who_may_trace import concerns
from lukou_market.cadre.ask import months_to_choose, selection_address, selection_asked
from lukou_market.cadre.basis import ORDER_TRACE, TRACE
from lukou_market.households.models import Household, IncomeKind
from lukou_market.orders.models import Channel, Order
from lukou_market.regions.desk import desk_of


@require_safe
def household_trace_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /admin/trace/households/<id>/: every order line behind the household's totals."""
    household = household_in_view(request, pk)
    now = timezone.now()
    selection = selection_asked(request, now=now)
    after = _position(request)
    trace = trace_household(household=household, selection=selection, after=after)
    context = {
        **admin.site.each_context(request),
        "title": _("Where does it come from"),
        "household": household,
        "head": masked_heads([household.pk]).get(household.pk, ""),
        "trace": trace,
        "selection": selection,
        "here": selection_address(selection),
        "is_first": after is None,
        "months": months_to_choose(selection, now=now),
        "channels": Channel.choices,
        "income_kinds": IncomeKind.choices,
        "basis": TRACE,
        "now": now,
    }
    return TemplateResponse(request, "cadre/household_trace.html", context)


@require_safe
def order_trace_page(request: HttpRequest, number: str) -> HttpResponse:
    """GET /admin/trace/orders/<number>/: each party's part of each line of the order."""
    desk = desk_of(request)
    order = get_object_or_404(Order, number=number)
    trace = trace_order(order=order)
    if not concerns(trace, desk.jurisdiction):
        raise Http404
    villages = {row.party.village_code for row in trace.rows}
    context = {
        **admin.site.each_context(request),
        "title": _("Where the money goes"),
        "order": order,
        "trace": trace,
        "in_view": {code for code in villages if desk.jurisdiction.covers(code)},
        "sees_order": any(
            row.kind == "producer" and desk.jurisdiction.covers(row.party.village_code)
            for row in trace.rows
        ),
        "sees_book": desk.sees_everything,
        "basis": ORDER_TRACE,
    }
    return TemplateResponse(request, "cadre/order_trace.html", context)


def household_in_view(request: HttpRequest, pk: int) -> Household:
    """The household. Raises Http404 for one outside the person's region."""
    rows = Household.objects.select_related("village__parent")
    return get_object_or_404(desk_of(request).jurisdiction.scope(rows, "village_id"), pk=pk)


def _position(request: HttpRequest) -> Position | None:
    text = request.GET.get("after", "")
    try:
        return Position.read(text) if text else None
    except ValueError as error:
        raise BadRequest(str(error)) from error
