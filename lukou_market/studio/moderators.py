"""Whom a host trusts with the chat, and the rooms that a moderator keeps."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lukou_market.accounts.models import User
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.streams.models import LiveSession, Moderator
from lukou_market.streams.moderators import appoint_moderator, dismiss_moderator
from lukou_market.streams.who_moderates import rooms_kept_by
from lukou_market.studio.access import HostRequest, for_hosts

_MOST_LISTED = 20


@require_GET
@for_hosts
def moderators(request: HostRequest) -> HttpResponse:
    """My moderators, and the form to appoint one."""
    mine = Moderator.objects.filter(host=request.host).select_related("person").order_by("pk")
    return render(request, "studio/moderators.html", {"moderators": mine})


@require_POST
@for_hosts
def appoint(request: HostRequest) -> HttpResponse:
    """Trust who holds a phone number."""
    with refusal_shown(request):
        appoint_moderator(host=request.host, phone=request.POST.get("phone", ""))
        messages.success(request, _("Appointed. They find your rooms in the studio."))
    return redirect("studio:moderators")


@require_POST
@for_hosts
def dismiss(request: HostRequest, person_id: int) -> HttpResponse:
    """Trust somebody no more."""
    dismiss_moderator(host=request.host, person_id=person_id)
    messages.success(request, _("They moderate your rooms no more."))
    return redirect("studio:moderators")


@login_required
@require_GET
def moderating(request: HttpRequest) -> HttpResponse:
    """The latest sessions of the hosts who trust me."""
    user = cast(User, request.user)
    kept = LiveSession.objects.filter(host__in=rooms_kept_by(user.pk)).exclude(host__user=user)
    sessions = kept.exclude(status=LiveSession.Status.CANCELLED).select_related("host__user")
    return render(request, "studio/moderating.html", {"sessions": sessions[:_MOST_LISTED]})
