"""What a buyer does with an order: pay, cancel, confirm receipt, ask money back."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lukou_market.fulfilment.receive_order import receive_order
from lukou_market.fulfilment.withdraw_order import withdraw_order
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.errors import TotalChanged
from lukou_market.payments.models import Refund
from lukou_market.payments.open_checkout import open_checkout
from lukou_market.payments.request_refund import request_refund
from lukou_market.storefront.buyer_request import BuyerRequest
from lukou_market.storefront.checkout_page import Checkout, Quote
from lukou_market.storefront.forms import RefundForm
from lukou_market.storefront.my_orders import order_or_404, refundable_fen, show_order


@login_required
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Take the address and go to Stripe's payment page; first show a total that has changed.

    `fill` asks only for the next list of places, or for a pasted address to be taken apart.
    Who loads its answer again is led to the order.
    """
    if request.method == "GET":
        return redirect("storefront:order", number=number)
    buyer_id = _buyer_id(request)
    order = order_or_404(buyer_id, number)
    checkout = Checkout(order, request.POST)
    if "fill" in request.POST or not checkout.is_valid():
        if "fill" in request.POST:
            checkout.form.errors.clear()
        return show_order(request, order, checkout=checkout)
    now = timezone.now()
    try:
        payment = open_checkout(buyer_id=buyer_id, number=number, now=now, **checkout.asked())
    except TotalChanged as changed:
        checkout.quote = Quote(**changed.detail)
        messages.warning(request, str(changed))
        return show_order(request, order, checkout=checkout)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return show_order(request, order_or_404(buyer_id, number), checkout=checkout)
    checkout.keep_address(now)
    return HttpResponseRedirect(payment.checkout_url)


@login_required
@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel before paying."""
    order_or_404(_buyer_id(request), number)
    with refusal_shown(request):
        cancel_order(buyer_id=_buyer_id(request), number=number, now=timezone.now())
        messages.success(request, _("The order is cancelled."))
    return redirect("storefront:order", number=number)


@login_required
@require_POST
def receive(request: HttpRequest, number: str) -> HttpResponse:
    """The parcel has come."""
    order_or_404(_buyer_id(request), number)
    with refusal_shown(request):
        receive_order(buyer_id=_buyer_id(request), number=number, now=timezone.now())
        messages.success(request, _("Thank you. The money now goes to the households below."))
    return redirect("storefront:order", number=number)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Give up an order that has not left."""
    order_or_404(_buyer_id(request), number)
    with refusal_shown(request):
        withdraw_order(buyer_id=_buyer_id(request), number=number, now=timezone.now())
        messages.success(request, _("Cancelled. All your money is on its way back to you."))
    return redirect("storefront:order", number=number)


@login_required
@require_http_methods(["GET", "POST"])
def ask_refund(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for money back; the host decides. Who loads its answer again is led to the order."""
    if request.method == "GET":
        return redirect("storefront:order", number=number)
    buyer_id = _buyer_id(request)
    order = order_or_404(buyer_id, number)
    form = RefundForm(request.POST, at_most_fen=refundable_fen(order))
    if not form.is_valid():
        return show_order(request, order, refund_form=form)
    with refusal_shown(request):
        refund = request_refund(
            buyer_id=buyer_id,
            number=number,
            amount_fen=form.amount_fen(),
            note=form.cleaned_data["note"],
            now=timezone.now(),
        )
        messages.success(request, _what_happens_next(refund))
    return redirect("storefront:order", number=number)


def _buyer_id(request: HttpRequest) -> int:
    return cast(BuyerRequest, request).user.pk


def _what_happens_next(refund: Refund) -> str:
    if refund.status == Refund.Status.REQUESTED:
        return _("Your request is with the host, who decides on it.")
    return _("The money is on its way back to you.")
