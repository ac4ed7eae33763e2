"""Where one is signed in: to oneself, and to superusers for staff; each can be ended."""

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.ask_page import user_of
from lukou_market.accounts.models import User
from lukou_market.accounts.record_sign_ins import region_of
from lukou_market.accounts.sign_ins import end_other_sign_ins, end_sign_in, sign_ins_of
from lukou_market.regions.desk import desk_of


@require_safe
def sign_ins_page(request: HttpRequest, user_id: int | None = None) -> HttpResponse:
    """GET /admin/sign-ins/: my own; /admin/sign-ins/<id>/: somebody's, for superusers."""
    person = _person(request, user_id or user_of(request).pk)
    context = {
        **admin.site.each_context(request),
        "title": _("My sign-ins") if person == request.user else _("Sign-ins"),
        "person": person,
        "sign_ins": sign_ins_of(person, now=timezone.now()),
        "here": request.session.session_key,
    }
    return TemplateResponse(request, "cadre/sign_ins.html", context)


@require_POST
def end_sign_ins_action(request: HttpRequest, user_id: int) -> HttpResponseRedirect:
    """End the one named, or all but the one that asks."""
    person = _person(request, user_id)
    one = request.POST.get("one", "")
    if one.isdecimal() and len(one) < 19:
        end_sign_in(user=person, pk=int(one))
    else:
        end_other_sign_ins(user=person, kept_session_key=request.session.session_key or "")
    record_access(
        actor=user_of(request),
        action=Action.SIGNED_OUT,
        subject=f"{'one sign-in' if one else 'other sign-ins'} of {person.username}",
        region_code=region_of(person),
    )
    messages.success(request, _("Ended."))
    return redirect("cadre:sign-ins-of", user_id=person.pk)


def _person(request: HttpRequest, user_id: int) -> User:
    person = get_object_or_404(User, pk=user_id, is_staff=True)
    if person != request.user and not desk_of(request).is_superuser:
        raise Http404
    return person
