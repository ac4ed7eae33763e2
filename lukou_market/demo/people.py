"""Invented people: names, ID numbers that fit the format, families, households."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from lukou_market.households.models import (
    Category,
    Cause,
    Health,
    Household,
    HouseholdMember,
    Labour,
    Relation,
)
from lukou_market.kernel.encryption import digest
from lukou_market.regions.models import Region

_SURNAMES = "李王张刘陈杨黄周吴罗何谭唐彭易文凌贺袁欧汤廖邓曾肖"
_MALE = "建国志强文军伟明德华光辉海涛永福春生立新家旺"
_FEMALE = "秀英桂兰玉梅丽华春香美玲小红冬莲翠云月娥金花"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_MOST_IN_A_HOUSEHOLD = 8

_ABLE = {
    Category.GENERAL_POOR: 55,
    Category.ALLOWANCE_POOR: 20,
    Category.ALLOWANCE: 10,
    Category.MONITORED_UNSTABLE: 7,
    Category.MONITORED_MARGINAL: 5,
    Category.MONITORED_SUDDEN: 3,
}
_UNABLE = {Category.FIVE_GUARANTEE: 50, Category.ALLOWANCE: 30, Category.ALLOWANCE_POOR: 20}
# After head and spouse: who else lives there, and the ages they are drawn from.
_OTHERS = (
    (Relation.CHILD, (3, 30)),
    (Relation.CHILD, (3, 30)),
    (Relation.PARENT, (60, 88)),
    (Relation.PARENT, (60, 88)),
    (Relation.GRANDCHILD, (1, 12)),
    (Relation.OTHER, (20, 70)),
)


def sizes(total: int, count: int, rng: random.Random) -> list[int]:
    """Sizes of `count` households, 1 to 8 people each, that add up to `total` people."""
    people = Counter(range(count))
    while people.total() < total:
        household = rng.randrange(count)
        if people[household] < _MOST_IN_A_HOUSEHOLD:
            people[household] += 1
    return [people[household] for household in range(count)]


def id_number(birthday: date, serial: int) -> str:
    """18 digits in the official format; odd serials (0 to 999) are men.

    Division 430212 exists since 2018 only, so with an earlier birthday the number is nobody's.
    """
    body = f"430212{birthday:%Y%m%d}{serial:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True))
    return body + _ID_CHECKS[total % 11]


def build_household(number: str, village: Region, *, able: bool, rng: random.Random) -> Household:
    """One registered household, unsaved; `able` households are able and willing."""
    categories = _ABLE if able else _UNABLE
    (category,) = rng.choices(list(categories), list(categories.values()))
    causes = rng.sample(list(Cause), 3)
    return Household(
        number=number,
        village=village,
        category=category,
        main_cause=causes[0],
        other_causes=causes[1 : 1 + rng.choice([0, 0, 1, 2])],
        able_and_willing=able,
    )


def build_members(
    household: Household, size: int, used: set[str], rng: random.Random
) -> Iterator[HouseholdMember]:
    """The people of a household, head first, unsaved; `used` collects the ID numbers given."""
    surname = rng.choice(_SURNAMES)
    others = rng.sample(_OTHERS, min(max(size - 2, 0), len(_OTHERS)))
    roles = [(Relation.HEAD, (32, 72)), (Relation.SPOUSE, (30, 70)), *others]
    for relation, ages in roles[:size]:
        male = relation == Relation.HEAD or (relation != Relation.SPOUSE and rng.random() < 0.5)
        family_name = rng.choice(_SURNAMES) if relation == Relation.SPOUSE else surname
        age = rng.randint(*ages)
        number = _unused_id(age, male=male, used=used, rng=rng)
        yield HouseholdMember(
            household=household,
            name=family_name + _given_name(male=male, rng=rng),
            relation=relation,
            id_number=number,
            id_digest=digest(number),
            **_health_and_work(age, able=household.able_and_willing, rng=rng),
        )


def _given_name(*, male: bool, rng: random.Random) -> str:
    return "".join(rng.choices(_MALE if male else _FEMALE, k=rng.choice([1, 2, 2])))


def _unused_id(age: int, *, male: bool, used: set[str], rng: random.Random) -> str:
    while True:
        birthday = date(2017 - age, 12, 31) - timedelta(days=rng.randrange(365))
        number = id_number(birthday, 2 * rng.randrange(500) + male)
        if number not in used:
            used.add(number)
            return number


def _health_and_work(age: int, *, able: bool, rng: random.Random) -> dict[str, str | int]:
    if 16 <= age < 65 and able:
        months = rng.choice([0, 0, 3, 6, 8, 10, 12])
        labour = rng.choice([Labour.ORDINARY, Labour.ORDINARY, Labour.SKILLED])
        return {"health": Health.HEALTHY, "labour": labour, "months_worked": months}
    if able:
        health = Health.HEALTHY if age < 16 else rng.choice([Health.HEALTHY, Health.CHRONIC])
        labour = Labour.NONE if age < 16 else Labour.WEAK
        return {"health": health, "labour": labour}
    return {
        "health": rng.choice([Health.CHRONIC, Health.SERIOUS, Health.DISABLED]),
        "labour": Labour.NONE,
    }
