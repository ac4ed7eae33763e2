"""Signing in with a phone: a number, then the code sent to it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lukou_market.accounts.client_address import client_address
from lukou_market.accounts.code_limits import address_wait_s, phone_wait_s
from lukou_market.accounts.errors import MessageNotSent
from lukou_market.accounts.exchange_code import exchange_code
from lukou_market.accounts.models import User
from lukou_market.accounts.record_sign_ins import record_sign_out
from lukou_market.accounts.send_code import send_code
from lukou_market.accounts.sign_ins import note_sign_in
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.masking import mask_phone
from lukou_market.storefront.forms import CodeForm, PhoneForm
from lukou_market.storefront.taps import order_tapped, take_kept_tap
from lukou_market.streams.visitors import browser_of

# The number waits on the buyer's own device: our session table would keep it unencrypted.
_PHONE_COOKIE = "sign_in_phone"
_PHONE_KEPT_S = 15 * 60
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the phone and send it a code."""
    if _came_back(request):
        return HttpResponseRedirect(_next(request))
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        if phone_wait_s(phone) or address_wait_s(client_address(request)):
            form.add_error("phone", _("Too many codes were asked for. Please try again later."))
        else:
            try:
                send_code(phone=phone, now=timezone.now())
            except MessageNotSent as refusal:
                form.add_error("phone", str(refusal))
            else:
                return _to_code_step(request, phone)
    return render(request, "storefront/sign_in.html", {"form": form, "next": _next(request)})


@never_cache
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Exchange the code for a session, place the order that waited, or go back to `next`."""
    if _came_back(request):
        return HttpResponseRedirect(_next(request))
    phone = request.get_signed_cookie(_PHONE_COOKIE, default="", max_age=_PHONE_KEPT_S)
    if not phone:
        return redirect("storefront:sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = exchange_code(phone=phone, code=form.cleaned_data["code"], now=timezone.now())
        except DomainError as refusal:
            form.add_error("code", str(refusal))
        else:
            login(request, user, backend=_BACKEND)
            _note(request, user)
            return _after_sign_in(request)
    context = {"form": form, "next": _next(request), "phone": mask_phone(phone)}
    return render(request, "storefront/sign_in_code.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseRedirect:
    """Forget who is signed in."""
    record_sign_out(request.user)
    logout(request)
    messages.info(request, _("You are signed out."))
    return redirect("storefront:streams")


def _came_back(request: HttpRequest) -> bool:
    """Whether somebody who is signed in looks at these pages, as the back button does."""
    return request.method == "GET" and request.user.is_authenticated


def _note(request: HttpRequest, user: User) -> None:
    if request.session.session_key is None:
        request.session.create()
    note_sign_in(
        user=user,
        session_key=request.session.session_key or "",
        user_agent=request.headers.get("User-Agent", ""),
        browser=browser_of(request),
        now=timezone.now(),
    )


def _to_code_step(request: HttpRequest, phone: str) -> HttpResponseRedirect:
    code_step = f"{reverse('storefront:enter-code')}?{urlencode({'next': _next(request)})}"
    response = HttpResponseRedirect(code_step)
    response.set_signed_cookie(
        _PHONE_COOKIE,
        phone,
        max_age=_PHONE_KEPT_S,
        path=reverse("storefront:sign-in"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _after_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    tap = take_kept_tap(request)
    response = order_tapped(request, tap) if tap else HttpResponseRedirect(_next(request))
    response.delete_cookie(_PHONE_COOKIE, path=reverse("storefront:sign-in"))
    return response


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: a page of ours, the list of streams otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("storefront:streams")
