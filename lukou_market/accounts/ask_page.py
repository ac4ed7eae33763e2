"""What pages of the admin share: who acts, and a page that asks before something is done."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from lukou_market.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """The person signed in. Raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def ask(request: HttpRequest, **context: Any) -> HttpResponse:
    """A form with a sentence about what it does: `title`, `said`, `form`, and where `back` is."""
    page = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, "admin/ask.html", page)
