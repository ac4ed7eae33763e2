"""The buyer's orders, and one of them with its payment, refunds, history and trace."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lukou_market.aid.order_money import money_of
from lukou_market.aid.trace import trace_order
from lukou_market.fulfilment.withdraw_order import is_late, is_withdrawable
from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order, OrderEvent, Status
from lukou_market.orders.queries import orders_of, own_order
from lukou_market.orders.share_receipt import receipt_token
from lukou_market.organisations.queries import organisation_of
from lukou_market.payments.look_up import look_up
from lukou_market.payments.models import Payment
from lukou_market.payments.queries import own_refunds
from lukou_market.storefront.buyer_request import BuyerRequest
from lukou_market.storefront.checkout_page import Checkout
from lukou_market.storefront.forms import RefundForm
from lukou_market.storefront.my_notices import see_notices, unseen_notices
from lukou_market.streams.chat_queries import said_around
from lukou_market.streams.replay_moment import moment_in

_A_PAGE = 20
_LOOKED_UP = "looked_up"
_CAME = (Status.SHIPPED, Status.RECEIVED)
_REFUNDABLE = (Status.PAID, Status.PACKED, Status.SHIPPED, Status.RECEIVED)


@never_cache
@login_required
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """My orders, newest first; `?before=<number>` shows the older ones."""
    buyer_id = cast(BuyerRequest, request).user.pk
    mine = orders_of(buyer_id)
    before = request.GET.get("before")
    if before:
        mine = mine.filter(pk__lt=order_or_404(buyer_id, before).pk)
    page = list(mine[: _A_PAGE + 1])
    shown, has_older = page[:_A_PAGE], len(page) > _A_PAGE
    context = {
        "orders": shown,
        "has_older": has_older,
        "oldest": shown[-1].number if shown else "",
        "notices": unseen_notices(buyer_id),
        "organisation": organisation_of(buyer_id),
    }
    return render(request, "storefront/orders.html", context)


@never_cache
@login_required
@require_GET
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order; `?paid=1` and `?cancelled=1` say how the buyer came back from paying.

    Then Stripe is asked once; after that the page waits for its event.
    """
    buyer_id = cast(BuyerRequest, request).user.pk
    mine = order_or_404(buyer_id, number)
    if _has_just_come_back(request, mine):
        look_up(order=mine, now=timezone.now())
        mine = order_or_404(buyer_id, number)
    return show_order(request, mine)


def _has_just_come_back(request: HttpRequest, order: Order) -> bool:
    """Whether this is the first look after Stripe's page, and not the page renewing itself."""
    if request.GET.keys().isdisjoint({"paid", "cancelled"}):
        return False
    newest = order.payments.order_by("-id").values_list("pk", flat=True).first()
    this_return = f"{newest} paid" if "paid" in request.GET else f"{newest} cancelled"
    if newest is None or request.session.get(_LOOKED_UP) == this_return:
        return False
    request.session[_LOOKED_UP] = this_return
    return True


def order_or_404(buyer_id: int, number: str) -> Order:
    """The buyer's own order. Raises Http404."""
    try:
        return own_order(buyer_id=buyer_id, number=number)
    except OrderNotFound:
        raise Http404 from None


def show_order(
    request: HttpRequest,
    order: Order,
    *,
    checkout: Checkout | None = None,
    refund_form: RefundForm | None = None,
) -> HttpResponse:
    """The order's page; a form that was filled in wrongly is shown again as it was."""
    now = timezone.now()
    see_notices(order, now)
    at_most_fen = refundable_fen(order)
    can_pay = can_be_paid(order, now)
    context: dict[str, Any] = {
        "order": order,
        "now": now,
        "moment": moment_in(order.session, order.placed_at) if order.session else None,
        "trace": trace_order(order=order),
        "money": money_of(order),
        "events": order.events.exclude(kind__in=[OrderEvent.HELD, OrderEvent.RELEASED]),
        "said": said_around(order.session_id, order.placed_at) if order.session_id else [],
        "refunds": own_refunds(buyer_id=order.buyer_id, number=order.number)
        .select_related("claim")
        .prefetch_related("claim__photos"),
        "can_claim": at_most_fen and order.status in _CAME,
        "confirming": "paid" in request.GET and _is_confirming(order),
        "cancelled": "cancelled" in request.GET and order.status == Status.PLACED,
        "can_pay": can_pay,
        "refundable_fen": at_most_fen,
        "checkout": checkout or (Checkout(order) if can_pay else None),
        "refund_form": refund_form or RefundForm(at_most_fen=at_most_fen),
        "parcels": order.shipments.prefetch_related("scans"),
        "is_late": is_late(order, now),
        "can_withdraw": at_most_fen and is_withdrawable(order, now),
        "receipt_token": receipt_token(order),
    }
    return render(request, "storefront/order.html", context)


def can_be_paid(order: Order, now: datetime) -> bool:
    """Whether its boxes are still kept for the buyer."""
    return order.status == Status.PLACED and now < order.pay_by


def refundable_fen(order: Order) -> int:
    """What the buyer may ask back now, in fen: 0 when nothing, or while a refund is under way."""
    paid = order.payments.filter(applied=True).first()
    if paid is None or order.status not in _REFUNDABLE:
        return 0
    if paid.refunds.filter(settled_at=None).exists():
        return 0
    return paid.amount_fen - paid.refunding_fen


def _is_confirming(order: Order) -> bool:
    """Whether Stripe's word on a payment is still awaited."""
    if order.status not in (Status.PLACED, Status.EXPIRED):
        return False
    awaited = [Payment.Status.CREATING, Payment.Status.OPEN]
    return order.payments.filter(status__in=awaited).exists()
