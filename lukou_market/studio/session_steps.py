"""What the buttons of a session's console do."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lukou_market.kernel.refusals import refusal_shown
from lukou_market.streams import run_session
from lukou_market.streams.add_offer import add_offer
from lukou_market.streams.models import LiveSession
from lukou_market.streams.pause_offer import set_paused
from lukou_market.streams.pin_offer import pin_offer
from lukou_market.streams.stream_keys import rotate_key
from lukou_market.studio.access import HostRequest, for_hosts, own_offer, own_session
from lukou_market.studio.forms import OfferForm
from lukou_market.studio.session_page import show_session

_MOVES: dict[str, Callable[..., LiveSession]] = {
    "start": run_session.start_session,
    "interrupt": run_session.interrupt_session,
    "resume": run_session.resume_session,
    "end": run_session.end_session,
    "cancel": run_session.cancel_session,
}
_MOVED = {
    "start": gettext_lazy("You are live."),
    "interrupt": gettext_lazy("Marked as interrupted. Buyers can still order."),
    "resume": gettext_lazy("You are live again."),
    "end": gettext_lazy("The stream is over."),
    "cancel": gettext_lazy("The stream is called off."),
}


@require_POST
@for_hosts
def move(request: HostRequest, session_id: int) -> HttpResponse:
    """Start, interrupt, resume, end or cancel."""
    mine = own_session(request.host, session_id)
    step = request.POST.get("step", "")
    if step not in _MOVES:
        raise Http404
    with refusal_shown(request):
        _MOVES[step](session_id=mine.pk, now=timezone.now())
        messages.success(request, str(_MOVED[step]))
    return redirect("studio:session", session_id=mine.pk)


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
def change_offer(request: HostRequest, session_id: int, offer_id: int) -> HttpResponse:
    """Pin, unpin, pause or resume an offer."""
    offer = own_offer(request.host, session_id, offer_id)
    with refusal_shown(request):
        match request.POST.get("step"):
            case "pin":
                pin_offer(session_id=session_id, offer_id=offer.pk)
            case "unpin":
                pin_offer(session_id=session_id, offer_id=None)
            case "pause" | "resume" as step:
                set_paused(offer_id=offer.pk, paused=step == "pause")
            case _:
                raise Http404
    return redirect("studio:session", session_id=session_id)


@require_POST
@for_hosts
def new_key(request: HostRequest, session_id: int) -> HttpResponse:
    """Replace the stream key; who sends with the old one is refused."""
    mine = own_session(request.host, session_id)
    with refusal_shown(request):
        rotate_key(session_id=mine.pk, now=timezone.now())
        messages.success(request, _("The address is new. Enter it in your app again."))
    return redirect("studio:session", session_id=mine.pk)
