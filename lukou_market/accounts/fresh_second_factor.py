"""Ask for the second factor again before what is sensitive."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from lukou_market.accounts.staff_session import second_factor_is_fresh

_View = Callable[..., HttpResponse]


def require_fresh_second_factor(view: _View) -> _View:
    """Open `view` to sessions that gave the second factor within ten minutes, others ask first."""

    @wraps(view)
    def fresh_only(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return asked_again(request) or view(request, *args, **kwargs)

    return fresh_only


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """Where to go to give the second factor first, and come back; None when it is fresh."""
    if second_factor_is_fresh(request, now=timezone.now()):
        return None
    back = request.get_full_path()
    if request.method != "GET":  # what was filled in is filled in again, on its page
        came_from = urlsplit(request.headers.get("Referer", ""))
        back = came_from._replace(scheme="", netloc="").geturl() or reverse("admin:index")
    ask = f"{reverse('cadre:confirm-second-factor')}?{urlencode({'next': back})}"
    return HttpResponseRedirect(ask)
