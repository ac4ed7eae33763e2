"""Which targets are in force, and which wait for approval."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from lukou_market.accounts.models import User
from lukou_market.regions.desk import Desk
from lukou_market.regions.models import Region
from lukou_market.reports.target_models import AidTarget


def targets_in_force(*, year: int, regions: Iterable[Region]) -> dict[str, AidTarget]:
    """By region's code, the newest approved version of those that have one."""
    approved = AidTarget.objects.filter(
        year=year, region__in=list(regions), approved_at__isnull=False
    )
    newest = approved.order_by("region_id", "-version").distinct("region_id")
    return {target.region_id: target for target in newest}


def sets_targets(desk: Desk) -> bool:
    """Cadres of the district; superusers keep the machine, auditors look."""
    return desk.keeps_registers and desk.oversees_district and not desk.is_superuser


def targets_to_approve(desk: Desk, user: User) -> QuerySet[AidTarget]:
    """Newest versions that others have proposed, if the person may approve at all; oldest first."""
    if not sets_targets(desk):
        return AidTarget.objects.none()
    later = AidTarget.objects.filter(
        region=OuterRef("region"), year=OuterRef("year"), version__gt=OuterRef("version")
    )
    waiting = AidTarget.objects.filter(~Exists(later), approved_at=None).exclude(proposed_by=user)
    return desk.jurisdiction.scope(waiting, "region_id").order_by("proposed_at", "id")
