"""Requests for money back from buyers of the host's sessions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lukou_market.kernel.refusals import refusal_shown
from lukou_market.payments.decide_refund import approve_refund, reject_refund
from lukou_market.payments.models import Refund
from lukou_market.studio.access import HostRequest, asked_refund, for_hosts

_DECIDED_SHOWN = 20


@require_GET
@for_hosts
def refunds(request: HostRequest) -> HttpResponse:
    """What waits for a decision, longest waiting first, and what became of the others."""
    mine = Refund.objects.filter(payment__order__session__host=request.host)
    mine = mine.select_related("payment__order")
    context = {
        "asked": mine.filter(status=Refund.Status.REQUESTED)
        .select_related("claim")
        .prefetch_related("claim__photos")
        .order_by("pk"),
        "decided": mine.exclude(status=Refund.Status.REQUESTED)[:_DECIDED_SHOWN],
    }
    return render(request, "studio/refunds.html", context)


@require_POST
@for_hosts
def decide(request: HostRequest, refund_id: int) -> HttpResponse:
    """Approve or reject one."""
    refund = asked_refund(request.host, refund_id)
    with refusal_shown(request):
        match request.POST.get("decision"):
            case "approve":
                approve_refund(refund_id=refund.pk, now=timezone.now())
                messages.success(request, _("Approved. The money goes back to the buyer."))
            case "reject":
                reject_refund(refund_id=refund.pk, now=timezone.now())
                messages.success(request, _("Rejected. The buyer sees it on the order."))
            case _:
                raise Http404
    return redirect("studio:refunds")
