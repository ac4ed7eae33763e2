"""What people send into a room: words and hearts, from a script (JSON) or a plain form."""

import time
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.refusals import refusal_in_json, wants_json
from lukou_market.storefront.buyer_request import BuyerRequest
from lukou_market.streams.chat_queries import shown
from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.hearts import add_hearts, hearts_of
from lukou_market.streams.models import LiveSession
from lukou_market.streams.say import say

_KEPT = "kept_words"
_KEPT_S = 10 * 60


class SignInFirst(DomainError):
    """Carries `sign_in`, the address of the page where to."""

    code = "not_authenticated"
    status = 401

    def __str__(self) -> str:
        return _("Sign in with your phone to write here.")


@require_POST
def say_something(request: HttpRequest, session_id: int) -> HttpResponse:
    """Say it; what was refused or waits for a sign-in is in the form again."""
    text = request.POST.get("text", "")
    try:
        author = _signed_in(request, session_id).user
        message = say(session_id=session_id, author=author, text=text, now=timezone.now())
    except DomainError as refusal:
        return _refused(request, session_id, refusal, text)
    if wants_json(request):
        return JsonResponse(shown(message), status=201)
    return redirect("storefront:room", session_id=session_id)


@require_POST
def give_hearts(request: HttpRequest, session_id: int) -> HttpResponse:
    """Count some hearts; too many in a second are ignored without a word."""
    count = request.POST.get("count", "1")
    try:
        buyer = _signed_in(request, session_id).user
        if not LiveSession.objects.filter(pk=session_id).exists():
            raise SessionNotFound
    except DomainError as refusal:
        return _refused(request, session_id, refusal, "")
    asked = int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 0
    add_hearts(session_id, f"user {buyer.pk}", asked, timezone.now())
    if wants_json(request):
        return JsonResponse({"hearts": hearts_of(session_id)})
    return redirect("storefront:room", session_id=session_id)


def take_kept_words(request: HttpRequest, session_id: int) -> str:
    """What this person wanted to say in the room and could not, once, for some minutes."""
    kept = request.session.get(_KEPT)
    if not kept or kept["room"] != session_id:
        return ""
    del request.session[_KEPT]
    return str(kept["text"]) if time.time() < kept["until"] else ""


def _signed_in(request: HttpRequest, session_id: int) -> BuyerRequest:
    if not request.user.is_authenticated:
        back = urlencode({"next": reverse("storefront:room", args=[session_id])})
        raise SignInFirst(sign_in=f"{reverse('storefront:sign-in')}?{back}")
    return cast(BuyerRequest, request)


def _refused(
    request: HttpRequest, session_id: int, refusal: DomainError, text: str
) -> HttpResponse:
    if wants_json(request):
        return refusal_in_json(refusal)
    if text:
        kept = {"room": session_id, "text": text[:200], "until": time.time() + _KEPT_S}
        request.session[_KEPT] = kept
    if isinstance(refusal, SignInFirst):
        messages.info(request, str(refusal))
        return HttpResponseRedirect(refusal.detail["sign_in"])
    messages.error(request, str(refusal))
    return redirect("storefront:room", session_id=session_id)
