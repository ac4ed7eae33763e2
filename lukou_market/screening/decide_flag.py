"""A cadre of another unit clears a flag, or upholds it."""

from datetime import datetime

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import Role, User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.regions.models import Level, Region
from lukou_market.screening.errors import AlreadyDecided, OfTheSameUnit, ReasonMissing
from lukou_market.screening.models import FlagDecision, SaleFlag

_ERRORS = {
    "flag_decided_elsewhere": OfTheSameUnit,
    "flag_decided_by_another": OfTheSameUnit,
    "flag_decision_reason": ReasonMissing,
    "screening_flagdecision_flag_id_key": AlreadyDecided,
}


def decide_flag(
    *, flag: SaleFlag, outcome: FlagDecision.Outcome, reason: str, by: User, now: datetime
) -> FlagDecision:
    """Decide once and for all. Raises AlreadyDecided, OfTheSameUnit, ReasonMissing.

    With the last flag of an order cleared, its sale counts again; upheld, it stays out for good.
    """
    unit = deciding_unit(flag, by)
    if unit is None:
        raise OfTheSameUnit
    with constraint_errors(_ERRORS):
        decision = FlagDecision.objects.create(
            flag=flag, outcome=outcome, reason=reason, decided_by=by, unit=unit, decided_at=now
        )
        record_access(
            actor=by,
            action=Action.CLEARED,
            subject=f"flag {flag.pk} of order {flag.order.number}: {outcome.value}",
            region_code=flag.village_id,
            reason=reason,
        )
    return decision


def deciding_unit(flag: SaleFlag, by: User) -> Region | None:
    """The town or district through which this cadre may decide; the nearest to the village."""
    grants = by.grants.filter(
        role=Role.CADRE, region__level__in=[Level.TOWN, Level.DISTRICT]
    ).select_related("region")
    units = [grant.region for grant in grants if grant.region]
    able = [unit for unit in units if _may(unit, flag) and by.pk != flag.raised_by_id]
    return max(able, key=lambda unit: len(unit.subtree_prefix), default=None)


def _may(unit: Region, flag: SaleFlag) -> bool:
    return unit.pk != flag.raised_in_id and flag.village_id.startswith(unit.subtree_prefix)
