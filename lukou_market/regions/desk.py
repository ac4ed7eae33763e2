"""Who sits at the admin: what of the district they see, and whether they keep its registers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from lukou_market.regions.jurisdiction import CODE_LENGTH, EVERYWHERE, Jurisdiction

_DISTRICT_DIGITS = 6
_NOBODY = Jurisdiction(())
SECOND_FACTOR_AT = "second_factor_at"
"""Where a session says when its second factor was last given, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's place in the admin."""

    jurisdiction: Jurisdiction
    keeps_registers: bool = False
    """Whether they may change the registers inside their jurisdiction."""
    is_superuser: bool = False

    @property
    def is_manned(self) -> bool:
        """Whether this person may enter at all."""
        return bool(self.jurisdiction.prefixes)

    @property
    def sees_everything(self) -> bool:
        """Superusers and auditors."""
        return "" in self.jurisdiction.prefixes

    @property
    def above_villages(self) -> Jurisdiction:
        """The part of it that they oversee for a town or a district."""
        prefixes = self.jurisdiction.prefixes
        return Jurisdiction(tuple(p for p in prefixes if len(p) < CODE_LENGTH))

    @property
    def oversees_district(self) -> bool:
        """Whether they see a whole district or more."""
        return any(len(prefix) <= _DISTRICT_DIGITS for prefix in self.jurisdiction.prefixes)


NOBODYS = Desk(_NOBODY)


def desk_of(request: HttpRequest) -> Desk:
    """The desk of the request's user; looked up once per request.

    Nobody's, unless a second factor was given in this session: a phone or a password opens none.
    """
    attributes = vars(request)
    if "_desk" not in attributes:
        given = SECOND_FACTOR_AT in getattr(request, "session", {})
        attributes["_desk"] = desk_of_user(request.user) if given else NOBODYS
    desk: Desk = attributes["_desk"]
    return desk


def desk_of_user(user: Any) -> Desk:
    """The desk of a user, signed in or not: nobody's, unless they are staff with a role."""
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return NOBODYS
    if user.is_superuser:
        return Desk(EVERYWHERE, keeps_registers=True, is_superuser=True)
    grants = list(user.grants.select_related("region"))
    if any(grant.role == "auditor" for grant in grants):
        return Desk(EVERYWHERE)
    # A packer's region is for the packing table, not for the registers.
    granted = [grant.region for grant in grants if grant.role == "cadre" and grant.region]
    return Desk(Jurisdiction.of_regions(granted), keeps_registers=bool(granted))
