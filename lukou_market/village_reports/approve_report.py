"""The district approves what the signed month says of the village."""

import json
from datetime import date, datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.aid.models import Period
from lukou_market.aid.verifier.verify_period import Record
from lukou_market.village_reports.content import KINDS, content_of
from lukou_market.village_reports.errors import FiguresDiffer, MonthNotClosed
from lukou_market.village_reports.models import Action, VillageReport
from lukou_market.village_reports.take_step import locked_report, take_step


@transaction.atomic
def approve_report(*, report_id: int, sha256: str, by: User, now: datetime) -> VillageReport:
    """Sign the report of this hash for the district.

    Raises OtherReport, StepNotDue, NotYourLevel, PreparerNeverReviews, ReviewerNeverApproves,
    MonthNotClosed and FiguresDiffer.
    """
    report = locked_report(report_id=report_id, sha256=sha256, action=Action.APPROVED)
    take_step(report=report, action=Action.APPROVED, by=by, now=now)
    signed = signed_rows(report.month, report.village_id)
    if signed is None:
        raise MonthNotClosed
    if content_of(report).rows != signed:
        raise FiguresDiffer
    return report


def signed_rows(month: date, village: str) -> list[Record] | None:
    """The village's rows in the signed period; None while the month is open."""
    period = Period.objects.filter(month=month, status=Period.Status.SIGNED).first()
    if period is None:
        return None
    return [
        row
        for line in bytes(period.content or b"").splitlines()
        if village.encode() in line
        for row in [json.loads(line)]
        if row["kind"] in KINDS and row["village"] == village
    ]
