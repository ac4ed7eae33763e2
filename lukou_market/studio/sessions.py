"""A host's sessions, and announcing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lukou_market.kernel.errors import DomainError
from lukou_market.orders.models import Order, Status
from lukou_market.payments.models import Refund
from lukou_market.streams.models import LiveSession
from lukou_market.streams.schedule_session import schedule_session
from lukou_market.studio.access import HostRequest, for_hosts
from lukou_market.studio.forms import ScheduleForm

_MOST_LISTED = 50


@require_GET
@for_hosts
def sessions(request: HostRequest) -> HttpResponse:
    """My sessions, latest first, and what waits for me."""
    sold = Order.objects.filter(session__host=request.host)
    asked = Refund.objects.filter(payment__order__in=sold, status=Refund.Status.REQUESTED)
    context = {
        "host": request.host,
        "sessions": LiveSession.objects.filter(host=request.host)[:_MOST_LISTED],
        "to_pack": sold.filter(status=Status.PAID).count(),
        "to_ship": sold.filter(status=Status.PACKED).count(),
        "to_decide": asked.count(),
    }
    return render(request, "studio/sessions.html", context)


@require_http_methods(["GET", "POST"])
@for_hosts
def schedule(request: HostRequest) -> HttpResponse:
    """Announce a session and go on to its page."""
    form = ScheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            session = schedule_session(host=request.host, **form.cleaned_data, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Announced. Now add what you sell."))
            return redirect("studio:session", session_id=session.pk)
    return render(request, "studio/schedule.html", {"form": form})
