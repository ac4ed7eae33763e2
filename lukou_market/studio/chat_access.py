"""Hosts and their moderators read and moderate the chat of these hosts' sessions only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from lukou_market.accounts.models import User
from lukou_market.streams.models import ChatMessage, LiveSession
from lukou_market.streams.who_moderates import rooms_kept_by


class ModeratorRequest(HttpRequest):
    """A request of somebody who keeps order in the session's room."""

    user: User
    session_kept: LiveSession


def for_moderators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sign in first; a session where this person does not keep order is a 404."""

    @login_required
    @wraps(view)
    def checked(request: ModeratorRequest, session_id: int, **kwargs: Any) -> HttpResponse:
        sessions = LiveSession.objects.select_related("host__user", "host__village")
        kept = rooms_kept_by(request.user.pk)
        request.session_kept = get_object_or_404(sessions, pk=session_id, host__in=kept)
        return view(request, **kwargs)

    return checked


def message_there(session: LiveSession, message_id: int) -> ChatMessage:
    """A message of this session. Raises Http404."""
    return get_object_or_404(ChatMessage, pk=message_id, session=session)
