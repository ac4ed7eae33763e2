"""A host's sessions, and announcing one: a new one, or one like an earlier one."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.orders.models import Order, Status
from lukou_market.payments.models import Refund
from lukou_market.streams.copy_session import copy_session
from lukou_market.streams.models import LiveSession
from lukou_market.streams.next_title import next_title
from lukou_market.streams.schedule_session import schedule_session
from lukou_market.studio.access import HostRequest, for_hosts, own_session
from lukou_market.studio.forms import ScheduleForm

_MOST_LISTED = 50


@require_GET
@for_hosts
def sessions(request: HostRequest) -> HttpResponse:
    """My sessions, latest first, and what waits for me."""
    sold = Order.objects.filter(session__host=request.host)
    asked = Refund.objects.filter(payment__order__in=sold, status=Refund.Status.REQUESTED)
    lasting = Count("offers", filter=Q(offers__closes_at=None))
    mine = LiveSession.objects.filter(host=request.host).annotate(packages=lasting)
    context = {
        "host": request.host,
        "sessions": mine[:_MOST_LISTED],
        "to_pack": sold.filter(status=Status.PAID).count(),
        "to_ship": sold.filter(status=Status.PACKED).count(),
        "to_decide": asked.count(),
    }
    return render(request, "studio/sessions.html", context)


@require_http_methods(["GET", "POST"])
@for_hosts
def schedule(request: HostRequest) -> HttpResponse:
    """Announce a session, with `?like=ID` one like that, and go on to its page."""
    form = ScheduleForm(request.POST or None, host=request.host, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            session = _announce(request, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("studio:session", session_id=session.pk)
    return render(request, "studio/schedule.html", {"form": form})


@require_POST
@for_hosts
def copy(request: HostRequest, session_id: int) -> HttpResponse:
    """Announce a session like this one for now: one tap."""
    like = own_session(request.host, session_id)
    with refusal_shown(request):
        now = timezone.now()
        session = _announce(request, like=like, title=_title_like(like, now), scheduled_at=now)
        return redirect("studio:session", session_id=session.pk)
    return redirect("studio:sessions")


def _announce(
    request: HostRequest, *, like: LiveSession | None, title: str, scheduled_at: datetime
) -> LiveSession:
    now = timezone.now()
    if like is None:
        session = schedule_session(
            host=request.host, title=title, scheduled_at=scheduled_at, now=now
        )
        messages.success(request, _("Announced. Now add what you sell."))
        return session
    copied = copy_session(template=like, title=title, scheduled_at=scheduled_at, now=now)
    number = copied.session.offers.count()
    taken_over = ngettext(
        "Announced, with %(number)d package.", "Announced, with %(number)d packages.", number
    )
    messages.success(request, taken_over % {"number": number})
    if copied.left_out:
        names = _("; ").join(f"{sku} ({sku.product.producer})" for sku in copied.left_out)
        messages.warning(
            request,
            _("Left out, for want of a valid product certificate: %(names)s.") % {"names": names},
        )
    return copied.session


def _initial(request: HostRequest) -> dict[str, Any]:
    now = timezone.now()
    chosen = request.GET.get("like", "")
    if not chosen.isdecimal():
        return {"scheduled_at": now}
    like = own_session(request.host, int(chosen))
    return {"scheduled_at": now, "like": like.pk, "title": _title_like(like, now)}


def _title_like(like: LiveSession, now: datetime) -> str:
    was, then = timezone.localdate(like.scheduled_at), timezone.localdate(now)
    return next_title(like.title, was=was, then=then)
