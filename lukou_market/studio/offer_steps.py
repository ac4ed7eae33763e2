"""What the buttons of a session's console do to its offers."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lukou_market.kernel.refusals import refusal_shown
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.models import Offer
from lukou_market.streams.move_offer import move_offer
from lukou_market.streams.pause_offer import set_paused
from lukou_market.streams.pin_offer import pin_offer
from lukou_market.streams.sell_to_organisations import sell_to_organisations
from lukou_market.streams.start_flash_offer import start_flash_offer
from lukou_market.studio.access import HostRequest, for_hosts, own_offer, own_session
from lukou_market.studio.forms import FlashForm, OfferForm
from lukou_market.studio.session_page import show_session

_A_MONTH = timedelta(days=30)


@require_POST
@for_hosts
def add(request: HostRequest, session_id: int) -> HttpResponse:
    """Put a package on sale."""
    mine = own_session(request.host, session_id)
    form = OfferForm(request.POST, session=mine)
    if not form.is_valid():
        return show_session(request, mine, offer_form=form)
    with refusal_shown(request):
        add_offer(session=mine, **form.terms())
        messages.success(request, _("The offer is in the session."))
    return redirect("studio:session", session_id=mine.pk)


@require_POST
@for_hosts
def flash(request: HostRequest, session_id: int) -> HttpResponse:
    """Start a flash offer at once."""
    mine = own_session(request.host, session_id)
    form = FlashForm(request.POST, session=mine, auto_id="flash-%s")
    if not form.is_valid():
        return show_session(request, mine, flash_form=form)
    with refusal_shown(request):
        start_flash_offer(session_id=mine.pk, **form.terms(), now=timezone.now())
        messages.success(request, _("The flash offer runs."))
    return redirect("studio:session", session_id=mine.pk)


@require_POST
@for_hosts
def change_offer(request: HostRequest, session_id: int, offer_id: int) -> HttpResponse:
    """Pin, unpin, pause or resume an offer, or move it up or down."""
    offer = own_offer(request.host, session_id, offer_id)
    with refusal_shown(request):
        match request.POST.get("step"):
            case "pin":
                pin_offer(session_id=session_id, offer_id=offer.pk)
            case "to-organisations":
                sell_to_organisations(offer_id=offer.pk, until=timezone.now() + _A_MONTH)
            case "not-to-organisations":
                sell_to_organisations(offer_id=offer.pk, until=None)
            case "unpin":
                pin_offer(session_id=session_id, offer_id=None)
            case "pause" | "resume" as step:
                set_paused(offer_id=offer.pk, paused=step == "pause")
            case "up" | "down" as step:
                place = _place(offer) + (1 if step == "down" else -1)
                move_offer(session_id=session_id, offer_id=offer.pk, position=place)
            case _:
                raise Http404
    return redirect("studio:session", session_id=session_id)


def _place(offer: Offer) -> int:
    order = Offer.objects.filter(session=offer.session_id).values_list("pk", flat=True)
    return list(order).index(offer.pk)
