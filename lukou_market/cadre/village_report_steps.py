"""The steps of a village's report, by forms of its page: each one domain call."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lukou_market.access_log.models import Action as Access
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.ask_page import user_of
from lukou_market.accounts.second_factor import confirm_second_factor
from lukou_market.cadre.village_report_views import subject_of, village_in_reach
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.village_reports.approve_report import approve_report
from lukou_market.village_reports.models import Action, VillageReport
from lukou_market.village_reports.prepare_report import prepare_report
from lukou_market.village_reports.publish_report import publish_report
from lukou_market.village_reports.queries import last_version
from lukou_market.village_reports.return_report import return_report
from lukou_market.village_reports.review_report import review_report

_REMARK_LENGTH, _REASON_LENGTH = 500, 300


@require_POST
def prepare_village_report(request: HttpRequest, village: str, month: date) -> HttpResponse:
    """POST …/prepare/: freeze the figures, with the village's remark."""
    place = village_in_reach(request, village)
    with refusal_shown(request):
        prepare_report(
            village=place,
            month=month,
            remark=_text(request, "remark", _REMARK_LENGTH),
            by=user_of(request),
            now=timezone.now(),
        )
        messages.success(request, _("The report is prepared; the town reviews it now."))
    return redirect("cadre:village-report", village, month)


@require_POST
def return_village_report(request: HttpRequest, village: str, month: date) -> HttpResponse:
    """POST …/return/: back to the village, with the reason."""
    report = _report(request, village, month)
    with refusal_shown(request):
        return_report(
            report_id=report.pk,
            sha256=request.POST.get("sha256", ""),
            reason=_text(request, "reason", _REASON_LENGTH),
            by=user_of(request),
            now=timezone.now(),
        )
        messages.success(request, _("The report is returned; the village prepares a new version."))
    return redirect("cadre:village-report", village, month)


@require_POST
def sign_village_report(request: HttpRequest, village: str, month: date, step: str) -> HttpResponse:
    """POST …/sign/reviewed/: sign the hash that the form names, with a fresh code."""
    report, signer = _report(request, village, month), user_of(request)
    if "checked" not in request.POST:
        messages.error(request, _("Please look at the figures and confirm that you checked them."))
        return redirect("cadre:village-report", village, month)
    with refusal_shown(request):
        confirm_second_factor(signer, request.POST.get("code", ""), now=timezone.now())
        _sign(request, report, Action(step))
        record_access(
            actor=signer,
            action=Access.SIGNED,
            subject=f"{subject_of(report)} {step}",
            region_code=report.village_id,
        )
        messages.success(request, _("Signed."))
    return redirect("cadre:village-report", village, month)


def _sign(request: HttpRequest, report: VillageReport, step: Action) -> None:
    signed, now = request.POST.get("sha256", ""), timezone.now()
    by = user_of(request)
    if step == Action.REVIEWED:
        review_report(report_id=report.pk, sha256=signed, by=by, now=now)
    elif step == Action.APPROVED:
        approve_report(report_id=report.pk, sha256=signed, by=by, now=now)
    else:
        publish_report(report_id=report.pk, sha256=signed, by=by, now=now)


def _report(request: HttpRequest, village: str, month: date) -> VillageReport:
    report = last_version(village_in_reach(request, village), month)
    if report is None:
        raise Http404
    return report


def _text(request: HttpRequest, name: str, length: int) -> str:
    return request.POST.get(name, "").replace("\0", "").strip()[:length]
