"""The reports' pages; each answers the question in its address."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lukou_market.cadre.ask import (
    address_in_units,
    display_asked,
    home_regions,
    months_to_choose,
    page_asked,
    question_asked,
)
from lukou_market.cadre.report_rows import region_links, shown_rows, shown_totals
from lukou_market.orders.models import Channel
from lukou_market.regions.desk import desk_of
from lukou_market.reports import household_report, stream_report
from lukou_market.reports.catalogue import REPORTS
from lukou_market.reports.display import Display, Money, Weight
from lukou_market.reports.heading import titles_of
from lukou_market.reports.held_apart import held_apart
from lukou_market.reports.kinds import FileFormat, Kind
from lukou_market.reports.question import Question
from lukou_market.reports.sheet import Sheet


@require_safe
def report_page(request: HttpRequest, kind: str) -> HttpResponse:
    """GET /admin/report/<kind>/: the report of one region, with links down and up."""
    kind_ = kind_in_address(kind)
    now = timezone.now()
    question, display = question_asked(request, now=now), display_asked(request)
    number = page_asked(request)
    sheet = _sheet(kind_, question, number)
    here = address_in_units(question, display)
    context = {
        **admin.site.each_context(request),
        "title": kind_.label,
        "kind": kind_,
        "question": question,
        "display": display,
        "here": here,
        "as_of": now,
        "basis": REPORTS[kind_].basis,
        "held": held_apart(question) if REPORTS[kind_].is_of_sales else [],
        "above": region_links(kind_, question, display, desk_of(request)),
        "homes": home_regions(desk_of(request)),
        "months": months_to_choose(question, now=now),
        "channels": Channel.choices,
        "moneys": Money.choices,
        "weights": Weight.choices,
        "formats": FileFormat.choices,
        "kinds": [
            (reverse("cadre:report", args=[k.value]) + here, k.label, k is kind_) for k in Kind
        ],
        "previous": address_in_units(question.previous, display),
        **(_table(kind_, sheet, question, display) if sheet else {}),
        **_pages(kind_, question, number),
    }
    return TemplateResponse(request, "cadre/report.html", context)


def kind_in_address(kind: str) -> Kind:
    """Raises Http404 for a report there isn't."""
    try:
        return Kind(kind)
    except ValueError as error:
        raise Http404 from error


def _table(kind: Kind, sheet: Sheet, question: Question, display: Display) -> dict[str, Any]:
    return {
        "notes": sheet.notes,
        "columns": list(zip(titles_of(sheet, display), sheet.columns, strict=True)),
        "rows": shown_rows(kind, sheet, question, display),
        "totals": shown_totals(sheet.totals, sheet, display),
        "before": shown_totals(sheet.before, sheet, display),
    }


def _sheet(kind: Kind, question: Question, page: int) -> Sheet | None:
    """What the page shows of it; order lines are too many for a page, and have none."""
    if kind is Kind.LINES:
        return None
    if kind is Kind.STREAM:
        return stream_report.stream_report(question, page=page)
    if kind is Kind.HOUSEHOLD:
        return household_report.household_report(question, page=page)
    return REPORTS[kind].ask(question)


def _pages(kind: Kind, question: Question, number: int) -> dict[str, Any]:
    if kind is Kind.STREAM:
        count, at_once = stream_report.count_streams(question), stream_report.PER_PAGE
    elif kind is Kind.HOUSEHOLD:
        count = household_report.households_of(question).count()
        at_once = household_report.PER_PAGE
    else:
        return {}
    pages = Paginator(range(count), at_once)
    page = pages.get_page(number)
    return {"page": page, "pages": list(pages.get_elided_page_range(page.number))}
