"""What every step has in common: the report is locked, and one more row is written."""

from datetime import datetime

from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.village_reports.errors import (
    NotYourLevel,
    OtherReport,
    PreparerNeverReviews,
    ReviewerNeverApproves,
    StepNotDue,
)
from lukou_market.village_reports.models import Action, ReportStep, VillageReport
from lukou_market.village_reports.seats import seat_for

BEFORE = {
    Action.REVIEWED: (Action.PREPARED,),
    Action.APPROVED: (Action.REVIEWED,),
    Action.PUBLISHED: (Action.APPROVED,),
    Action.RETURNED: (Action.PREPARED, Action.REVIEWED, Action.APPROVED),
}
_REFUSALS = {
    "village_report_edges": StepNotDue,
    "report_step_once": StepNotDue,
    "report_step_of_hash": OtherReport,
    "report_step_by_level": NotYourLevel,
    "report_preparer_never_signs": PreparerNeverReviews,
    "report_reviewer_never_approves": ReviewerNeverApproves,
}


def locked_report(*, report_id: int, sha256: str, action: Action) -> VillageReport:
    """The report, waiting for this step and nobody else's until the transaction ends.

    Raises OtherReport when it is another version than the person saw, and StepNotDue.
    """
    report = VillageReport.objects.select_for_update().get(pk=report_id)
    if report.sha256 != sha256:
        raise OtherReport
    if report.status not in BEFORE[action]:
        raise StepNotDue
    return report


def take_step(
    *, report: VillageReport, action: Action, by: User, now: datetime, reason: str = ""
) -> VillageReport:
    """Write the step, which moves the report.

    Raises NotYourLevel, PreparerNeverReviews, ReviewerNeverApproves and StepNotDue.
    """
    seat = seat_for(by, action, report.village_id, today=timezone.localdate(now))
    with constraint_errors(_REFUSALS):
        ReportStep.objects.create(
            report=report,
            action=action,
            by=by,
            acting_for=seat.acting_for,
            at=now,
            sha256=report.sha256,
            reason=reason,
        )
    report.refresh_from_db(fields=["status"])
    return report
