"""The cadres of a village, its town and its district, and the whole way of a report."""

from dataclasses import dataclass, field
from datetime import date, datetime

from lukou_market.accounts.models import Role, User
from lukou_market.aid.close_period import prepare_period, sign_period
from lukou_market.aid.models import Period
from lukou_market.regions.models import Region
from lukou_market.village_reports.approve_report import approve_report
from lukou_market.village_reports.models import VillageReport
from lukou_market.village_reports.prepare_report import prepare_report
from lukou_market.village_reports.publish_report import publish_report
from lukou_market.village_reports.return_report import return_report
from lukou_market.village_reports.review_report import review_report
from tests.aid.months import IN_JULY, JUNE
from tests.factories import make_region, make_staff

VILLAGE, TOWN, DISTRICT = "430212101001", "430212101000", "430212000000"


def cadre(name: str, code: str) -> User:
    return make_staff(name, role=Role.CADRE, region=make_region(code))


@dataclass
class Cadres:
    """One of each level, and a second one of the district."""

    village: User = field(default_factory=lambda: cadre("village", VILLAGE))
    town: User = field(default_factory=lambda: cadre("town", TOWN))
    district: User = field(default_factory=lambda: cadre("district", DISTRICT))
    district2: User = field(default_factory=lambda: cadre("district2", DISTRICT))
    now: datetime = IN_JULY

    @property
    def place(self) -> Region:
        return make_region(VILLAGE)

    def prepare(self, *, by: User | None = None, remark: str = "") -> VillageReport:
        return prepare_report(
            village=self.place, month=JUNE, remark=remark, by=by or self.village, now=self.now
        )

    def review(self, report: VillageReport, *, by: User | None = None) -> VillageReport:
        return review_report(
            report_id=report.pk, sha256=report.sha256, by=by or self.town, now=self.now
        )

    def send_back(
        self, report: VillageReport, *, by: User | None = None, reason: str = "请补说明"
    ) -> VillageReport:
        return return_report(
            report_id=report.pk,
            sha256=report.sha256,
            reason=reason,
            by=by or self.town,
            now=self.now,
        )

    def approve(self, report: VillageReport, *, by: User | None = None) -> VillageReport:
        return approve_report(
            report_id=report.pk, sha256=report.sha256, by=by or self.district, now=self.now
        )

    def publish(self, report: VillageReport, *, by: User | None = None) -> VillageReport:
        return publish_report(
            report_id=report.pk, sha256=report.sha256, by=by or self.district, now=self.now
        )

    def close(self, month: date = JUNE) -> Period:
        prepare_period(month=month, prepared_by=self.district, now=self.now)
        return sign_period(month=month, signed_by=self.district2, now=self.now)
