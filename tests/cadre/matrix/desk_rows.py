"""What the desk itself makes of a village's month: a flag, a notice, an objection, a file."""

import hashlib
from datetime import timedelta

from django.db.models import Model

from lukou_market.households.models import Household
from lukou_market.orders.models import Order
from lukou_market.public_notices.models import Objection, PublicNotice
from lukou_market.public_notices.source import Figures
from lukou_market.public_notices.terms import Terms
from lukou_market.public_notices.write_notice import write_notice
from lukou_market.reports.export_models import Export
from lukou_market.screening.models import Rule, SaleFlag
from lukou_market.screening.rules_in_force import rules_in_force
from lukou_market.village_reports.models import VillageReport
from lukou_market.village_reports.queries import report_rows
from tests.aid.months import IN_JULY
from tests.cadre.furnish import JUNE
from tests.cadre.furnish_district import rules_at_rest
from tests.factories import make_user


def furnish_desk(
    report: VillageReport, order: Order, household: Household, mark: str
) -> list[Model]:
    """One of each, out of the village's report."""
    with rules_at_rest():
        flag = SaleFlag.objects.create(
            order=order, rule=Rule.SHARED_ADDRESS, village=report.village, reason=f"{mark}同一地址",
            version=rules_in_force(district="430212000000", now=IN_JULY)[Rule.SHARED_ADDRESS],
            raised_at=IN_JULY,
        )  # fmt: skip
        notice = _notice(report, mark)
        objection = Objection.objects.create(
            number=f"Y{report.village_id}", village=report.village, month=JUNE, notice=notice,
            household=household, text=f"{mark}少了一单", received_at=IN_JULY,
            answer_by=JUNE + timedelta(days=50),
        )  # fmt: skip
        export = Export.objects.create(
            kind="channel", file_format="xlsx", region=report.village, first_month=JUNE,
            last_month=JUNE, asked_by=make_user(f"{mark}导出"), asked_at=IN_JULY,
        )  # fmt: skip
    return [flag, notice, objection, export]


def _notice(report: VillageReport, mark: str) -> PublicNotice:
    number = f"G{report.village_id}"
    content = write_notice(
        village=report.village, month=JUNE, figures=Figures(report, report_rows(report)),
        terms=Terms(least_households=0), number=number, replaces="", correction=f"{mark}更正",
        posted_at=IN_JULY,
    )  # fmt: skip
    return PublicNotice.objects.create(
        number=number, village=report.village, month=JUNE, version=1, report=report,
        content=content, sha256=hashlib.sha256(content).hexdigest(), pdf=b"",
        pdf_sha256=hashlib.sha256(b"").hexdigest(), posted_by=make_user(f"{mark}张贴"),
        posted_at=IN_JULY, open_until=JUNE + timedelta(days=45),
    )  # fmt: skip
