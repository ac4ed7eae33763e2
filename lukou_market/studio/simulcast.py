"""The other platforms a host's picture goes to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lukou_market.kernel.refusals import refusal_shown
from lukou_market.streams.models import SimulcastTarget
from lukou_market.streams.simulcast_address import parse_address
from lukou_market.streams.simulcast_targets import add_target, pause_target, remove_target
from lukou_market.studio.access import HostRequest, for_hosts


@require_GET
@for_hosts
def targets(request: HostRequest) -> HttpResponse:
    """My platforms, how each does, and the form to add one. Of an address the server only."""
    mine = SimulcastTarget.objects.filter(host=request.host).order_by("pk")
    shown = [(target, parse_address(target.address).server) for target in mine]
    return render(request, "studio/simulcast.html", {"targets": shown})


@require_POST
@for_hosts
def add(request: HostRequest) -> HttpResponse:
    """Send my picture to one more platform."""
    with refusal_shown(request):
        name, address = request.POST.get("name", ""), request.POST.get("address", "")
        add_target(host=request.host, name=name, address=address)
        messages.success(request, _("Added. Your picture goes there whenever you are live."))
    return redirect("studio:simulcast")


@require_POST
@for_hosts
def change(request: HostRequest, target_id: int) -> HttpResponse:
    """Pause a platform, go on with it, or remove it."""
    get_object_or_404(SimulcastTarget, pk=target_id, host=request.host)
    step = request.POST.get("step")
    if step == "remove":
        remove_target(host=request.host, target_id=target_id)
        messages.success(request, _("Removed."))
    elif step in {"pause", "resume"}:
        pause_target(host=request.host, target_id=target_id, active=step == "resume")
    return redirect("studio:simulcast")
