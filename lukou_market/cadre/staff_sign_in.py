"""Signing in to the desk: name and password, then a code; a first time also an app to register."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lukou_market.access_log.models import Action
from lukou_market.accounts.check_password import check_password
from lukou_market.accounts.client_address import client_address
from lukou_market.accounts.enrol_second_factor import (
    confirm_enrolment,
    key_qr,
    start_enrolment,
)
from lukou_market.accounts.errors import AlreadyEnrolled
from lukou_market.accounts.models import StaffDevice, User
from lukou_market.accounts.record_sign_ins import record_staff
from lukou_market.accounts.recovery_codes import use_recovery_code
from lukou_market.accounts.second_factor import confirm_second_factor
from lukou_market.accounts.staff_session import (
    begin_staff_session,
    remember_password_given,
    second_factor_given_again,
    who_gave_password,
)
from lukou_market.cadre.staff_forms import CodeForm, PasswordForm
from lukou_market.kernel.errors import DomainError


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def password_step(request: HttpRequest) -> HttpResponse:
    """/admin/login/: who it is; nobody is signed in yet."""
    if request.method == "GET":
        if admin.site.has_permission(request):
            return redirect(next_page(request))
        if REDIRECT_FIELD_NAME not in request.GET:
            return redirect(_step("admin:login", request))
    form = PasswordForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            user = check_password(**form.cleaned_data, address=client_address(request), now=now)
        except DomainError as refusal:
            return _refused(request, form, refusal)
        remember_password_given(request, user, now=now)
        return redirect(_step(_second_step(user), request))
    return _password_page(request, form)


@never_cache
@require_http_methods(["GET", "POST"])
def code_step(request: HttpRequest) -> HttpResponse:
    """/admin/login/code/: the app's code, or one on paper."""
    now = timezone.now()
    user = who_gave_password(request, now=now)
    if user is None or not _has_device(user):
        return redirect(_step("admin:login", request))
    form = CodeForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        on_paper = "-" in code
        try:
            (use_recovery_code if on_paper else confirm_second_factor)(user, code, now=now)
        except DomainError as refusal:
            form.add_error("code", str(refusal))
            _record_refused(request, user)
        else:
            how = "recovery code" if on_paper else "authenticator app"
            begin_staff_session(request, user, now=now, how=how)
            return redirect(next_page(request))
    return _page(request, "cadre/sign_in_code.html", form, title=_("Enter the code of your app"))


@never_cache
@require_http_methods(["GET", "POST"])
def enrol_step(request: HttpRequest) -> HttpResponse:
    """/admin/login/enrol/: register the app, once, then show the paper codes, once."""
    now = timezone.now()
    user = who_gave_password(request, now=now)
    if user is None:
        return redirect(_step("admin:login", request))
    form = CodeForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            codes = confirm_enrolment(user, form.cleaned_data["code"], now=now)
        except DomainError as refusal:
            form.add_error("code", str(refusal))
        else:
            begin_staff_session(request, user, now=now, how="app registered")
            return _page(
                request, "cadre/recovery_codes.html", form, title=_("Keep these codes"), codes=codes
            )
    try:
        device = _device_to_register(request, user)
    except AlreadyEnrolled:
        return redirect(_step("cadre:sign-in-code", request))
    title = _("Register your authenticator app")
    return _page(request, "cadre/enrol.html", form, title=title, key=device.key, qr=key_qr(device))


@never_cache
@require_http_methods(["GET", "POST"])
def confirm_page(request: HttpRequest) -> HttpResponse:
    """/admin/confirm/: the code again, before something sensitive."""
    form = CodeForm(_posted(request))
    user = request.user
    if request.method == "POST" and form.is_valid() and isinstance(user, User):
        now = timezone.now()
        try:
            confirm_second_factor(user, form.cleaned_data["code"], now=now)
        except DomainError as refusal:
            form.add_error("code", str(refusal))
            _record_refused(request, user)
        else:
            second_factor_given_again(request, now=now)
            return redirect(next_page(request))
    return _page(request, "cadre/confirm.html", form, title=_("Please enter a code again"))


def next_page(request: HttpRequest) -> str:
    """Where to go afterwards: a page of ours, the desk's first otherwise."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("admin:index")


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _step(name: str, request: HttpRequest) -> str:
    return f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: next_page(request)})}"


def _second_step(user: User) -> str:
    return "cadre:sign-in-code" if _has_device(user) else "cadre:enrol"


def _has_device(user: User) -> bool:
    return StaffDevice.objects.filter(user=user, confirmed_at__isnull=False).exists()


def _device_to_register(request: HttpRequest, user: User) -> StaffDevice:
    """A new key for a page that is opened; the same while its code is typed."""
    pending = StaffDevice.objects.filter(user=user, confirmed_at=None).first()
    return pending if pending and request.method == "POST" else start_enrolment(user)


def _record_refused(request: HttpRequest, user: User) -> None:
    record_staff(user, Action.SIGN_IN_REFUSED, address=client_address(request), how="code")


def _refused(request: HttpRequest, form: forms.Form, refusal: DomainError) -> HttpResponse:
    form.add_error(None, str(refusal))
    response = _password_page(request, form)
    response.status_code = 429 if refusal.status == 429 else 200
    return response


def _password_page(request: HttpRequest, form: forms.Form) -> HttpResponse:
    return _page(request, "admin/login.html", form, title=_("Sign in"))


def _page(
    request: HttpRequest, template: str, form: forms.Form, **context: object
) -> TemplateResponse:
    page = {
        **admin.site.each_context(request),
        "form": form,
        "app_path": request.get_full_path(),
        REDIRECT_FIELD_NAME: next_page(request),
        **context,
    }
    return TemplateResponse(request, template, page)
