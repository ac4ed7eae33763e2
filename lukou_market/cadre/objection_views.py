"""Pages of objections: who waits, who is late, what is answered; personal data masked."""

from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.cadre.one_page import one_page
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.masking import mask_phone
from lukou_market.kernel.personal_digits import mask_personal_digits
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.public_notices.handle_objection import (
    accept_objection,
    reject_objection,
    uphold_objection,
)
from lukou_market.public_notices.models import OPEN, FollowUp, Objection
from lukou_market.public_notices.queries import is_late, objections_in
from lukou_market.public_notices.who_may import may_handle
from lukou_market.regions.desk import desk_of

_A_PAGE = 50


@require_safe
def objections_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/objections/: those to be answered first; `?all=yes` has all, newest first."""
    rows = objections_in(desk_of(request).jurisdiction)
    everything = request.GET.get("all") == "yes"
    if not everything:
        rows = rows.filter(status__in=OPEN).order_by("answer_by", "id")
    page = one_page(rows, request, _A_PAGE)
    today = timezone.localdate()
    context = {
        **admin.site.each_context(request),
        "title": _("Objections"),
        "page": page,
        "rows": [(objection, is_late(objection, today)) for objection in page],
        "everything": everything,
    }
    return TemplateResponse(request, "cadre/objections.html", context)


@never_cache
@require_safe
def objection_page(request: HttpRequest, number: str) -> HttpResponse:
    """GET /admin/objections/<number>/: one objection, its history, and what can be done."""
    return _page(request, _objection(request, number), unmasked=False)


@never_cache
@require_POST
def look_at_objection(request: HttpRequest, number: str) -> HttpResponse:
    """POST …/look/: the words and the phone as they were sent, once it is noted who looks, why."""
    objection = _objection(request, number)
    _handler(request, objection)
    try:
        record_access(
            actor=request.user,
            action=Action.LOOKED,
            subject=f"objection {objection.number}",
            region_code=objection.village_id,
            reason=request.POST.get("reason", ""),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("cadre:objection", number)
    return _page(request, objection, unmasked=True)


@require_POST
def handle_objection_action(request: HttpRequest, number: str) -> HttpResponse:
    """POST …/handle/: `step` is accept, uphold or reject."""
    objection = _objection(request, number)
    by, now, words = _handler(request, objection), timezone.now(), request.POST.get("words", "")
    with refusal_shown(request):
        match request.POST.get("step"):
            case "accept":
                accept_objection(objection_id=objection.pk, by=by, now=now)
            case "uphold":
                uphold_objection(
                    objection_id=objection.pk,
                    words=words[:500],
                    follow_up=request.POST.get("follow_up", ""),
                    by=by,
                    now=now,
                )
            case "reject":
                reject_objection(objection_id=objection.pk, words=words[:500], by=by, now=now)
            case _unknown:
                raise BadRequest("unknown step")
        messages.success(request, _("Noted. Whoever has the receipt number can read it."))
    return redirect("cadre:objection", number)


def _page(request: HttpRequest, objection: Objection, *, unmasked: bool) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Objection"),
        "objection": objection,
        "text": objection.text if unmasked else mask_personal_digits(objection.text),
        "phone": objection.phone
        if unmasked or not objection.phone
        else mask_phone(objection.phone),
        "unmasked": unmasked,
        "late": is_late(objection, timezone.localdate()),
        "steps": objection.steps.select_related("by"),
        "may_handle": may_handle(desk_of(request), objection.village_id),
        "follow_ups": FollowUp.choices,
    }
    return TemplateResponse(request, "cadre/objection.html", context)


def _objection(request: HttpRequest, number: str) -> Objection:
    rows = Objection.objects.select_related("village__parent", "notice", "household")
    objection = get_object_or_404(rows, number=number)
    if not desk_of(request).jurisdiction.covers(objection.village_id):
        raise Http404
    return objection


def _handler(request: HttpRequest, objection: Objection) -> User:
    if not may_handle(desk_of(request), objection.village_id):
        raise PermissionDenied
    return cast(User, request.user)
