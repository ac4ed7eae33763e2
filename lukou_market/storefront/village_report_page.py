"""Published reports of villages, open to everybody: figures and files."""

from collections.abc import Callable
from datetime import date

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lukou_market.public_notices.terms import terms_in_force
from lukou_market.public_notices.write_notice import is_too_few
from lukou_market.village_reports.content import content_of, export_report
from lukou_market.village_reports.find_published import find_published
from lukou_market.village_reports.models import VillageReport
from lukou_market.village_reports.queries import report_rows
from lukou_market.village_reports.restate_report import VillageRestatement, restate_report
from lukou_market.village_reports.sheets import sheets_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES: dict[str, tuple[str, Callable[[VillageReport], bytes]]] = {
    "pdf": ("application/pdf", lambda report: bytes(report.archive.pdf)),
    "xlsx": (_XLSX, lambda report: bytes(report.archive.xlsx)),
    "jsonl": ("application/jsonl; charset=utf-8", export_report),
}
# A refund shows after so long: whoever reloads the page does not have the book read again.
_RESTATED_EVERY_S = 300


@require_safe
def village_report(request: HttpRequest, village: str, month: date) -> HttpResponse:
    """GET /reports/430212101001/2026-06/: the published figures, names masked, no sign-in."""
    report = _published(village, month)
    content = content_of(report)
    context = {
        "report": report,
        "content": content,
        "is_private": _tells_of_a_household(report),
        "total": content.total,
        "net_sales_fen": content.total["gross_fen"] - content.total["refunded_fen"],
        "net_credits_fen": content.total["credited_fen"] - content.total["reversed_fen"],
        "sheets": sheets_of(content),
        "steps": report.steps.select_related("by", "acting_for"),
        "restatement": _restatement(report),
    }
    return render(request, "storefront/village_report.html", context)


@require_safe
def village_report_file(request: HttpRequest, village: str, month: date, kind: str) -> HttpResponse:
    """GET /reports/430212101001/2026-06/pdf/: what was frozen when it was published."""
    if kind not in _FILES:
        raise Http404
    report = _published(village, month)
    if _tells_of_a_household(report):
        raise Http404
    content_type, data = _FILES[kind]
    name = f"lukou-report-{report.village_id}-{month:%Y-%m}.{kind}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data(report), content_type=content_type, headers=disposition)


def _published(village: str, month: date) -> VillageReport:
    report = find_published(village, month)
    if report is None:
        raise Http404
    return report


def _tells_of_a_household(report: VillageReport) -> bool:
    """Whether so few households were credited that any figure tells what one of them got."""
    return is_too_few(report_rows(report), terms_in_force(now=timezone.now()))


def _restatement(report: VillageReport) -> VillageRestatement:
    key = f"village-report-restated:{report.pk}"
    found: VillageRestatement | None = cache.get(key)
    if found is None:
        found = restate_report(report)
        cache.set(key, found, _RESTATED_EVERY_S)
    return found
