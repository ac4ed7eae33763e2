"""The benefit links of producers as terms: what was in force for a sale of a given moment."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from lukou_market.aid.terms import (
    COLLECTIVE,
    HOUSEHOLD,
    Group,
    Party,
    PieceRate,
    Purchase,
    Slice,
    Terms,
)
from lukou_market.households.models import BenefitLink, Mechanism, PoolPart

Pools = dict[int, tuple[Group, ...]]


class TermsInForce:
    """All versions of the links of some producers; answers which terms held when."""

    def __init__(self, producer_ids: Iterable[int]) -> None:
        self._links: dict[int, list[BenefitLink]] = defaultdict(list)
        links = BenefitLink.objects.filter(producer__in=producer_ids)
        for link in links.order_by("producer", "household", "mechanism"):
            self._links[link.producer_id].append(link)
        self._pools = load_pools(link for links in self._links.values() for link in links)
        self._changes = {
            producer_id: sorted({bound for link in of_one for bound in _bounds(link)})
            for producer_id, of_one in self._links.items()
        }
        self._between: dict[tuple[int, int, int], Terms] = {}
        self._known: dict[frozenset[int], Terms] = {}

    def at(self, producer_id: int, moment: datetime) -> Terms:
        """The producer's terms at that moment: one object for each set of versions."""
        changes = self._changes.get(producer_id, [])
        # Two moments between the same changes, or at the same one, have the same terms.
        key = (producer_id, bisect_left(changes, moment), bisect_right(changes, moment))
        if key not in self._between:
            self._between[key] = self._look_up(producer_id, moment)
        return self._between[key]

    def _look_up(self, producer_id: int, moment: datetime) -> Terms:
        links = [link for link in self._links[producer_id] if moment in link.in_force]
        key = frozenset(link.pk for link in links)
        if key not in self._known:
            self._known[key] = build_terms(links, self._pools)
        return self._known[key]


def _bounds(link: BenefitLink) -> list[datetime]:
    return [bound for bound in (link.in_force.lower, link.in_force.upper) if bound is not None]


def load_pools(links: Iterable[BenefitLink]) -> Pools:
    """The groups of those links that are dividend pools, by the link's id."""
    ids = [link.pk for link in links if link.is_pool]
    pools: dict[int, list[Group]] = defaultdict(list)
    if ids:
        for part in PoolPart.objects.filter(link__in=ids).prefetch_related("members"):
            members = {member.household_id: member.weight for member in part.members.all()}
            pools[part.link_id].append(group_of(part, members))
    return {link_id: tuple(groups) for link_id, groups in pools.items()}


def group_of(part: PoolPart, members: dict[int, int]) -> Group:
    """A part of a pool, shared by its households by weight, or its collective's alone."""
    to_whom = (Mechanism.DIVIDEND.value, part.link_id or 0)
    if part.collective_id:
        return Group(
            part.part_bp, (Party(COLLECTIVE, int(part.collective_id), "", *to_whom),), (1,)
        )
    parties = tuple(Party(HOUSEHOLD, pk, part.income_kind, *to_whom) for pk in members)
    return Group(part.part_bp, parties, tuple(members.values()))


def build_terms(links: Sequence[BenefitLink], pools: Pools) -> Terms:
    """What these links say together; `links` are of one producer, sorted as the database does."""
    platform = next((link for link in links if link.mechanism == Mechanism.PLATFORM), None)
    bought = next((link for link in links if link.rate_fen_per_kg), None)
    return Terms(
        platform_bp=platform.share_bp or 0 if platform else 0,
        platform_link=platform.pk or 0 if platform else 0,
        purchase=Purchase(bought.rate_fen_per_kg or 0, bought.pk or 0) if bought else None,
        piece_rates=tuple(
            PieceRate(link.rate_fen_per_unit, _household(link))
            for link in links
            if link.rate_fen_per_unit
        ),
        slices=tuple(
            _slice(link, link.share_bp, pools)
            for link in links
            if link.share_bp and link.mechanism != Mechanism.PLATFORM
        ),
    )


def _slice(link: BenefitLink, share_bp: int, pools: Pools) -> Slice:
    if link.is_pool:
        return Slice(share_bp, pools[link.pk or 0])
    return Slice.of_one(share_bp, _household(link))


def _household(link: BenefitLink) -> Party:
    return Party(
        HOUSEHOLD, link.household_id or 0, link.income_kind.value, link.mechanism, link.pk or 0
    )
