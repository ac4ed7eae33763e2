"""Pages of the villages' reports: the list of a month, one report, and the steps of its chain."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lukou_market.access_log.models import Action as Access
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.ask_page import user_of
from lukou_market.aid.close_period import is_signed
from lukou_market.cadre.periods import sees_periods
from lukou_market.cadre.village_reports import (
    MISSING,
    possible_steps,
    report_months,
    village_rows,
)
from lukou_market.regions.desk import desk_of
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region
from lukou_market.village_reports.content import content_of, export_report
from lukou_market.village_reports.models import Action, ReportStep, VillageReport
from lukou_market.village_reports.queries import waiting_for
from lukou_market.village_reports.restate_report import restate_report
from lukou_market.village_reports.seats import Seat, reach_of, seats_of
from lukou_market.village_reports.sheets import sheets_of

VILLAGES_PER_PAGE = 50
_LINES = "application/jsonl; charset=utf-8"


@require_safe
def village_reports_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/village-reports/?month=2026-06&state=…&town=…: the villages I see, by month."""
    now = timezone.now()
    months = report_months(now=now)
    month = _month_asked(request, months)
    waiting = waiting_for(desk_of(request), user_of(request), now=now)
    place = reach(request)
    rows = (
        village_rows(
            place,
            month,
            {row.village.code for row in waiting if row.month == month},
            everyone="all" in request.GET,
        )
        if month
        else []
    )
    state, town = request.GET.get("state", ""), request.GET.get("town", "")
    shown = [
        row
        for row in rows
        if (not town or row.village.parent_id == town)
        and (not state or row.state == state or (state == "mine" and row.waits))
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Village reports"),
        "months": months,
        "month": month,
        "waiting": waiting,
        "page": Paginator(shown, VILLAGES_PER_PAGE).get_page(request.GET.get("page")),
        "states": [(MISSING, _("Not prepared")), *Action.choices],
        "state": state,
        "towns": sorted({row.village.parent for row in rows if row.village.parent}, key=_code),
        "town": town,
        "everyone": "all" in request.GET,
    }
    return TemplateResponse(request, "cadre/village_reports.html", context)


@require_safe
def village_report_page(request: HttpRequest, village: str, month: date) -> HttpResponse:
    """GET /admin/village-reports/430212101001/2026-06/?version=1: one report, or none yet."""
    place = village_in_reach(request, village)
    seats = _seats(request)
    versions = list(_versions(place, month))
    if not versions and month not in report_months(now=timezone.now()):
        raise Http404
    report = _version_asked(request, versions)
    is_last = not versions or report == versions[-1]
    context = {
        **admin.site.each_context(request),
        "title": _("Village reports"),
        "village": place,
        "month": month,
        "versions": versions,
        "report": report,
        "is_last": is_last,
        "steps": _steps(versions),
        "may": possible_steps(report, place, seats) if is_last else {},
        "is_signed": is_signed(month),
        "may_see_periods": sees_periods(desk_of(request)),
        **(_figures(report, versions) if report else _as_booked(place, month)),
    }
    return TemplateResponse(request, "cadre/village_report.html", context)


@require_safe
def village_report_lines(request: HttpRequest, village: str, month: date) -> HttpResponse:
    """GET /admin/village-reports/430212101001/2026-06/file/?version=1: what is signed."""
    place = village_in_reach(request, village)
    report = _version_asked(request, list(_versions(place, month)))
    if report is None:
        raise Http404
    record_access(
        actor=request.user,
        action=Access.EXPORTED,
        subject=subject_of(report),
        region_code=report.village_id,
    )
    name = f"lukou-report-{village}-{month:%Y-%m}-v{report.version}.jsonl"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(export_report(report), content_type=_LINES, headers=disposition)


def subject_of(report: VillageReport) -> str:
    """What the access log calls a report."""
    return f"village report {report.village_id} {report.month:%Y-%m} v{report.version}"


def reach(request: HttpRequest) -> Jurisdiction:
    """The villages whose reports the person sees: their own, and those they stand in for."""
    return reach_of(desk_of(request), _seats(request))


def village_in_reach(request: HttpRequest, code: str) -> Region:
    """The village of this code. Raises Http404 for one outside, known or not."""
    villages = Region.objects.filter(level=Level.VILLAGE).select_related("parent__parent")
    village = get_object_or_404(villages, code=code)
    if not reach(request).covers(code):
        raise Http404
    return village


def _seats(request: HttpRequest) -> list[Seat]:
    return seats_of(user_of(request), today=timezone.localdate())


def _month_asked(request: HttpRequest, months: list[date]) -> date | None:
    asked = request.GET.get("month")
    if not asked:
        return months[0] if months else None
    for month in months:
        if f"{month:%Y-%m}" == asked:
            return month
    raise BadRequest("no such month")


def _code(region: Region) -> str:
    return region.code


def _versions(village: Region, month: date) -> Any:
    rows = VillageReport.objects.filter(village=village, month=month).order_by("version")
    return rows.select_related("prepared_by", "prepared_for", "village")


def _version_asked(request: HttpRequest, versions: list[VillageReport]) -> VillageReport | None:
    asked = request.GET.get("version")
    if not asked:
        return versions[-1] if versions else None
    for report in versions:
        if str(report.version) == asked:
            return report
    raise Http404


def _steps(versions: list[VillageReport]) -> Any:
    rows = ReportStep.objects.filter(report__in=versions).order_by("-id")
    return rows.select_related("by", "acting_for", "report")


def _figures(report: VillageReport, versions: list[VillageReport]) -> dict[str, Any]:
    content = content_of(report)
    older = [row for row in versions if row.version == report.version - 1]
    before = content_of(older[0]) if older else None
    done = report.status in (Action.APPROVED, Action.PUBLISHED)
    return {
        "content": content,
        "before": before,
        "net_sales_fen": content.total["gross_fen"] - content.total["refunded_fen"],
        "net_credits_fen": content.total["credited_fen"] - content.total["reversed_fen"],
        "paid_out_fen": content.total["paid_out_fen"],
        "sheets": sheets_of(content, before),
        "restatement": restate_report(report) if done else None,
    }


def _as_booked(village: Region, month: date) -> dict[str, Any]:
    [row] = village_rows(Jurisdiction.of_regions([village]), month, (), everyone=True)
    return {"net_sales_fen": row.sales_fen, "net_credits_fen": row.credits_fen}
