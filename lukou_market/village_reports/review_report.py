"""The town reviews a report that still says what the book says."""

from datetime import datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.aid.period_rows import rows_of
from lukou_market.village_reports.content import content_of
from lukou_market.village_reports.errors import FiguresMoved
from lukou_market.village_reports.models import Action, VillageReport
from lukou_market.village_reports.take_step import locked_report, take_step


@transaction.atomic
def review_report(*, report_id: int, sha256: str, by: User, now: datetime) -> VillageReport:
    """Sign the report of this hash for the town.

    Raises OtherReport, StepNotDue, NotYourLevel, PreparerNeverReviews and FiguresMoved.
    """
    report = locked_report(report_id=report_id, sha256=sha256, action=Action.REVIEWED)
    take_step(report=report, action=Action.REVIEWED, by=by, now=now)
    if content_of(report).rows != rows_of(report.month, report.village_id):
        raise FiguresMoved
    return report
