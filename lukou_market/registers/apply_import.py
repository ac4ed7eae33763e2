"""Write what was looked at: all of the file, or nothing."""

from datetime import datetime

import pghistory
from django.db import IntegrityError, connection, transaction

from lukou_market.accounts.models import User
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers.check_import import check_import
from lukou_market.registers.errors import (
    HasFaults,
    PlanChanged,
    RegisterRefuses,
    WarningsUnread,
)
from lukou_market.registers.kinds import Kind
from lukou_market.registers.models import ImportRun

# One import at a time: what the second one plans is what the first one left.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('registers_import')::bigint)"


@transaction.atomic
def apply_import(
    *, kind: Kind, content: bytes, file_name: str, place: Jurisdiction, seen_digest: str,
    warnings_read: bool, by: User, now: datetime,
) -> ImportRun | None:  # fmt: skip
    """Import a file whose plan, by its digest, the person has seen; None when it changes nothing.

    Raises as `check_import` does, and HasFaults, PlanChanged, WarningsUnread, RegisterRefuses, or
    the refusal of a use case; then nothing is written.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALONE)
    checked = check_import(kind=kind, content=content, place=place)
    plan = checked.plan
    if plan.faults:
        raise HasFaults
    if plan.changes_nothing:
        return None
    if plan.digest != seen_digest:
        raise PlanChanged
    if plan.warnings and not warnings_read:
        raise WarningsUnread
    try:
        with pghistory.context(user=by.pk):
            for write in plan.writes:
                write(by)
        # Deferred rules speak now, before anybody is told that it was written.
        connection.check_constraints()
    except IntegrityError as refusal:  # a rule that only the database can keep
        raise RegisterRefuses from refusal
    return ImportRun.objects.create(
        kind=kind.code,
        file_name=file_name[:120],
        sha256=checked.sha256,
        scope=_in_common(place),
        imported_by=by,
        imported_at=now,
        new=len(plan.new),
        changed=len(plan.changed),
        same=len(plan.same),
    )


def _in_common(place: Jurisdiction) -> str:
    """The leading digits that all regions of the person share."""
    first, last = min(place.prefixes), max(place.prefixes)
    same = [a == b for a, b in zip(first, last, strict=False)]
    return first[: same.index(False)] if False in same else first
