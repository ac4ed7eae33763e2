"""The rule behind a part of a sale, in words: the version in force when the order was placed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lukou_market.aid.lot_models import LotDraw
from lukou_market.aid.terms import COLLECTIVE, Party
from lukou_market.households.models import BenefitLink, Mechanism, PoolPart
from lukou_market.kernel.money import percent, yuan
from lukou_market.kernel.weight import kilograms


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a benefit link; `terms` says its share or rate as a person would, `lot`
    what the line drew on harvest lots that the household brought to."""

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
    """All versions of the links of some producers, to some households or to groups of them,
    and what some order lines draw on lots."""

    def __init__(
        self, producer_ids: Iterable[int], household_ids: Collection[int], line_ids: Iterable[int]
    ) -> None:
        of_producers = BenefitLink.objects.filter(producer__in=set(producer_ids))
        to_one = of_producers.filter(household__in=set(household_ids))
        links = (to_one | of_producers.filter(household=None)).prefetch_related("parts__members")
        self._links = {link.pk: link for link in links}
        self._lots: dict[tuple[int, int], list[str]] = defaultdict(list)
        draws = LotDraw.objects.filter(line__in=set(line_ids), household__in=set(household_ids))
        for draw in draws.select_related("supply__lot").order_by("id"):
            drawn = f"{draw.supply.lot.number} {kilograms(draw.weight_g)} kg"
            self._lots[draw.line_id, draw.household_id].append(drawn)

    def of(self, line_id: int, party: Party) -> Rule | None:
        """The rule of a party's part of a line; None for what stays with the producer."""
        link = self._links.get(party.link)
        if link is None:
            return None
        terms = in_words(link)
        if link.is_pool:
            terms = f"{terms}; {_parts_in_words(link, party)}"
        bought = link.rate_fen_per_kg is not None
        lot = ", ".join(self._lots[line_id, party.owner]) if bought else ""
        return Rule(link.mechanism, link.version, link.in_force.lower, terms, lot)


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


TO_WHOM = {
    Mechanism.PURCHASE: gettext_lazy("Households of the lots"),
    Mechanism.DIVIDEND: gettext_lazy("Dividend pool"),
    Mechanism.PLATFORM: gettext_lazy("Platform"),
}


def parts_in_words(link: BenefitLink) -> str:
    """All parts of a pool, such as 'Dividends 30.00 % (8 households)'; '-' for other links."""
    if not link.is_pool:
        return "-"
    return "; ".join(
        f"{part.name} {percent(part.part_bp)} % ({_who(part)})"
        for part in link.parts.select_related("collective").annotate(count=Count("members"))
    )


def _who(part: PoolPart) -> str:
    if part.collective:
        return _("collective of %(village)s") % {"village": part.collective.name}
    count: int = getattr(part, "count", 0)
    return ngettext("%(count)d household", "%(count)d households", count) % {"count": count}


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
