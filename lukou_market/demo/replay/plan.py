"""Who comes to the stream, when, and what they will do. Pure: the seed decides everything."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

BUYER_COUNT = 1_200
_RETURNING = 0.1


class Fate(Enum):
    """What a buyer does after ordering."""

    PAYS = "pays"
    CANCELS = "cancels before paying"
    NEVER_PAYS = "lets the reservation run out"
    PAYS_LATE = "pays after the reservation has run out"
    PAYS_TWICE = "opens two payment pages and pays on both"
    REGRETS = "asks for the money back before the parcel is packed"
    COMPLAINS = "asks for part of the money back after receipt"


_IN_A_HUNDRED = {
    Fate.PAYS: 73,
    Fate.CANCELS: 4,
    Fate.NEVER_PAYS: 9,
    Fate.PAYS_LATE: 3,
    Fate.PAYS_TWICE: 3,
    Fate.REGRETS: 4,
    Fate.COMPLAINS: 4,
}


# Towards the end nobody keeps the replay waiting for a reservation to run out.
_LAST_WAVES = 2
_LAST_FATES = (Fate.PAYS, Fate.CANCELS, Fate.PAYS_TWICE, Fate.REGRETS, Fate.COMPLAINS)


@dataclass(frozen=True)
class Wave:
    """An offer pinned at `at_s` seconds, and how many orders that brings."""

    at_s: float
    sku: str
    orders: int


# More is wanted than is offered. The last wave takes what unpaid orders have given back.
WAVES = (
    Wave(5, "一箱 5 斤", 230),
    Wave(12, "尝鲜 2 斤", 120),
    Wave(19, "一箱 10 斤", 240),
    Wave(28, "一箱 5 斤", 330),
    Wave(38, "一箱 10 斤", 210),
    Wave(47, "一箱 5 斤", 190),
)
SALE_S = 54.0
DROPPED_AT_S = 24.0
BACK_AT_S = 26.0

# Package → how many units people take, as weights of 1, 2, 3.
_QUANTITIES = {"一箱 5 斤": (84, 12, 4), "一箱 10 斤": (92, 8, 0), "尝鲜 2 斤": (1, 0, 0)}
_METHODS = ("alipay", "alipay", "wechat_pay", "wechat_pay", "card")


@dataclass(frozen=True)
class Purchase:
    """One order a buyer wants to place: in which wave, how long after the pin, how it ends."""

    key: str
    wave: int
    after_s: float
    quantity: int
    fate: Fate
    method: str
    thinks_s: float
    confirms: bool


@dataclass
class Buyer:
    """A person with a phone; purchases in the order of their waves."""

    phone: str
    name: str
    purchases: list[Purchase] = field(default_factory=list)


def plan_buyers(seed: int) -> list[Buyer]:
    """Everybody who buys. The same seed gives the same people, keys and fates."""
    rng = random.Random(seed)
    buyers = [_buyer(n, rng) for n in range(BUYER_COUNT)]
    newcomers = iter(buyers)
    for number, wave in enumerate(WAVES):
        known = [buyer for buyer in buyers if buyer.purchases]
        for n in range(wave.orders):
            buyer = _chooses(known, newcomers, rng)
            buyer.purchases.append(_purchase(f"puwan-{seed}-{number}-{n}", number, rng))
    return [buyer for buyer in buyers if buyer.purchases]


def _chooses(known: Sequence[Buyer], newcomers: Iterator[Buyer], rng: random.Random) -> Buyer:
    if known and rng.random() < _RETURNING:
        return rng.choice(known)
    newcomer = next(newcomers, None)
    return newcomer or rng.choice(known)


def _buyer(serial: int, rng: random.Random) -> Buyer:
    name = rng.choice("王李张刘陈杨黄周吴罗") + rng.choice(["女士", "先生"])
    return Buyer(phone=f"1990000{serial:04d}", name=name)


def _purchase(key: str, number: int, rng: random.Random) -> Purchase:
    fates = list(Fate) if number < len(WAVES) - _LAST_WAVES else _LAST_FATES
    (fate,) = rng.choices(fates, [_IN_A_HUNDRED[fate] for fate in fates])
    (quantity,) = rng.choices([1, 2, 3], _QUANTITIES[WAVES[number].sku])
    return Purchase(
        key=key,
        wave=number,
        after_s=min(rng.expovariate(1 / 1.5), 6.0),
        quantity=quantity,
        fate=fate,
        method=rng.choice(_METHODS),
        thinks_s=rng.uniform(0.3, 4.0),
        confirms=rng.random() < 0.8,
    )
