"""Hosts only, and each sees only what belongs to their own sessions: anything else is a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lukou_market.accounts.models import User
from lukou_market.orders.models import Order
from lukou_market.payments.models import Refund
from lukou_market.streams.models import Host, LiveSession, Offer


class HostRequest(HttpRequest):
    """A request of a host who is signed in."""

    user: User
    host: Host


def for_hosts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sign in first; who is no host learns how to become one (403)."""

    @login_required
    @wraps(view)
    def checked(request: HostRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        host = Host.objects.select_related("village").filter(user=request.user).first()
        if host is None:
            return render(request, "studio/not_a_host.html", status=403)
        request.host = host
        return view(request, *args, **kwargs)

    return checked


def own_session(host: Host, session_id: int) -> LiveSession:
    """The host's session. Raises Http404."""
    sessions = LiveSession.objects.select_related("host__user", "host__village")
    return get_object_or_404(sessions, pk=session_id, host=host)


def own_offer(host: Host, session_id: int, offer_id: int) -> Offer:
    """An offer of the host's session. Raises Http404."""
    return get_object_or_404(Offer, pk=offer_id, session_id=session_id, session__host=host)


def sold_order(host: Host, number: str) -> Order:
    """An order made in one of the host's sessions. Raises Http404."""
    return get_object_or_404(Order, number=number, session__host=host)


def asked_refund(host: Host, refund_id: int) -> Refund:
    """A refund of such an order. Raises Http404."""
    return get_object_or_404(Refund, pk=refund_id, payment__order__session__host=host)
