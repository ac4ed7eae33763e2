"""A district of 65 producers and 2,925 households, linked by a mix of mechanisms."""

from collections.abc import Sequence

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from lukou_market.catalog.models import Product, Sku
from lukou_market.households.models import (
    BenefitLink,
    Category,
    Cause,
    Household,
    Mechanism,
    Producer,
)
from lukou_market.regions.models import Region
from lukou_market.streams.models import LiveSession, Offer
from tests.factories import LONG_AGO, make_session, make_village

PRODUCERS, HOUSEHOLDS_EACH = 65, 45
_PRICES_FEN = (1990, 3990, 6880)


def make_district() -> LiveSession:
    """One session with three offers of each producer; every producer shares with 45 households."""
    villages = [make_village(f"4302121{n // 10:02d}{n % 10 + 1:03d}") for n in range(PRODUCERS)]
    producers = Producer.objects.bulk_create(
        Producer(name=f"合作社{n}", kind=Producer.Kind.COOPERATIVE, village=village)
        for n, village in enumerate(villages)
    )
    for producer in producers:
        _link(producer, _households(producer.village, producer.pk))
    session = make_session()
    _offer(producers, session)
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


def _link(producer: Producer, households: Sequence[Household]) -> None:
    """Each by one of the mechanisms in turn, with 1.01 to 1.45 percent: odd fen everywhere."""
    mechanisms = [Mechanism.LAND, Mechanism.PRODUCTION, Mechanism.DIVIDEND]
    BenefitLink.objects.bulk_create(
        BenefitLink(
            producer=producer,
            household=household,
            mechanism=mechanisms[n % len(mechanisms)],
            share_bp=101 + n,
            in_force=DateTimeTZRange(LONG_AGO, None),
        )
        for n, household in enumerate(households)
    )


def _offer(producers: Sequence[Producer], session: LiveSession) -> None:
    for producer in producers:
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
