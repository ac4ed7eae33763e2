"""Who looks into a live room: a signed-in user, or a browser told apart by a cookie."""

import secrets
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from lukou_market.accounts.tokens import TokenAuthentication

COOKIE = "visitor"
_COOKIE_AGE_S = 365 * 24 * 3600

# Signed, so that nobody can make up a crowd of visitors of their own naming.
_signer = Signer(salt="lukou_market.visitor")


def visitor_of(request: Request) -> tuple[str, str | None]:
    """The visitor's name for counting, and the cookie to give them if they have no good one."""
    user_id = _signed_in(request)
    if user_id is not None:
        return f"user {user_id}", None
    browser = browser_of(request)
    if browser:
        return browser, None
    name = secrets.token_urlsafe(12)
    return name, _signer.sign(name)


def browser_of(request: HttpRequest | Request) -> str:
    """What the cookie calls the browser; empty for one that has no good cookie."""
    try:
        return _signer.unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return ""


def give_cookie(response: HttpResponse, cookie: str) -> None:
    """Let the browser be recognised for a year."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=_COOKIE_AGE_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _signed_in(request: Request) -> int | None:
    """The id in a valid token; a stale token only makes its bearer a visitor like others."""
    if "HTTP_AUTHORIZATION" not in request.META:
        return None
    try:
        found = TokenAuthentication().authenticate(request)
    except AuthenticationFailed:
        return None
    if found is None:
        return None
    caller: Any = found[0]
    user_id: int = caller.id
    return user_id
