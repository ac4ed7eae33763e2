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
    Mechanism,
    Producer,
)

COOPERATIVE = "浦湾甜瓜专业合作社"
LINKED_TO_COOPERATIVE = 60
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
    """The links in force, unsaved; a cooperative's first link has a past version too."""
    cooperative = producer.name == COOPERATIVE
    count = LINKED_TO_COOPERATIVE if cooperative else _LINKED_TO_OTHERS
    mechanisms = [Mechanism.PURCHASE, Mechanism.PURCHASE, Mechanism.DIVIDEND, Mechanism.LABOUR]
    this_year = datetime(year, 1, 1, tzinfo=UTC)
    last_year = this_year.replace(year=year - 1)
    for n, household in enumerate(neighbours[:count]):
        terms = {
            "producer": producer,
            "household": household,
            "mechanism": mechanisms[n % len(mechanisms)],
        }
        share_bp = rng.randint(85, 130)
        if n or not cooperative:
            yield BenefitLink(**terms, share_bp=share_bp, in_force=DateTimeTZRange(last_year, None))
        else:
            past, present = DateTimeTZRange(last_year, this_year), DateTimeTZRange(this_year, None)
            yield BenefitLink(**terms, share_bp=60, in_force=past)
            yield BenefitLink(**terms, version=2, share_bp=share_bp, in_force=present)


def build_farmers(links: Sequence[BenefitLink], heads: Sequence[HouseholdMember]) -> list[Farmer]:
    """The heads of the households that a cooperative buys from, unsaved."""
    suppliers = {link.household_id for link in links if link.mechanism == Mechanism.PURCHASE}
    return [
        Farmer(member=head, supplies="甜瓜") for head in heads if head.household_id in suppliers
    ]


def build_lots(melon: Product, year: int) -> list[HarvestLot]:
    """What was picked on the stream's day and the two days before, unsaved."""
    days = [date(year, 6, day) for day in (26, 27, 28)]
    return [HarvestLot(number=f"PW{day:%Y%m%d}", product=melon, picked_on=day) for day in days]


def build_supplies(
    lots: Sequence[HarvestLot], farmers: Sequence[Farmer], rng: random.Random
) -> list[LotSupply]:
    """What each farmer brought to each lot, unsaved: 30 to 60 kg."""
    return [
        LotSupply(lot=lot, farmer=farmer, weight_g=rng.randint(300, 600) * 100)
        for lot in lots
        for farmer in farmers
    ]
