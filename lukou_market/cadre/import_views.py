"""Importing registers: templates, a look at a file, and its import when that is confirmed."""

from typing import Any
from urllib.parse import quote

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lukou_market.accounts.ask_page import user_of
from lukou_market.aid.tasks import post_due_orders
from lukou_market.kernel.errors import DomainError
from lukou_market.kernel.nudge import nudge
from lukou_market.kernel.spreadsheet import XLSX
from lukou_market.regions.desk import Desk, desk_of
from lukou_market.registers.apply_import import apply_import
from lukou_market.registers.check_import import Checked, check_import
from lukou_market.registers.errors import SheetTooBig
from lukou_market.registers.keep_file import keep_file, kept_file
from lukou_market.registers.kinds import KINDS, Kind
from lukou_market.registers.models import ImportRun
from lukou_market.registers.sheet import MOST_BYTES, template

_SHOWN = 200
_PAST = 50


@require_safe
def imports_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/imports/: what can be imported, and what was."""
    desk = _keeper(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Import registers"),
        "kinds": KINDS.values(),
        "runs": _past(desk)[:_PAST],
    }
    return TemplateResponse(request, "cadre/imports.html", context)


@require_safe
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """GET /admin/imports/<kind>/template/: titles and allowed values, nobody's data."""
    _keeper(request)
    wanted = _kind(kind)
    name = quote(wanted.file_name)
    return HttpResponse(
        template(wanted.columns),
        content_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@require_POST
def import_check(request: HttpRequest, kind: str) -> HttpResponse:
    """POST /admin/imports/<kind>/check/: what the file would do; nothing is written."""
    desk, wanted, by = _keeper(request), _kind(kind), user_of(request)
    file = request.FILES.get("file")
    try:
        if file is None or not file.size:
            messages.error(request, _("Choose a file first."))
            return _back()
        if file.size > MOST_BYTES:
            raise SheetTooBig
        content = file.read()
        checked = check_import(kind=wanted, content=content, place=desk.jurisdiction)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _back()
    keep_file(content=content, kind=wanted.code, by=by)
    return TemplateResponse(
        request, "cadre/import_check.html", _seen(request, wanted, checked, file.name or "")
    )


@require_POST
def import_apply(request: HttpRequest, kind: str) -> HttpResponse:
    """POST /admin/imports/<kind>/apply/: the very file that was looked at, whole or not at all."""
    desk, wanted, by = _keeper(request), _kind(kind), user_of(request)
    try:
        run = apply_import(
            kind=wanted,
            content=kept_file(sha256=request.POST.get("sha256", ""), kind=wanted.code, by=by),
            file_name=request.POST.get("file_name", "") or wanted.file_name,
            place=desk.jurisdiction,
            seen_digest=request.POST.get("digest", ""),
            warnings_read=request.POST.get("warnings_read") == "on",
            by=by,
            now=timezone.now(),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _back()
    if run is None:
        messages.info(request, _("The register says all of this already. Nothing was written."))
        return _back()
    nudge(post_due_orders)
    told = _("Imported: %(new)d new, %(changed)d changed, %(same)d the same.")
    messages.success(request, told % {"new": run.new, "changed": run.changed, "same": run.same})
    return _back()


def _seen(request: HttpRequest, kind: Kind, checked: Checked, file_name: str) -> dict[str, Any]:
    plan = checked.plan
    return {
        **admin.site.each_context(request),
        "title": _("Look at the import"),
        "kind": kind,
        "file_name": file_name,
        "checked": checked,
        "plan": plan,
        "faults": plan.faults[:_SHOWN],
        "warnings": plan.warnings[:_SHOWN],
        "notices": plan.notices[:_SHOWN],
        "rows": (plan.changed + plan.new)[:_SHOWN],
        "shown": _SHOWN,
    }


def _past(desk: Desk) -> QuerySet[ImportRun]:
    """The imports of those whose regions lie inside the person's."""
    inside = Q(pk__in=[])
    for prefix in desk.jurisdiction.prefixes:
        inside |= Q(scope__startswith=prefix)
    return ImportRun.objects.filter(inside).select_related("imported_by")


def _keeper(request: HttpRequest) -> Desk:
    desk = desk_of(request)
    if not desk.keeps_registers:
        raise PermissionDenied
    return desk


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("cadre:imports"))
