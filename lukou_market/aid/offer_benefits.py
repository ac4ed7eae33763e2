"""What buying a package does for the village: whom it helps, and what share goes to them.

By the rules in force, with the posting's own arithmetic; households are counted, never named.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from lukou_market.aid.allocation import Line
from lukou_market.aid.load_terms import Pools, build_terms
from lukou_market.aid.terms import COLLECTIVE, HOUSEHOLD, Group, Party, Terms
from lukou_market.catalog.models import LotSupply
from lukou_market.households.models import BenefitLink, PoolMember, PoolPart
from lukou_market.streams.models import Offer

_WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class OfferBenefit:
    """One box of an offer: how many households share in it, and what they and the village's
    collective get of its price, in fen (to the fen of rounding, if more than one is bought)."""

    product: str
    package: str
    producer: str
    village: str
    households: int
    price_fen: int
    household_fen: int
    collective_fen: int

    @property
    def share_bp(self) -> int:
        """The households' part of the price, in basis points."""
        return self.household_fen * _WHOLE_BP // self.price_fen


def benefits_of(offers: Sequence[Offer], *, now: datetime) -> dict[int, OfferBenefit]:
    """By the offers' ids; four queries, however many they are.

    Offers need `sku.product.producer.village` loaded.
    """
    in_force = BenefitLink.objects.filter(
        producer__in={offer.sku.product.producer_id for offer in offers}, in_force__contains=now
    )
    links = list(in_force.order_by("producer", "household", "mechanism"))
    of_producer: dict[int, list[BenefitLink]] = defaultdict(list)
    for link in links:
        of_producer[link.producer_id].append(link)
    pools = _pools(links)
    terms = {producer: build_terms(agreed, pools) for producer, agreed in of_producer.items()}
    sharers = _sharers(links)
    sellers = _sellers(offers)
    return {offer.pk: _benefit(offer, terms, sharers, sellers) for offer in offers}


def _pools(links: Sequence[BenefitLink]) -> Pools:
    """Each group of a pool as one party: who is in it does not change what it gets."""
    pools: dict[int, list[Group]] = defaultdict(list)
    for part in PoolPart.objects.filter(link__in=[link.pk for link in links if link.is_pool]):
        party = Party(COLLECTIVE if part.collective_id else HOUSEHOLD)
        pools[part.link_id].append(Group(part.part_bp, (party,), (1,)))
    return {link_id: tuple(groups) for link_id, groups in pools.items()}


def _sharers(links: Sequence[BenefitLink]) -> dict[int, set[int]]:
    """The households that rules name, one by one or in pools, by producer."""
    found: dict[int, set[int]] = defaultdict(set)
    for link in links:
        if link.household_id:
            found[link.producer_id].add(link.household_id)
    members = PoolMember.objects.filter(part__link__in=[link.pk for link in links if link.is_pool])
    for producer, household in members.values_list("part__link__producer", "household"):
        found[producer].add(household)
    return found


def _sellers(offers: Sequence[Offer]) -> dict[int, set[int]]:
    """The households that brought what is left of the products' lots, by product."""
    found: dict[int, set[int]] = defaultdict(set)
    supplies = LotSupply.objects.filter(
        lot__product__in={offer.sku.product_id for offer in offers}, drawn_g__lt=F("weight_g")
    )
    for product, household in supplies.values_list("lot__product", "farmer__member__household"):
        found[product].add(household)
    return found


def _benefit(
    offer: Offer,
    terms: dict[int, Terms],
    sharers: dict[int, set[int]],
    sellers: dict[int, set[int]],
) -> OfferBenefit:
    sku, producer = offer.sku, offer.sku.product.producer
    agreed = terms.get(producer.pk, Terms())
    # Whoever brings the goods: one seller stands for all.
    drawn_g = ((0, sku.weight_g),) if agreed.purchase else ()
    line = Line(0, producer.pk, offer.price_fen, 1, agreed, drawn_g)
    parts = list(zip(line.parties, line.split(), strict=True))
    helped = set(sharers[producer.pk])
    if agreed.purchase:
        helped |= sellers[sku.product_id]
    return OfferBenefit(
        product=sku.product.name,
        package=str(sku),
        producer=producer.name,
        village=producer.village.name,
        households=len(helped),
        price_fen=offer.price_fen,
        household_fen=sum(fen for party, fen in parts if party.kind == HOUSEHOLD),
        collective_fen=sum(fen for party, fen in parts if party.kind == COLLECTIVE),
    )
