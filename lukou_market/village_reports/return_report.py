"""Town or district return a report to its village, saying why."""

from datetime import datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.village_reports.errors import ReturnReasonMissing
from lukou_market.village_reports.models import Action, VillageReport
from lukou_market.village_reports.take_step import locked_report, take_step


@transaction.atomic
def return_report(
    *, report_id: int, sha256: str, reason: str, by: User, now: datetime
) -> VillageReport:
    """Close this version: the village prepares the next one.

    Raises ReturnReasonMissing, OtherReport, StepNotDue and NotYourLevel.
    """
    if not reason.strip():
        raise ReturnReasonMissing
    report = locked_report(report_id=report_id, sha256=sha256, action=Action.RETURNED)
    return take_step(report=report, action=Action.RETURNED, by=by, now=now, reason=reason.strip())
