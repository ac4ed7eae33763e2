"""Taking a report away as a file: at once, or from a worker who writes it."""

from typing import Any

from django.contrib import admin, messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lukou_market.accounts.ask_page import user_of
from lukou_market.cadre.ask import display_asked, question_asked
from lukou_market.cadre.report_views import kind_in_address
from lukou_market.kernel.errors import DomainError
from lukou_market.regions.desk import desk_of
from lukou_market.reports.ask_export import ask_export, export_now, is_long
from lukou_market.reports.export_errors import REFUSALS
from lukou_market.reports.export_models import Export
from lukou_market.reports.kinds import FileFormat
from lukou_market.reports.read_export import file_of, find_export

CONTENT_TYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.PDF: "application/pdf",
}
_SHOWN = 50


@require_POST
def report_export(request: HttpRequest, kind: str, file_format: str) -> HttpResponse:
    """POST /admin/report/<kind>/<format>/?…: the file, or the page that waits for it."""
    if file_format not in FileFormat.values:
        raise Http404
    now = timezone.now()
    asked: dict[str, Any] = {
        "kind": kind_in_address(kind),
        "file_format": FileFormat(file_format),
        "question": question_asked(request, now=now),
        "display": display_asked(request),
        "by": user_of(request),
        "now": now,
    }
    try:
        if is_long(asked["kind"]):
            return redirect("cadre:export", ask_export(**asked).pk)
        export, content = export_now(**asked)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("cadre:exports")
    return HttpResponse(content, headers=_headers(export), content_type=_type(export))


@require_safe
def exports_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/exports/: the person's own files, newest first."""
    mine = Export.objects.filter(asked_by=user_of(request)).select_related("region")
    inside = desk_of(request).jurisdiction.scope(mine, "region_id")[:_SHOWN]
    context = {
        **admin.site.each_context(request), "title": _("My exports"), "exports": inside,
        "now": timezone.now(),
    }  # fmt: skip
    return TemplateResponse(request, "cadre/exports.html", context)


@require_safe
def export_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /admin/exports/<id>/: how far it is; then the file."""
    export = _export(request, pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Export"),
        "export": export,
        "state": _state(export),
    }
    return TemplateResponse(request, "cadre/export.html", context)


@require_safe
def export_state(request: HttpRequest, pk: int) -> JsonResponse:
    """GET /admin/exports/<id>/state/: what the page polls."""
    return JsonResponse(_state(_export(request, pk)))


@require_safe
def export_file(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /admin/exports/<id>/file/: the file, for who asked for it."""
    export = _export(request, pk)
    try:
        path = file_of(export)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("cadre:export", export.pk)
    return FileResponse(path.open("rb"), headers=_headers(export), content_type=_type(export))  # type: ignore[return-value]


def _export(request: HttpRequest, pk: int) -> Export:
    jurisdiction = desk_of(request).jurisdiction
    export = find_export(export_id=pk, by=user_of(request), jurisdiction=jurisdiction)
    if export is None:
        raise Http404
    return export


def _state(export: Export) -> dict[str, Any]:
    refusal = REFUSALS.get(export.refusal)
    return {
        "status": export.status,
        "words": str(export.get_status_display()),
        "done": export.done_rows,
        "of": export.of_rows,
        "refusal": str(refusal.sentence) if refusal else "",
        "has_file": bool(export.path),
    }


def _type(export: Export) -> str:
    return CONTENT_TYPES[FileFormat(export.file_format)]


def _headers(export: Export) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{export.name}"',
        "Cache-Control": "no-store",
    }
