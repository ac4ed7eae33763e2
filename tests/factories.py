"""Small, plain makers of rows for tests: each takes what matters and fills in the rest."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from lukou_market.accounts.models import RoleGrant, User
from lukou_market.catalog.models import HarvestLot, LotSupply, Product, Sku
from lukou_market.households.models import (
    BenefitLink,
    Category,
    Cause,
    Farmer,
    Household,
    HouseholdMember,
    Mechanism,
    PoolMember,
    PoolPart,
    Producer,
)
from lukou_market.kernel.encryption import digest
from lukou_market.orders.address import Address, set_address
from lukou_market.orders.mark_paid import mark_paid
from lukou_market.orders.models import Order, Voucher
from lukou_market.orders.place_order import place_order
from lukou_market.orders.use_voucher import take_voucher
from lukou_market.regions.models import Level, Region
from lukou_market.streams.models import Host, LiveSession, Offer

NOW = datetime(2026, 6, 28, 4, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=365)
ADDRESS = Address(recipient="王小明", phone="13812345678", text="湖南省株洲市天元区黄河北路 1 号")
_next = count(1)


def make_region(code: str, name: str = "") -> Region:
    """The region of this code with all regions above it."""
    level = (
        Level.DISTRICT
        if code.endswith("000000")
        else Level.TOWN
        if code.endswith("000")
        else Level.VILLAGE
    )
    parent = None
    if level == Level.TOWN:
        parent = make_region(code[:6] + "000000")
    elif level == Level.VILLAGE:
        parent = make_region(code[:9] + "000")
    region, _ = Region.objects.get_or_create(
        code=code, defaults={"name": name or f"区划{code}", "level": level, "parent": parent}
    )
    return region


def make_village(code: str = "430212101001") -> Region:
    return make_region(code)


def make_user(name: str = "买家", phone: str = "") -> User:
    phone = phone or f"139{next(_next):08d}"
    user = User.objects.for_phone(phone)
    User.objects.filter(pk=user.pk).update(display_name=name)
    user.refresh_from_db()
    return user


def make_staff(username: str, *, role: str = "", region: Region | None = None) -> User:
    user = User.objects.create_staff(username=username, password="secret", display_name=username)
    if role:
        RoleGrant.objects.create(user=user, role=role, region=region)
    return user


def make_household(
    number: str = "", village: Region | None = None, head: str = "李大山"
) -> Household:
    serial = next(_next)
    household = Household.objects.create(
        number=number or f"H{serial:06d}",
        village=village or make_village(),
        category=Category.GENERAL_POOR,
        main_cause=Cause.ILLNESS,
    )
    make_member(household, name=head, relation="head")
    return household


def make_member(household: Household, *, name: str, relation: str) -> HouseholdMember:
    id_number = f"43021219700101{next(_next):04d}"
    return HouseholdMember.objects.create(
        household=household,
        name=name,
        relation=relation,
        id_number=id_number,
        id_digest=digest(id_number),
        health="healthy",
        labour="ordinary",
    )


def make_producer(name: str = "", village: Region | None = None) -> Producer:
    return Producer.objects.create(
        name=name or f"合作社{next(_next)}",
        kind=Producer.Kind.COOPERATIVE,
        village=village or make_village(),
    )


def make_link(
    producer: Producer,
    household: Household | None,
    share_bp: int | None = None,
    *,
    mechanism: str = Mechanism.DIVIDEND,
    version: int = 1,
    since: datetime = LONG_AGO,
    until: datetime | None = None,
    **rates: int,
) -> BenefitLink:
    return BenefitLink.objects.create(
        producer=producer,
        household=household,
        mechanism=mechanism,
        version=version,
        share_bp=share_bp,
        in_force=DateTimeTZRange(since, until),
        **rates,
    )


def make_pool(
    producer: Producer, share_bp: int, *parts: tuple[str, int, dict[Household, int] | Region]
) -> BenefitLink:
    """A dividend pool; each part is (name, bp of the pool, weights by household or a village)."""
    with transaction.atomic():
        link = make_link(producer, None, share_bp)
        for name, part_bp, to_whom in parts:
            if isinstance(to_whom, Region):
                shared = {"collective": to_whom, "income_kind": ""}
            else:
                shared = {"total_weight": sum(to_whom.values())}
            part = PoolPart.objects.create(link=link, name=name, part_bp=part_bp, **shared)
            if isinstance(to_whom, dict):
                for household, weight in to_whom.items():
                    PoolMember.objects.create(part=part, household=household, weight=weight)
    return link


def make_lot(product: Product, picked_on: date, brought: dict[Household, int]) -> HarvestLot:
    """A lot of a product: what each household's head brought to it, in grams."""
    lot = HarvestLot.objects.create(
        number=f"L{next(_next):06d}", product=product, picked_on=picked_on
    )
    for household, weight_g in brought.items():
        head = household.members.get(relation="head")
        farmer, _ = Farmer.objects.get_or_create(member=head, defaults={"supplies": "甜瓜"})
        LotSupply.objects.create(lot=lot, farmer=farmer, weight_g=weight_g)
    return lot


