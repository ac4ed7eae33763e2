"""Hosts see what belongs to their own sessions, packers what comes from their villages.

Anything else is a 404.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lukou_market.accounts.models import Role, User
from lukou_market.orders.models import Order, OrderLine
from lukou_market.payments.models import Refund
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.streams.models import Host, LiveSession, Offer
from lukou_market.streams.who_moderates import rooms_kept_by


class HostRequest(HttpRequest):
    """A request of a host who is signed in."""

    user: User
    host: Host


class PackerRequest(HttpRequest):
    """A request of somebody who packs, with the orders they may pack and ship."""

    user: User
    orders: QuerySet[Order]


def for_hosts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sign in first; packers go to the packing table, moderators to the rooms they keep.

    Others learn how to become a host (403).
    """

    @login_required
    @wraps(view)
    def checked(request: HostRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        host = Host.objects.select_related("village").filter(user=request.user).first()
        if host is not None:
            request.host = host
            return view(request, *args, **kwargs)
        if _villages_packed_for(request.user):
            return redirect("studio:packing")
        if rooms_kept_by(request.user.pk).exists():
            return redirect("studio:moderating")
        return render(request, "studio/not_a_host.html", status=403)

    return checked


def for_packers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hosts, who pack what they sold, and packers, who pack the goods of their villages."""

    @login_required
    @wraps(view)
    def checked(request: PackerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        villages = _villages_packed_for(request.user)
        if not villages and not Host.objects.filter(user=request.user).exists():
            return render(request, "studio/not_a_host.html", status=403)
        goods = OrderLine.objects.filter(villages.condition("producer__village_id"))
        sold_or_from_there = Q(session__host__user=request.user) | Q(pk__in=goods.values("order"))
        request.orders = Order.objects.filter(sold_or_from_there)
        return view(request, *args, **kwargs)

    return checked


def _villages_packed_for(user: User) -> Jurisdiction:
    grants = user.grants.filter(role=Role.PACKER).select_related("region")
    return Jurisdiction.of_regions([grant.region for grant in grants if grant.region])


def own_session(host: Host, session_id: int) -> LiveSession:
    """The host's session. Raises Http404."""
    sessions = LiveSession.objects.select_related("host__user", "host__village", "stream_key")
    return get_object_or_404(sessions, pk=session_id, host=host)


def own_offer(host: Host, session_id: int, offer_id: int) -> Offer:
    """An offer of the host's session. Raises Http404."""
    return get_object_or_404(Offer, pk=offer_id, session_id=session_id, session__host=host)


def asked_refund(host: Host, refund_id: int) -> Refund:
    """A refund of an order made in one of the host's sessions. Raises Http404."""
    return get_object_or_404(Refund, pk=refund_id, payment__order__session__host=host)
