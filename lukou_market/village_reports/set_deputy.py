"""Who stands in for a cadre is set by the cadre, or by one of the level above."""

from datetime import date, datetime

from django.db import transaction

from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.regions.models import Region
from lukou_market.village_reports.errors import DeputyRefused
from lukou_market.village_reports.models import Deputy
from lukou_market.village_reports.seats import signs


@transaction.atomic
def set_deputy(
    *,
    principal: User,
    region: Region,
    deputy: User,
    first_day: date,
    last_day: date,
    set_by: User,
    now: datetime,
) -> Deputy:
    """Let `deputy` sign for `principal` as cadre of `region` on these days, both included.

    Raises DeputyRefused.
    """
    check_deputy(principal=principal, region=region, deputy=deputy, set_by=set_by)
    return Deputy.objects.create(
        principal=principal,
        region=region,
        deputy=deputy,
        first_day=first_day,
        last_day=last_day,
        set_by=set_by,
        set_at=now,
    )


def check_deputy(*, principal: User, region: Region, deputy: User, set_by: User) -> None:
    """Raises DeputyRefused where `set_deputy` would."""
    holds = RoleGrant.objects.filter(user=principal, role=Role.CADRE, region=region).exists()
    people = signs(principal) and signs(deputy) and principal != deputy
    if not (holds and people and may_set(set_by, principal, region)):
        raise DeputyRefused


@transaction.atomic
def withdraw_deputy(*, deputy: Deputy, by: User) -> None:
    """Nothing more is signed by this deputy; what was signed stays. Raises DeputyRefused."""
    if not may_set(by, deputy.principal, deputy.region):
        raise DeputyRefused
    Deputy.objects.filter(pk=deputy.pk).update(withdrawn=True)


def may_set(user: User, principal: User, region: Region) -> bool:
    """Whether the user is the principal, or a cadre of the region just above."""
    above = Region.objects.filter(pk=region.parent_id)
    oversees = RoleGrant.objects.filter(user=user, role=Role.CADRE, region__in=above)
    return signs(user) and (user == principal or oversees.exists())
