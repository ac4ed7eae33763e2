"""What the buttons of a session's console do to the session."""

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
from lukou_market.streams.models import LiveSession
from lukou_market.streams.set_notice import set_notice
from lukou_market.streams.stream_keys import rotate_key
from lukou_market.studio.access import HostRequest, for_hosts, own_session

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
def notice(request: HostRequest, session_id: int) -> HttpResponse:
    """Show a notice in the room, or take it away."""
    mine = own_session(request.host, session_id)
    text = "" if "clear" in request.POST else request.POST.get("text", "")
    with refusal_shown(request):
        set_notice(session_id=mine.pk, text=text)
        shown = _("The notice is in the room.") if text.strip() else _("The notice is taken away.")
        messages.success(request, shown)
    return redirect("studio:session", session_id=mine.pk)


@require_POST
@for_hosts
def new_key(request: HostRequest, session_id: int) -> HttpResponse:
    """Replace the stream key; who sends with the old one is refused."""
    mine = own_session(request.host, session_id)
    with refusal_shown(request):
        rotate_key(session_id=mine.pk, now=timezone.now())
        messages.success(request, _("The address is new. Enter it in your app again."))
    return redirect("studio:session", session_id=mine.pk)
