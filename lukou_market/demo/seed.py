"""The sample district in one transaction, the same on every machine."""

import random
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.catalog.models import HarvestLot, LotSupply, Product, Sku
from lukou_market.demo import people, producers, projects
from lukou_market.demo.charges import create_charges
from lukou_market.demo.district import DISTRICT, PUWAN, build_regions
from lukou_market.demo.logins import create_logins
from lukou_market.demo.next_stream import create_next_session
from lukou_market.demo.payouts import register_accounts
from lukou_market.demo.puwan import create_session
from lukou_market.demo.targets import propose_targets
from lukou_market.demo.union import create_union
from lukou_market.households.models import (
    AidProject,
    BenefitLink,
    Farmer,
    Household,
    HouseholdMember,
    PoolMember,
    Producer,
    Relation,
)
from lukou_market.regions.models import Level, Region
from lukou_market.streams.models import BlockedWord

COVERED_HOUSEHOLDS = 2_925
COVERED_PEOPLE = 8_857
# Those who can't work or don't want to: 90.6 % of 9,776 people are covered.
OTHER_HOUSEHOLDS = 412
OTHER_PEOPLE = 919
_SEED = 20_200_628
_BLOCKED_WORDS = ("微信", "加我", "私聊", "刷单", "返现", "VX", "QQ群")
_BATCH = 2_000


class NotEmptyError(Exception):
    """The database holds something else; demo logins have no business there."""


@transaction.atomic
def seed_demo(*, now: datetime) -> bool:
    """Build the sample district; False when it is there already. Raises NotEmptyError."""
    if Region.objects.filter(code=DISTRICT).exists():
        return False
    if Region.objects.exists() or User.objects.exists():
        raise NotEmptyError
    rng = random.Random(_SEED)
    regions = Region.objects.bulk_create(build_regions(rng))
    villages = [region for region in regions if region.level == Level.VILLAGE]
    households = _create_households(villages, rng)
    heads = _create_members(households, rng)
    register_accounts(heads)
    covered = households[:COVERED_HOUSEHOLDS]
    planned = AidProject.objects.bulk_create(projects.build_projects(regions, now.year, rng))
    AidProject.households.through.objects.bulk_create(
        projects.build_coverage(planned, covered, rng), batch_size=_BATCH
    )
    _create_producers(villages, covered, heads, now.year, rng)
    AidProject.producers.through.objects.bulk_create(
        projects.build_producers(planned, Producer.objects.select_related("village"))
    )
    create_logins(next(village for village in villages if village.name == PUWAN), now.year)
    propose_targets(now=now)
    create_session(now=now)
    create_union(
        district=next(region for region in regions if region.level == Level.DISTRICT),
        session=create_next_session(now=now),
        now=now,
    )
    create_charges(now=now)
    BlockedWord.objects.bulk_create(BlockedWord(word=word) for word in _BLOCKED_WORDS)
    return True


def _create_households(villages: Sequence[Region], rng: random.Random) -> list[Household]:
    """The covered ones first, and of these first those the cooperative is linked to."""
    homes = [village for village in villages if village.name == PUWAN]
    homes *= producers.LINKED_TO_COOPERATIVE
    homes += rng.choices(villages, k=COVERED_HOUSEHOLDS + OTHER_HOUSEHOLDS - len(homes))
    return Household.objects.bulk_create(
        (
            people.build_household(
                f"{village.code}{n:05d}", village, able=n <= COVERED_HOUSEHOLDS, rng=rng
            )
            for n, village in enumerate(homes, start=1)
        ),
        batch_size=_BATCH,
    )


def _create_members(households: Sequence[Household], rng: random.Random) -> list[HouseholdMember]:
    """Save everybody; returns the heads in the order of their households."""
    sizes = people.sizes(COVERED_PEOPLE, COVERED_HOUSEHOLDS, rng)
    sizes += people.sizes(OTHER_PEOPLE, OTHER_HOUSEHOLDS, rng)
    used: set[str] = set()
    members = HouseholdMember.objects.bulk_create(
        (
            member
            for household, size in zip(households, sizes, strict=True)
            for member in people.build_members(household, size, used, rng)
        ),
        batch_size=_BATCH,
    )
    return [member for member in members if member.relation == Relation.HEAD]


def _create_producers(
    villages: Sequence[Region],
    covered: Sequence[Household],
    heads: Sequence[HouseholdMember],
    year: int,
    rng: random.Random,
) -> None:
    by_name = {village.name: village for village in villages}
    for business in producers.BUSINESSES:
        village = by_name[business.village]
        producer = Producer.objects.create(name=business.name, kind=business.kind, village=village)
        product = producers.build_product(business, producer, year)
        product.save()
        Sku.objects.bulk_create(producers.build_skus(business, product))
        neighbours = [household for household in covered if household.village_id == village.code]
        links = BenefitLink.objects.bulk_create(
            producers.build_links(producer, neighbours, year, rng)
        )
        if business.name == producers.COOPERATIVE:
            _create_pool(next(link for link in links if link.is_pool), neighbours, village)
            _create_lots(product, neighbours[producers.SUPPLIERS], heads, year, rng)


def _create_pool(link: BenefitLink, members: Sequence[Household], village: Region) -> None:
    for part, households in producers.build_pool(link, members, village):
        part.save()
        PoolMember.objects.bulk_create(households)


def _create_lots(
    melon: Product,
    suppliers: Sequence[Household],
    heads: Sequence[HouseholdMember],
    year: int,
    rng: random.Random,
) -> None:
    farmers = Farmer.objects.bulk_create(producers.build_farmers(heads, suppliers))
    lots = HarvestLot.objects.bulk_create(producers.build_lots(melon, year))
    LotSupply.objects.bulk_create(producers.build_supplies(lots, farmers, rng))
