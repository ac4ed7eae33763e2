"""The closed month's reports on their way from the villages that sold to the public page."""

from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.regions.jurisdiction import EVERYWHERE
from lukou_market.regions.models import Region
from lukou_market.village_reports.approve_report import approve_report
from lukou_market.village_reports.models import VillageReport
from lukou_market.village_reports.prepare_report import prepare_report
from lukou_market.village_reports.publish_report import publish_report
from lukou_market.village_reports.queries import villages_with_figures
from lukou_market.village_reports.return_report import return_report
from lukou_market.village_reports.review_report import review_report

_REASON = "请说明本月供货的农户是否都已核对"
_REMARK = "供货农户已逐户核对，数字无误"


def send_reports(*, month: date, now: datetime) -> None:
    """Each village prepares, its town reviews, the district publishes; the first is returned once.

    The month has to be signed.
    """
    district = User.objects.get(username="district")
    villages = villages_with_figures(EVERYWHERE, month).select_related("parent__parent")
    for n, village in enumerate(villages.order_by("code")):
        own, town = cadre_of(village), cadre_of(village.parent or village)
        report = prepare_report(village=village, month=month, remark="", by=own, now=now)
        if n == 0:
            report = _corrected(report, own, town, now)
        pk, sha256 = report.pk, report.sha256
        review_report(report_id=pk, sha256=sha256, by=town, now=now)
        approve_report(report_id=pk, sha256=sha256, by=district, now=now)
        publish_report(report_id=pk, sha256=sha256, by=district, now=now)


def _corrected(report: VillageReport, own: User, town: User, now: datetime) -> VillageReport:
    return_report(report_id=report.pk, sha256=report.sha256, reason=_REASON, by=town, now=now)
    return prepare_report(
        village=report.village, month=report.month, remark=_REMARK, by=own, now=now
    )


def cadre_of(region: Region) -> User:
    """The region's cadre; whoever is not among the logins can't sign in."""
    held = RoleGrant.objects.filter(role=Role.CADRE, region=region).select_related("user").first()
    if held is not None:
        return held.user
    user = User.objects.create(
        username=f"cadre-{region.code}",
        display_name=f"{region.name}干部",
        is_staff=True,
        password=make_password(None),
    )
    RoleGrant.objects.create(user=user, role=Role.CADRE, region=region)
    return user
