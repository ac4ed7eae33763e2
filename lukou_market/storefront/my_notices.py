"""What the buyer is told on the page, and whether it also comes as a text message."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lukou_market.orders.models import BuyerNotice, NoTexts, Order
from lukou_market.orders.notify_buyers import words_of
from lukou_market.storefront.buyer_request import BuyerRequest

_A_PAGE = 50
_NEWEST = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words, and the order it is about."""

    words: str
    number: str
    at: datetime


@never_cache
@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The latest notices, and the choice of text messages."""
    buyer = cast(BuyerRequest, request).user
    context = {
        "notices": _told(_of_buyer(buyer.pk)[:_A_PAGE]),
        "texts": not NoTexts.objects.filter(buyer=buyer).exists(),
    }
    return render(request, "storefront/notices.html", context)


@login_required
@require_POST
def choose_texts(request: HttpRequest) -> HttpResponse:
    """`texts=yes` or anything else for none."""
    buyer = cast(BuyerRequest, request).user
    if request.POST.get("texts") == "yes":
        NoTexts.objects.filter(buyer=buyer).delete()
        messages.success(request, _("We text you about your orders."))
    else:
        NoTexts.objects.get_or_create(buyer=buyer, defaults={"since": timezone.now()})
        messages.success(request, _("We send no more texts about your orders."))
    return redirect("storefront:notices")


def unseen_notices(buyer_id: int) -> list[Told]:
    """What the buyer has not looked at yet, newest first."""
    return _told(_of_buyer(buyer_id).filter(seen_at=None)[:_NEWEST])


def see_notices(order: Order, now: datetime) -> None:
    """The buyer has the order's page before their eyes."""
    order.notices.filter(seen_at=None).update(seen_at=now)


def _of_buyer(buyer_id: int) -> QuerySet[BuyerNotice]:
    return BuyerNotice.objects.filter(order__buyer=buyer_id).select_related("order")


def _told(notices: QuerySet[BuyerNotice]) -> list[Told]:
    return [Told(words_of(notice), notice.order.number, notice.made_at) for notice in notices]
