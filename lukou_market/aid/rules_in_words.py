"""The rule behind a part of a sale, in words: the version in force when the order was placed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lukou_market.aid.terms import COLLECTIVE, Party
from lukou_market.households.models import BenefitLink, Mechanism
from lukou_market.kernel.money import percent, yuan


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
    """All versions of the links of some producers, to some households or to groups of them."""

    def __init__(self, producer_ids: Iterable[int], household_ids: Iterable[int]) -> None:
        of_producers = BenefitLink.objects.filter(producer__in=set(producer_ids))
        to_one = of_producers.filter(household__in=set(household_ids))
        links = (to_one | of_producers.filter(household=None)).prefetch_related("parts__members")
        self._links = {link.pk: link for link in links}

    def of(self, party: Party) -> Rule | None:
        """The rule of a party's part; None for what stays with the producer."""
        link = self._links.get(party.link)
        if link is None:
            return None
        terms = in_words(link)
        if link.is_pool:
            terms = f"{terms}; {_parts_in_words(link, party)}"
        return Rule(link.mechanism, link.version, link.in_force.lower, terms)


def in_words(link: BenefitLink) -> str:
    """What the link gives, such as '4.00 yuan per kg'."""
    if link.rate_fen_per_kg is not None:
        return _("%(yuan)s yuan per kg") % {"yuan": yuan(link.rate_fen_per_kg)}
    if link.rate_fen_per_unit is not None:
        return _("%(yuan)s yuan per unit") % {"yuan": yuan(link.rate_fen_per_unit)}
    if link.mechanism == Mechanism.PLATFORM:
        return _("%(percent)s %% of the sale") % {"percent": percent(link.share_bp or 0)}
    share = {"percent": percent(link.share_bp or 0)}
    return _("%(percent)s %% of the sale less fixed payments") % share


def _parts_in_words(link: BenefitLink, party: Party) -> str:
    """The parts of the pool that this party has a part of."""
    parts = [
        part
        for part in link.parts.all()
        if part.income_kind == party.income_kind
        and (
            party.kind == COLLECTIVE
            or any(member.household_id == party.owner for member in part.members.all())
        )
    ]
    return ", ".join(f"{part.name} {percent(part.part_bp)} %" for part in parts)
