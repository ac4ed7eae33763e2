"""A room's chat for who keeps order in it: read, hide, mute."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.refusals import refusal_in_json, wants_json
from lukou_market.streams.hide_message import hide_message
from lukou_market.streams.restrict_person import lift_restriction, restrict_person
from lukou_market.studio.chat_access import ModeratorRequest, for_moderators, message_there
from lukou_market.studio.chat_rows import chat_rows

_MINUTES: dict[str, int | None] = {"mute": 10, "mute-day": 24 * 60, "ban": None}
_DONE = {
    "mute": gettext_lazy("Muted for ten minutes."),
    "mute-day": gettext_lazy("Muted for a day."),
    "ban": gettext_lazy("Banned from your rooms."),
    "lift": gettext_lazy("This person may write again."),
}


@never_cache
@require_GET
@for_moderators
def chat(request: ModeratorRequest) -> HttpResponse:
    """The chat on a page of its own."""
    return render(request, "studio/chat.html", _context(request))


@never_cache
@require_GET
@for_moderators
def rows(request: ModeratorRequest) -> HttpResponse:
    """The messages alone, for the page to look again."""
    return render(request, "studio/_chat_rows.html", _context(request))


@require_POST
@for_moderators
def hide(request: ModeratorRequest, message_id: int) -> HttpResponse:
    """Take a message out of the room."""
    session = request.session_kept
    message = message_there(session, message_id)
    return _done(
        request,
        _("Hidden: nobody sees it in the room any more."),
        lambda: hide_message(
            session_id=session.pk, message_id=message.pk, by=request.user, now=timezone.now()
        ),
    )


@require_POST
@for_moderators
def restrict(request: ModeratorRequest, message_id: int) -> HttpResponse:
    """Mute, ban, or hear again who wrote a message, in all rooms of this host."""
    step = request.POST.get("step", "")
    if step not in _DONE:
        raise Http404
    author_id = message_there(request.session_kept, message_id).author_id
    return _done(request, str(_DONE[step]), lambda: _restrict(request, author_id, step))


def _restrict(request: ModeratorRequest, author_id: int, step: str) -> None:
    host, by = request.session_kept.host, request.user
    if step == "lift":
        return lift_restriction(host=host, person_id=author_id, by=by)
    minutes = _MINUTES[step]
    now = timezone.now()
    return restrict_person(host=host, person_id=author_id, minutes=minutes, by=by, now=now)


def _done(request: ModeratorRequest, sentence: str, act: Callable[[], None]) -> HttpResponse:
    """Do it and say so, or say why not: in JSON to a script, else on the page of the chat."""
    try:
        act()
    except DomainError as refusal:
        if wants_json(request):
            return refusal_in_json(refusal)
        messages.error(request, str(refusal))
    else:
        if wants_json(request):
            return JsonResponse({"done": sentence})
        messages.success(request, sentence)
    return redirect("studio:chat", session_id=request.session_kept.pk)


def _context(request: ModeratorRequest) -> dict[str, Any]:
    session = request.session_kept
    return {
        "session": session,
        "chat": chat_rows(session, now=timezone.now()),
        "is_host": session.host.user_id == request.user.pk,
    }