def make_sku(
    producer: Producer | None = None, *, weight_g: int = 2500, price_fen: int = 3990
) -> Sku:
    product = Product.objects.create(
        producer=producer or make_producer(), name=f"甜瓜{next(_next)}"
    )
    return Sku.objects.create(
        product=product, name="一箱", weight_g=weight_g, list_price_fen=price_fen
    )


def make_host(user: User | None = None, village: Region | None = None) -> Host:
    return Host.objects.create(
        user=user or make_user("主播"),
        village=village or make_village(),
        certificate_number=f"ZB{next(_next):05d}",
        certified_during=DateRange(date(2020, 1, 1), date(2099, 1, 1)),
    )


def make_session(
    status: str = LiveSession.Status.LIVE, *, host: Host | None = None, at: datetime = NOW
) -> LiveSession:
    """A session brought to `status` along the allowed edges."""
    session = LiveSession.objects.create(
        host=host or make_host(), title="浦湾甜瓜专场", scheduled_at=at
    )
    path = {"scheduled": [], "interrupted": ["live", "interrupted"], "ended": ["live", "ended"]}
    for step in path.get(status, [status]):
        session.status, session.started_at = step, session.started_at or at
        session.ended_at = at if step == "ended" else None
        session.save()
    return session


def make_offer(
    session: LiveSession | None = None,
    *,
    sku: Sku | None = None,
    price_fen: int = 3990,
    quota: int = 100,
    limit: int = 5,
    **fields: Any,
) -> Offer:
    return Offer.objects.create(
        session=session or make_session(),
        sku=sku or make_sku(price_fen=price_fen),
        price_fen=price_fen,
        quota=quota,
        limit_per_buyer=limit,
        **fields,
    )


def place(
    buyer: User, offer: Offer, quantity: int = 1, *, key: str = "", now: datetime = NOW
) -> Order:
    """An order placed the only way orders are placed."""
    placed = place_order(
        buyer_id=buyer.pk,
        key=key or f"key-{next(_next)}",
        offer_id=offer.pk,
        quantity=quantity,
        shown_total_fen=offer.price_fen * quantity,
        now=now,
    )
    return Order.objects.get(number=placed.number)


def make_voucher(off_fen: int, *, code: str = "", **terms: Any) -> Voucher:
    """A union's voucher, valid for a year, for whatever is worth more than it takes off."""
    given = {"min_goods_fen": off_fen + 1, "budget_fen": 100 * off_fen, "per_member": 1} | terms
    return Voucher.objects.create(
        code=code or f"GH{next(_next):05d}",
        name="夏日慰问券",
        issued_by="区总工会",
        off_fen=off_fen,
        valid_from=LONG_AGO,
        valid_until=NOW + timedelta(days=3650),
        **given,
    )


def charge(order: Order, *, shipping_fen: int, discount_fen: int) -> None:
    """What the checkout would have settled; no more is off than the goods allow."""
    order.shipping_fen = shipping_fen
    discount_fen = min(discount_fen, order.total_fen - 1)
    if discount_fen:
        voucher = make_voucher(discount_fen)
        order.discount_fen = take_voucher(order=order, code=voucher.code, now=NOW)
    order.save(update_fields=["shipping_fen", "discount_fen"])


def place_paid(buyer: User, offer: Offer, quantity: int = 1, *, now: datetime = NOW) -> Order:
    """An order with an address, marked paid (no payment behind it)."""
    order = place(buyer, offer, quantity, now=now)
    set_address(order=order, address=ADDRESS)
    mark_paid(orders=[order], now=now)
    return order
