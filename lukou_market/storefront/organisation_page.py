"""An organisation's page: what it may order, how far it is with its target, its lists.

A list is read as a whole: with one fault in it nothing is ordered, and all faults are shown.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.orders.address import Address
from lukou_market.organisations.address_list import XLSX, Fault, read_address_list, template
from lukou_market.organisations.deliver_to_members import not_delivered
from lukou_market.organisations.models import GroupOrder, Organisation
from lukou_market.organisations.order_for_members import order_for_members
from lukou_market.organisations.queries import (
    group_orders_of,
    offers_for_organisations,
    organisation_of,
)
from lukou_market.organisations.quota import quota_of
from lukou_market.payments.issue_notice import issue_notice, takes_transfers
from lukou_market.payments.models import PaymentNotice
from lukou_market.payments.open_checkout import open_checkout
from lukou_market.storefront.forms import AddressListForm, ShownDueForm
from lukou_market.storefront.my_orders import can_be_paid

_FAULTS_SHOWN = 200


class OrganisationRequest(HttpRequest):
    """A request of somebody who orders for an organisation."""

    organisation: Organisation


def for_organisations(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sign in first; who orders for nobody learns how to become a customer (403)."""

    @never_cache
    @login_required
    @wraps(view)
    def checked(request: OrganisationRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = organisation_of(cast(int, request.user.pk))
        if found is None:
            return render(request, "storefront/no_organisation.html", status=403)
        request.organisation = found
        return view(request, *args, **kwargs)

    return checked


@require_GET
@for_organisations
def organisation(request: OrganisationRequest) -> HttpResponse:
    """The target, the form, and what was ordered before."""
    return _show(request, AddressListForm(offers=offers_for_organisations(timezone.now())))


@require_GET
@for_organisations
def list_template(request: OrganisationRequest) -> HttpResponse:
    """The spreadsheet to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="address-list.xlsx"'}
    return HttpResponse(template(), content_type=XLSX, headers=headers)


@require_POST
@for_organisations
def order(request: OrganisationRequest) -> HttpResponse:
    """Order for everybody on the list, or say what is wrong with it and order nothing."""
    now = timezone.now()
    form = AddressListForm(request.POST, request.FILES, offers=offers_for_organisations(now))
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        listed = read_address_list(form.cleaned_data["file"])
        faults = listed.faults + not_delivered(listed.members)
        if faults:
            return _show(request, form, sorted(faults, key=_by_row), status=422)
        offer = form.cleaned_data["offer"]
        placed = order_for_members(
            organisation=request.organisation,
            offer_id=offer.pk,
            listed=listed,
            shown_price_fen=form.cleaned_data["shown_prices"].get(str(offer.pk), 0),
            now=now,
        )
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return _show(request, form, status=refusal.status)
    if placed.replayed:
        messages.info(request, _("This list was ordered before. Here is that order."))
    else:
        messages.success(request, _("It is reserved for you. Please pay before the time is up."))
    return redirect("storefront:group-order", number=placed.order.number)


@require_GET
@for_organisations
def group_order(request: OrganisationRequest, number: str) -> HttpResponse:
    """One order: its members, masked, what it costs, and the ways to pay."""
    group = _own(request, number)
    now = timezone.now()
    context = {
        "group": group,
        "order": group.order,
        "parcels": group.parcels.all(),
        "can_pay": can_be_paid(group.order, now),
        "takes_transfers": takes_transfers(),
        "notice": PaymentNotice.objects.filter(order=group.order).first(),
        "now": now,
    }
    return render(request, "storefront/group_order.html", context)


@require_POST
@for_organisations
def pay(request: OrganisationRequest, number: str) -> HttpResponse:
    """Pay the whole list at once, on Stripe's page."""
    order = _own(request, number).order
    with refusal_shown(request):
        payment = open_checkout(
            buyer_id=order.buyer_id,
            number=number,
            address=Address(order.recipient, order.recipient_phone, order.address),
            shown_due_fen=_shown_due_fen(request),
            now=timezone.now(),
        )
        return HttpResponseRedirect(payment.checkout_url)
    return redirect("storefront:group-order", number=number)


@require_POST
@for_organisations
def pay_by_transfer(request: OrganisationRequest, number: str) -> HttpResponse:
    """Take a payment notice instead: the order is kept until its transfer must have come."""
    order = _own(request, number).order
    with refusal_shown(request):
        issue_notice(
            buyer_id=order.buyer_id,
            number=number,
            shown_due_fen=_shown_due_fen(request),
            now=timezone.now(),
        )
        return redirect("storefront:payment-notice", number=number)
    return redirect("storefront:group-order", number=number)


@require_GET
@for_organisations
def payment_notice(request: OrganisationRequest, number: str) -> HttpResponse:
    """What the organisation's accountant pays against: to be printed, or saved as a PDF."""
    order = _own(request, number).order
    context = {
        "order": order,
        "notice": get_object_or_404(PaymentNotice, order=order),
        "organisation": request.organisation,
        "can_pay": can_be_paid(order, timezone.now()),
        "account": {
            "name": settings.TRANSFER_ACCOUNT_NAME,
            "number": settings.TRANSFER_ACCOUNT_NUMBER,
            "bank": settings.TRANSFER_BANK,
        },
    }
    return render(request, "storefront/payment_notice.html", context)


def _shown_due_fen(request: HttpRequest) -> int:
    """What the page has shown; 0, which no order costs, for a form that does not say it."""
    form = ShownDueForm(request.POST)
    return form.cleaned_data["shown_due_fen"] if form.is_valid() else 0


def _by_row(fault: Fault) -> int:
    return fault.row


def _own(request: OrganisationRequest, number: str) -> GroupOrder:
    return get_object_or_404(group_orders_of(request.organisation), order__number=number)


def _show(
    request: OrganisationRequest,
    form: AddressListForm,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "organisation": request.organisation,
        "quota": quota_of(request.organisation, now=timezone.now()),
        "groups": group_orders_of(request.organisation),
        "form": form,
        "faults": faults[:_FAULTS_SHOWN],
        "fault_count": len(faults),
    }
    return render(request, "storefront/organisation.html", context, status=status)
