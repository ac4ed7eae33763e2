"""Pages of the periods: what keeps a month open, its figures, its signature, what came later."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lukou_market.access_log.models import Action as Access
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.accounts.second_factor import confirm_second_factor
from lukou_market.aid.close_period import ask_for_period, sign_period
from lukou_market.aid.closing_gate import unsettled
from lukou_market.aid.export_restatement import export_restatement, transfers_of
from lukou_market.aid.models import Period
from lukou_market.aid.restate_period import (
    HouseholdChange,
    Restatement,
    restate_period,
    signed_total,
)
from lukou_market.aid.tasks import check_asked_periods
from lukou_market.aid.write_period import BASIS, export_period
from lukou_market.cadre.finding_words import Finding, finding_words
from lukou_market.cadre.periods import Month, closes_periods, months, sees_periods
from lukou_market.kernel.nudge import nudge
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.regions.desk import desk_of
from lukou_market.regions.models import Region
from lukou_market.village_reports.queries import not_reviewed

EVENTS_PER_PAGE = 50
HOUSEHOLDS_SHOWN = 100
_LINES = "application/jsonl; charset=utf-8"


@require_safe
def periods_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/periods/: all months, newest first."""
    _let_in(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Closing months"),
        "months": months(now=timezone.now()),
    }
    return TemplateResponse(request, "cadre/periods.html", context)


@require_safe
def period_page(request: HttpRequest, month: date) -> HttpResponse:
    """GET /admin/periods/2026-06/: one month, and what can be done with it."""
    _let_in(request)
    found = _month(month)
    period = found.period
    context = {
        **admin.site.each_context(request),
        "title": _("Closing months"),
        "month": found,
        "period": period,
        "findings": _findings(found),
        "figures": _figures(period) if period and period.content else [],
        "may_close": closes_periods(desk_of(request)),
        "not_reviewed": not_reviewed(desk_of(request).jurisdiction, month).count(),
        "is_preparer": period is not None and period.prepared_by_id == request.user.pk,
        **(_restatement(request, period) if period and found.is_signed else {}),
    }
    return TemplateResponse(request, "cadre/period.html", context)


@require_POST
def prepare_period_action(request: HttpRequest, month: date) -> HttpResponse:
    """POST /admin/periods/2026-06/prepare/: have the books checked and the figures written."""
    with refusal_shown(request):
        ask_for_period(month=month, prepared_by=_closer(request), now=timezone.now())
        nudge(check_asked_periods)
        messages.success(request, _("The books are being checked; the result appears here."))
    return redirect("cadre:period", month)


@require_POST
def sign_period_action(request: HttpRequest, month: date) -> HttpResponse:
    """POST /admin/periods/2026-06/sign/: freeze the figures whose hash the form names."""
    signer = _closer(request)
    period = get_object_or_404(Period, month=month)
    if request.POST.get("sha256") != period.sha256 or "checked" not in request.POST:
        messages.error(request, _("Please look at the figures and confirm that you checked them."))
        return redirect("cadre:period", month)
    with refusal_shown(request):
        confirm_second_factor(signer, request.POST.get("code", ""), now=timezone.now())
        sign_period(month=month, signed_by=signer, now=timezone.now())
        record_access(actor=signer, action=Access.SIGNED, subject=f"period {month:%Y-%m}")
        messages.success(request, _("The month is signed. Its figures never change any more."))
    return redirect("cadre:period", month)


@require_safe
def period_file(request: HttpRequest, month: date) -> HttpResponse:
    """GET /admin/periods/2026-06/file/: the signed bytes, always the same."""
    _let_in(request)
    period = _signed(month)
    _record_export(request, f"closed month {month:%Y-%m}")
    return _download(export_period(period), f"lukou-period-{month:%Y-%m}.jsonl")


@require_safe
def restatement_file(request: HttpRequest, month: date) -> HttpResponse:
    """GET /admin/periods/2026-06/restatement/: what changed the signed month, as of now."""
    _let_in(request)
    data = export_restatement(restate_period(_signed(month)), now=timezone.now())
    _record_export(request, f"restatement of {month:%Y-%m}")
    return _download(data, f"lukou-restatement-{month:%Y-%m}.jsonl")


def _record_export(request: HttpRequest, subject: str) -> None:
    record_access(actor=request.user, action=Access.EXPORTED, subject=subject)


def _let_in(request: HttpRequest) -> None:
    if not sees_periods(desk_of(request)):
        raise PermissionDenied


def _closer(request: HttpRequest) -> User:
    if not closes_periods(desk_of(request)) or not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _month(month: date) -> Month:
    for found in months(now=timezone.now()):
        if found.month == month:
            return found
    raise Http404


def _signed(month: date) -> Period:
    return get_object_or_404(Period, month=month, status=Period.Status.SIGNED)


def _findings(month: Month) -> list[Finding]:
    if month.period is not None and month.period.status == Period.Status.REFUSED:
        return [finding_words(**finding) for finding in month.period.findings]
    if month.is_signed or not month.is_next:
        return []
    return [finding_words(**finding) for finding in unsettled(month.month)]


def _figures(period: Period) -> list[tuple[str, int]]:
    """Each figure's basis and amount, in the order of the format."""
    total = signed_total(period)
    return [(basis, total[name]) for name, basis in BASIS.items() if name in total]


def _restatement(request: HttpRequest, period: Period) -> dict[str, Any]:
    restatement: Restatement = restate_period(period)
    pages = Paginator(restatement.events, EVENTS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    transfers = transfers_of(list(page))
    return {
        "restatement": restatement,
        "events": page,
        "rows": [(event, transfers[event.id]) for event in page],
        "pages": pages.get_elided_page_range(page.number),
        "households": _with_places(restatement.households[:HOUSEHOLDS_SHOWN]),
        "more_households": max(0, len(restatement.households) - HOUSEHOLDS_SHOWN),
    }


def _with_places(changes: Sequence[HouseholdChange]) -> list[tuple[HouseholdChange, Region]]:
    """Each change with its village."""
    villages = Region.objects.in_bulk({change.village for change in changes})
    return [(change, villages[change.village]) for change in changes]


def _download(data: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=_LINES, headers=disposition)
