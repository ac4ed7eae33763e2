"""The receipt of an order: open to whoever holds its link, shared and taken back by its buyer."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lukou_market.kernel.refusals import refusal_shown
from lukou_market.orders.errors import ReceiptNotFound
from lukou_market.orders.share_receipt import (
    order_of_receipt,
    share_receipt,
    stop_sharing_receipt,
)
from lukou_market.storefront.buyer_request import BuyerRequest
from lukou_market.storefront.my_orders import order_or_404
from lukou_market.storefront.receipt import Receipt, receipt_of
from lukou_market.storefront.receipt_picture import receipt_png

# The address is the key: search engines leave it out, and no page that is left tells it to the
# next. (`no-referrer` would also take the Origin from our own forms, which CSRF looks at.)
_DISCREET = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow, noarchive"}


@never_cache
@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt as it stands now; 404 for a link that was never made, or has ended."""

    def page(found: Receipt) -> HttpResponse:
        picture = _absolute("storefront:receipt-picture", token)
        context = {
            "receipt": found,
            "trace": found.trace,
            "money": found.money,
            "token": token,
            "picture": picture,
        }
        return render(request, "storefront/receipt.html", context)

    return _opened(request, token, page)


@never_cache
@require_GET
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """The same as a PNG."""

    def png(found: Receipt) -> HttpResponse:
        return HttpResponse(
            receipt_png(found, _absolute("storefront:receipt", token)), content_type="image/png"
        )

    return _opened(request, token, png)


@login_required
@require_POST
def share(request: HttpRequest, number: str) -> HttpResponse:
    """Make a link to the receipt; an older one ends."""
    buyer_id = cast(BuyerRequest, request).user.pk
    order_or_404(buyer_id, number)
    with refusal_shown(request):
        share_receipt(buyer_id=buyer_id, number=number, now=timezone.now())
        messages.success(request, _("The receipt has a new link."))
    return redirect("storefront:order", number=number)


@login_required
@require_POST
def stop_sharing(request: HttpRequest, number: str) -> HttpResponse:
    """The link opens nothing any more."""
    buyer_id = cast(BuyerRequest, request).user.pk
    order_or_404(buyer_id, number)
    stop_sharing_receipt(buyer_id=buyer_id, number=number, now=timezone.now())
    messages.success(request, _("The link has ended: nobody can open the receipt with it."))
    return redirect("storefront:order", number=number)


def _opened(
    request: HttpRequest, token: str, answer: Callable[[Receipt], HttpResponse]
) -> HttpResponse:
    try:
        response = answer(receipt_of(order_of_receipt(token)))
    except ReceiptNotFound as refusal:
        context = {"refusal": refusal}
        response = render(request, "storefront/no_receipt.html", context, status=refusal.status)
    for name, value in _DISCREET.items():
        response.headers[name] = value
    return response


def _absolute(page: str, token: str) -> str:
    return urljoin(settings.PUBLIC_BASE_URL, reverse(page, args=[token]))
