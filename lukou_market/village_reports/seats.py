"""For whom and as cadre of which region a person signs today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from lukou_market.accounts.models import Role, RoleGrant, User
from lukou_market.regions.desk import Desk
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Level, Region
from lukou_market.village_reports.errors import NotYourLevel
from lukou_market.village_reports.models import Action, Deputy

LEVELS_OF = {
    Action.PREPARED: (Level.VILLAGE,),
    Action.REVIEWED: (Level.TOWN,),
    Action.APPROVED: (Level.DISTRICT,),
    Action.PUBLISHED: (Level.DISTRICT,),
    Action.RETURNED: (Level.TOWN, Level.DISTRICT),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A person as cadre of `region`: their own, or that of `acting_for`."""

    by: User
    acting_for: User | None
    region: Region

    @property
    def people(self) -> set[int]:
        """Who is bound by what is signed here."""
        return {self.by.pk, (self.acting_for or self.by).pk}


def seats_of(user: User, *, today: date) -> list[Seat]:
    """The seats of a person, their own first; superusers and auditors have none."""
    if not signs(user):
        return []
    own = RoleGrant.objects.filter(user=user, role=Role.CADRE).select_related("region")
    seats = [Seat(user, None, grant.region) for grant in own if grant.region]
    standing_in = (
        active_deputies(today)
        .filter(deputy=user)
        .filter(
            principal__is_active=True,
            principal__is_superuser=False,
            principal__grants__role=Role.CADRE,
            principal__grants__region=F("region"),
        )
    )
    rows = standing_in.select_related("principal", "region").order_by("id")
    return seats + [Seat(user, row.principal, row.region) for row in rows]


def seat_for(user: User, action: Action, village_code: str, *, today: date) -> Seat:
    """The seat from which the person takes this step. Raises NotYourLevel."""
    for seat in seats_of(user, today=today):
        if takes(seat, action, village_code):
            return seat
    raise NotYourLevel


def takes(seat: Seat, action: Action, village_code: str) -> bool:
    """Whether this step for the village is taken from this seat."""
    place = Jurisdiction.of_regions([seat.region])
    return seat.region.level in LEVELS_OF[action] and place.covers(village_code)


def reach_of(desk: Desk, seats: Iterable[Seat]) -> Jurisdiction:
    """What a person sees of the reports: their own subtrees, and those they stand in for."""
    others = [seat.region.subtree_prefix for seat in seats if seat.acting_for]
    return Jurisdiction((*desk.jurisdiction.prefixes, *others))


def active_deputies(today: date) -> QuerySet[Deputy]:
    """Who stands in for somebody today."""
    days = Q(first_day__lte=today, last_day__gte=today)
    return Deputy.objects.filter(days, withdrawn=False)


def signs(user: User) -> bool:
    """Whether the person may sign anything at all."""
    if not (user.is_active and user.is_staff) or user.is_superuser:
        return False
    return not user.grants.filter(role=Role.AUDITOR).exists()
