"""A village prepares its report of a month that is over."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.aid.closing_gate import end_of
from lukou_market.aid.errors import MonthNotOver
from lukou_market.kernel.errors import constraint_errors
from lukou_market.regions.models import Region
from lukou_market.village_reports.content import write_content
from lukou_market.village_reports.errors import AlreadyPrepared, NotYourLevel
from lukou_market.village_reports.models import Action, VillageReport
from lukou_market.village_reports.queries import last_version
from lukou_market.village_reports.seats import seat_for

_REFUSALS = {
    "village_report_follows": AlreadyPrepared,
    "village_report_version_once": AlreadyPrepared,
    "report_step_by_level": NotYourLevel,
}


@transaction.atomic
def prepare_report(
    *, village: Region, month: date, remark: str, by: User, now: datetime
) -> VillageReport:
    """Freeze the village's figures as the book stands now: version 1, or one after a returned one.

    Raises MonthNotOver, NotYourLevel and AlreadyPrepared.
    """
    if now < end_of(month):
        raise MonthNotOver
    seat = seat_for(by, Action.PREPARED, village.code, today=timezone.localdate(now))
    last = last_version(village, month)
    if last is not None and last.status != Action.RETURNED:
        raise AlreadyPrepared
    content = write_content(
        village=village,
        month=month,
        version=last.version + 1 if last else 1,
        previous_sha256=last.sha256 if last else "",
        remark=remark,
    )
    with constraint_errors(_REFUSALS):
        return VillageReport.objects.create(
            village=village,
            month=month,
            version=last.version + 1 if last else 1,
            remark=remark,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            prepared_by=by,
            prepared_for=seat.acting_for,
            prepared_at=now,
        )
