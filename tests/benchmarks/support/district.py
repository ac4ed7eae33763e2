"""A district of 65 producers and 2,925 households, linked by all mechanisms."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from lukou_market.catalog.models import HarvestLot, LotSupply, Product, Sku
from lukou_market.households.models import (
    BenefitLink,
    Category,
    Cause,
    Farmer,
    Household,
    HouseholdMember,
    Mechanism,
    Producer,
)
from lukou_market.regions.models import Region
from lukou_market.streams.models import LiveSession, Offer
from tests.factories import LONG_AGO, NOW, make_pool, make_session, make_village

PRODUCERS, HOUSEHOLDS_EACH = 65, 45
_PRICES_FEN = (1990, 3990, 6880)
_LOTS, _BROUGHT_G = 40, 50_000


def make_district() -> LiveSession:
    """One session with three offers of each producer.

    A third of the producers share with each household by itself, a third have a pool with groups
    and a collective, a third buy by weight and pay wages.
    """
    villages = [make_village(f"4302121{n // 10:02d}{n % 10 + 1:03d}") for n in range(PRODUCERS)]
    producers = Producer.objects.bulk_create(
        Producer(name=f"合作社{n}", kind=Producer.Kind.COOPERATIVE, village=village)
        for n, village in enumerate(villages)
    )
    session = make_session()
    for n, producer in enumerate(producers):
        households = _households(producer.village, producer.pk)
        product = _offer(producer, session)
        with transaction.atomic():
            (_shares, _pool, _purchase)[n % 3](producer, product, households)
    return session


def _households(village: Region, serial: int) -> Sequence[Household]:
    return Household.objects.bulk_create(
        Household(
            number=f"B{serial:04d}{n:04d}",
            village=village,
            category=Category.GENERAL_POOR,
            main_cause=Cause.ILLNESS,
        )
        for n in range(HOUSEHOLDS_EACH)
    )


def _shares(producer: Producer, product: Product, households: Sequence[Household]) -> None:
    """1.01 to 1.45 percent each: odd fen everywhere."""
    mechanisms = (Mechanism.LAND, Mechanism.PRODUCTION, Mechanism.DIVIDEND)
    BenefitLink.objects.bulk_create(
        _link(producer, mechanisms[n % 3], household, share_bp=101 + n)
        for n, household in enumerate(households)
    )


def _pool(producer: Producer, product: Product, households: Sequence[Household]) -> None:
    """30/30/20/20 with a collective, and a share for the platform."""
    _link(producer, Mechanism.PLATFORM, share_bp=100).save()
    make_pool(
        producer,
        6_000,
        ("一组", 3000, dict.fromkeys(households[:20], 1)),
        ("二组", 3000, {household: 1 + n % 3 for n, household in enumerate(households[20:40])}),
        ("三组", 2000, dict.fromkeys(households[40:], 2)),
        ("村集体", 2000, producer.village),
    )


def _purchase(producer: Producer, product: Product, households: Sequence[Household]) -> None:
    """4.37 yuan per kg from forty households, piece rates for five."""
    _link(producer, Mechanism.PURCHASE, rate_fen_per_kg=437).save()
    for household in households[40:]:
        _link(producer, Mechanism.LABOUR, household, rate_fen_per_unit=33).save()
    members = HouseholdMember.objects.bulk_create(
        HouseholdMember(
            household=household,
            name="李大山",
            relation="head",
            id_number=household.number,
            id_digest=household.number,
            health="healthy",
            labour="ordinary",
        )
        for household in households[:40]
    )
    farmers = Farmer.objects.bulk_create(Farmer(member=one, supplies="甜瓜") for one in members)
    lots = HarvestLot.objects.bulk_create(
        HarvestLot(
            number=f"L{product.pk}-{n}", product=product, picked_on=NOW.date() + timedelta(days=n)
        )
        for n in range(_LOTS)
    )
    LotSupply.objects.bulk_create(
        LotSupply(lot=lot, farmer=farmer, weight_g=_BROUGHT_G) for lot in lots for farmer in farmers
    )


def _link(
    producer: Producer, mechanism: Mechanism, household: Household | None = None, **rate: int
) -> BenefitLink:
    in_force = DateTimeTZRange(LONG_AGO, None)
    return BenefitLink(
        producer=producer, mechanism=mechanism, household=household, in_force=in_force, **rate
    )


def _offer(producer: Producer, session: LiveSession) -> Product:
    product = Product.objects.create(producer=producer, name=f"甜瓜{producer.pk}")
    skus = Sku.objects.bulk_create(
        Sku(product=product, name=f"{price}", weight_g=2500, list_price_fen=price)
        for price in _PRICES_FEN
    )
    Offer.objects.bulk_create(
        Offer(
            session=session,
            sku=sku,
            price_fen=sku.list_price_fen,
            quota=100_000_000,
            limit_per_buyer=5,
        )
        for sku in skus
    )
    return product
