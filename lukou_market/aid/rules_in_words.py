"""The rule behind a part of a sale, in words: the version in force when the order was placed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lukou_market.aid.allocation import Party
from lukou_market.households.models import BenefitLink, Mechanism


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a benefit link; `terms` says its share or rate as a person would."""

    mechanism: str
    version: int
    since: datetime
    terms: str
    lot: str = ""

    @property
    def mechanism_name(self) -> str:
        """The mechanism as a person says it."""
        return str(Mechanism(self.mechanism).label)


class Rules:
    """All versions of the links between some producers and households."""

    def __init__(self, producer_ids: Iterable[int], household_ids: Iterable[int]) -> None:
        self._links: dict[tuple[int, int, str], list[BenefitLink]] = defaultdict(list)
        links = BenefitLink.objects.filter(
            producer__in=set(producer_ids), household__in=set(household_ids)
        )
        for link in links:
            self._links[link.producer_id, link.household_id, link.mechanism].append(link)

    def of(self, producer: int, party: Party, placed_at: datetime) -> Rule | None:
        """The rule of a household's part; None for what stays with the producer."""
        if party.household is None:
            return None
        for link in self._links[producer, party.household, party.mechanism]:
            if placed_at in link.in_force:
                return Rule(link.mechanism, link.version, link.in_force.lower, in_words(link))
        return None


def in_words(link: BenefitLink) -> str:
    """What the link gives the household, such as '30.00 % of the sale'."""
    percent = f"{link.share_bp // 100}.{link.share_bp % 100:02d}"
    return _("%(percent)s %% of the sale") % {"percent": percent}
