"""Targets: one cadre of the district proposes, another approves."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from lukou_market.accounts.models import User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.regions.models import Region
from lukou_market.reports.target_errors import (
    ProposerNeverApproves,
    TargetApproved,
    TargetNotNewest,
)
from lukou_market.reports.target_models import AidTarget


@transaction.atomic
def propose_target(
    *, region: Region, year: int, target_fen: int, by: User, now: datetime
) -> AidTarget:
    """The next version of the region's target; what was in force stays so until it is approved."""
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    known = AidTarget.objects.filter(region=region, year=year)
    newest: int | None = known.aggregate(newest=Max("version"))["newest"]
    return AidTarget.objects.create(
        region=region,
        year=year,
        version=(newest or 0) + 1,
        target_fen=target_fen,
        proposed_by=by,
        proposed_at=now,
    )


@transaction.atomic
def approve_target(*, target_id: int, by: User, now: datetime) -> AidTarget:
    """Bring a version into force. Raises ProposerNeverApproves, TargetNotNewest, TargetApproved."""
    target = AidTarget.objects.select_related("region").get(pk=target_id)
    # Proposals lock the region too: none comes between the look and the signature.
    Region.objects.select_for_update(no_key=True).get(pk=target.region_id)
    refusals = {
        "target_two_people": ProposerNeverApproves,
        "target_newest_is_approved": TargetNotNewest,
        "target_approved_once": TargetApproved,
    }
    with constraint_errors(refusals):
        AidTarget.objects.filter(pk=target_id).update(approved_by=by, approved_at=now)
    target.refresh_from_db()
    return target
