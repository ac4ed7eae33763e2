"""The sample producers (一镇一品), what they sell, and the links that pay households."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from lukou_market.catalog.models import HarvestLot, LotSupply, Product, Sku
from lukou_market.demo.district import HUACHONG, LIJIA, NANTANG, PUWAN, ZHAOLING
from lukou_market.households.models import (
    BenefitLink,
    Farmer,
    Household,
    HouseholdMember,
    IncomeKind,
    Mechanism,
    PoolMember,
    PoolPart,
    Producer,
)
from lukou_market.regions.models import Region

COOPERATIVE = "浦湾甜瓜专业合作社"
LINKED_TO_COOPERATIVE = 60
# Who of the sixty takes part how.
SUPPLIERS, PACKERS, LAND_OWNERS = slice(0, 30), slice(30, 40), slice(40, 45)
GROWERS, SHAREHOLDERS, OTHERS = slice(45, 48), slice(48, 56), slice(56, 60)
REWARDED = slice(0, 6)
_LINKED_TO_OTHERS = 24


@dataclass(frozen=True)
class Business:
    """A producer, its one product, and the packages: (name, grams, list price in fen)."""

    name: str
    kind: str
    village: str
    product: str
    skus: tuple[tuple[str, int, int], ...]
    sold_by: str = Product.SoldBy.WEIGHT


_Kind = Producer.Kind
MELON_SKUS = (
    ("一箱 5 斤", 2500, 4490),
    ("一箱 10 斤", 5000, 8500),
    ("尝鲜 2 斤", 1000, 1990),
)
BUSINESSES = (
    Business(COOPERATIVE, _Kind.COOPERATIVE, PUWAN, "浦湾甜瓜", MELON_SKUS),
    Business(
        "南塘山泉水有限公司", _Kind.ENTERPRISE, NANTANG, "南塘山泉水", (("一箱 12 瓶", 6600, 3600),)
    ),
    Business("李家村酱菜基地", _Kind.BASE, LIJIA, "李家酱菜", (("六瓶装", 1800, 5800),)),
    Business(
        "花冲滑翔伞有限公司", _Kind.ENTERPRISE, HUACHONG, "花冲滑翔伞体验",
        (("双人一次", 1, 39900),), Product.SoldBy.PIECE,
    ),
    Business(
        "昭陵红薯粉合作社", _Kind.COOPERATIVE, ZHAOLING, "昭陵红薯粉", (("5 斤装", 2500, 4900),)
    ),
)  # fmt: skip


def build_product(business: Business, producer: Producer, year: int) -> Product:
    """The certified product, unsaved."""
    return Product(
        producer=producer,
        name=business.product,
        sold_by=business.sold_by,
        certificate_number=f"FP{year}4302{BUSINESSES.index(business) + 1:04d}",
        certified_during=DateRange(date(year - 1, 1, 1), date(year + 2, 1, 1)),
    )


def build_skus(business: Business, product: Product) -> Iterator[Sku]:
    """The packages, unsaved."""
    for name, weight_g, price_fen in business.skus:
        yield Sku(product=product, name=name, weight_g=weight_g, list_price_fen=price_fen)


def build_links(
    producer: Producer, neighbours: Sequence[Household], year: int, rng: random.Random
) -> Iterator[BenefitLink]:
    """The links in force, unsaved; the cooperative's purchase price has a past version too."""
    this_year = datetime(year, 1, 1, tzinfo=UTC)
    last_year = this_year.replace(year=year - 1)
    always = DateTimeTZRange(last_year, None)
    if producer.name == COOPERATIVE:
        rules = _cooperative_rules(neighbours, rng)
        price = {"producer": producer, "mechanism": Mechanism.PURCHASE}
        past, present = DateTimeTZRange(last_year, this_year), DateTimeTZRange(this_year, None)
        yield BenefitLink(**price, rate_fen_per_kg=540, in_force=past)
        yield BenefitLink(**price, version=2, rate_fen_per_kg=600, in_force=present)
    else:
        rules = _other_rules(neighbours[:_LINKED_TO_OTHERS], rng)
    for rule in rules:
        yield BenefitLink(producer=producer, in_force=always, **rule)


