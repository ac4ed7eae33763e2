"""The report's page and its export; both answer the question in the address."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.cadre.ask import address_of, home_regions, months_to_choose, question_asked
from lukou_market.cadre.basis import CREDITS, SALES
from lukou_market.cadre.export_aid_sales import XLSX, export_aid_sales
from lukou_market.households.models import IncomeKind
from lukou_market.orders.models import Channel
from lukou_market.regions.desk import desk_of
from lukou_market.regions.models import Region
from lukou_market.reports.aid_sales import AidSales, aid_sales
from lukou_market.reports.held_apart import held_apart

HOUSEHOLDS_PER_PAGE = 50


@require_safe
def aid_sales_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/aid-sales/: the report of one region, with links down and up."""
    now = timezone.now()
    report = aid_sales(question_asked(request, now=now), now=now)
    context = {
        **admin.site.each_context(request),
        "title": _("Aid sales"),
        "report": report,
        "question": report.question,
        "above": _above(request, report),
        "homes": home_regions(desk_of(request)),
        "region_rows": [(row, _link(report, row.region)) for row in report.regions],
        "here": address_of(report.question),
        "months": months_to_choose(report.question, now=now),
        "channels": Channel.choices,
        "basis": {"sales": SALES, "credits": CREDITS},
        "held": held_apart(report.question),
        "income_kinds": IncomeKind.labels,
        **_household_page(request, report),
    }
    return TemplateResponse(request, "cadre/aid_sales.html", context)


@require_safe
def aid_sales_export(request: HttpRequest) -> HttpResponse:
    """GET /admin/aid-sales/export/: the same report as a workbook."""
    now = timezone.now()
    question = question_asked(request, now=now)
    record_access(
        actor=request.user,
        action=Action.EXPORTED,
        subject=f"aid sales {question.first_month:%Y-%m} to {question.last_month:%Y-%m}",
        region_code=question.region.code,
    )
    name = (
        f"aid-sales-{question.region.code}-{question.first_month:%Y%m}-{question.last_month:%Y%m}"
    )
    return HttpResponse(
        export_aid_sales(aid_sales(question, now=now)),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def _link(report: AidSales, region: Region) -> str:
    return address_of(report.question, region.code)


def _above(request: HttpRequest, report: AidSales) -> list[tuple[Region, str]]:
    """The regions above, from the top down, that this person may open."""
    chain: list[tuple[Region, str]] = []
    region = report.question.region.parent
    while region is not None and desk_of(request).jurisdiction.covers(region.code):
        chain.insert(0, (region, _link(report, region)))
        region = region.parent
    return chain


def _household_page(request: HttpRequest, report: AidSales) -> dict[str, Any]:
    pages = Paginator(report.households, HOUSEHOLDS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return {"households": page, "pages": pages.get_elided_page_range(page.number)}
