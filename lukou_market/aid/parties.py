"""Who the parties of a sale are, by the names a screen may show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lukou_market.aid.allocation import Line
from lukou_market.aid.terms import COLLECTIVE, PLATFORM, Party
from lukou_market.households.models import Household, HouseholdMember, Producer, Relation
from lukou_market.kernel.masking import mask_name
from lukou_market.regions.models import Region


@dataclass(frozen=True, slots=True)
class Named:
    """A party; a household's `name` is its head's, masked."""

    kind: str
    name: str
    village: str
    village_code: str
    household_id: int | None = None


class Names:
    """The names of some producers and households, in a constant number of queries."""

    def __init__(self, producer_ids: Iterable[int], household_ids: Iterable[int]) -> None:
        producers = Producer.objects.select_related("village").filter(pk__in=set(producer_ids))
        self._producers = {
            row.pk: Named("producer", row.name, row.village.name, row.village_id)
            for row in producers
        }
        self._collectives: dict[int, Named] = {}
        households = Household.objects.select_related("village").filter(pk__in=set(household_ids))
        heads = masked_heads(household_ids)
        self._households = {
            row.pk: Named(
                "household", heads.get(row.pk, "*"), row.village.name, row.village_id, row.pk
            )
            for row in households
        }

    def of(self, line: Line, party: Party) -> Named:
        """The name of a party of this line."""
        if party.kind == COLLECTIVE:
            return self._collective(party.owner)
        if party.kind == PLATFORM:
            return Named(party.kind, _("Platform"), "", "")
        if party.household is None:
            return self._producers[line.producer]
        return self._households[party.household]

    def _collective(self, village_code: int) -> Named:
        if village_code not in self._collectives:
            village = Region.objects.get(code=village_code)
            named = Named(COLLECTIVE, _("Village collective"), village.name, village.code)
            self._collectives[village_code] = named
        return self._collectives[village_code]


def masked_heads(household_ids: Iterable[int]) -> dict[int, str]:
    """The masked names of the heads of these households."""
    heads = HouseholdMember.objects.filter(household__in=set(household_ids), relation=Relation.HEAD)
    return {member.household_id: mask_name(member.name) for member in heads}