def _cooperative_rules(
    members: Sequence[Household], rng: random.Random
) -> Iterator[dict[str, object]]:
    """The platform's 1 %, packers, land owners, growers of their own, and the village's pool."""
    yield {"mechanism": Mechanism.PLATFORM, "share_bp": 100}
    for household in members[PACKERS]:
        yield {"mechanism": Mechanism.LABOUR, "household": household, "rate_fen_per_unit": 12}
    for mechanism, households in (
        (Mechanism.LAND, members[LAND_OWNERS]),
        (Mechanism.PRODUCTION, members[GROWERS]),
    ):
        for household in households:
            yield {
                "mechanism": mechanism,
                "household": household,
                "share_bp": rng.randint(85, 130),
            }
    yield {"mechanism": Mechanism.DIVIDEND, "share_bp": 2000}


def _other_rules(
    neighbours: Sequence[Household], rng: random.Random
) -> Iterator[dict[str, object]]:
    mechanisms = [Mechanism.LAND, Mechanism.DIVIDEND, Mechanism.PRODUCTION, Mechanism.LABOUR]
    for n, household in enumerate(neighbours):
        mechanism = mechanisms[n % len(mechanisms)]
        paid = "rate_fen_per_unit" if mechanism == Mechanism.LABOUR else "share_bp"
        yield {"mechanism": mechanism, "household": household, paid: rng.randint(85, 130)}


def build_pool(
    pool: BenefitLink, members: Sequence[Household], village: Region
) -> Iterator[tuple[PoolPart, list[PoolMember]]]:
    """How the village shares its dividend (unsaved): 30 % to shareholders, 30 % as rewards to
    those who sold most, 20 % to other households, 20 % to the collective."""
    for name, part_bp, households, income_kind in (
        ("入股分红", 3000, members[SHAREHOLDERS], IncomeKind.PROPERTY),
        ("产销奖励", 3000, members[REWARDED], IncomeKind.TRANSFER),
        ("普惠其他农户", 2000, members[OTHERS], IncomeKind.PROPERTY),
    ):
        part = PoolPart(
            link=pool, name=name, part_bp=part_bp, income_kind=income_kind,
            total_weight=len(households),
        )  # fmt: skip
        yield part, [PoolMember(part=part, household=household) for household in households]
    yield PoolPart(link=pool, name="村集体", part_bp=2000, income_kind="", collective=village), []


def build_farmers(heads: Sequence[HouseholdMember], suppliers: Sequence[Household]) -> list[Farmer]:
    """The heads of the households that the cooperative buys from, unsaved."""
    ids = {household.pk for household in suppliers}
    return [Farmer(member=head, supplies="甜瓜") for head in heads if head.household_id in ids]


def build_lots(melon: Product, year: int) -> list[HarvestLot]:
    """What was picked on the stream's day and the two days before, unsaved."""
    days = [date(year, 6, day) for day in (26, 27, 28)]
    return [HarvestLot(number=f"PW{day:%Y%m%d}", product=melon, picked_on=day) for day in days]


def build_supplies(
    lots: Sequence[HarvestLot], farmers: Sequence[Farmer], rng: random.Random
) -> list[LotSupply]:
    """What each farmer brought to each lot, unsaved: 8 to 14 kg of the first ripe melons, then
    55 to 80 kg."""
    first, *others = lots
    picked = [(first, 80, 140), *((lot, 550, 800) for lot in others)]
    return [
        LotSupply(lot=lot, farmer=farmer, weight_g=rng.randint(least, most) * 100)
        for lot, least, most in picked
        for farmer in farmers
    ]
