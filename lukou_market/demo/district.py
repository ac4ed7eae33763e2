"""The sample district: 8 towns, 139 villages; what the source article names keeps its name."""

import random
from collections.abc import Iterator

from lukou_market.regions.models import Level, Region

DISTRICT = "430212000000"
VILLAGE_COUNT = 139

PUWAN = "浦湾村"
NANTANG = "南塘村"
ZHAOLING = "昭陵社区"
LIJIA = "李家村"
HUACHONG = "花冲村"

# Town → what the article calls one of its villages. The article leaves out where Lijia and
# Huachong lie; the last five towns are invented.
_TOWNS = {
    "朱亭镇": PUWAN,
    "淦田镇": NANTANG,
    "南洲镇": ZHAOLING,
    "古岭镇": LIJIA,
    "龙溪镇": HUACHONG,
    "绿口镇": "",
    "青潭镇": "",
    "石洲镇": "",
}
_FIRST = "石竹樟枫桐柳荷莲杉松梅桂泉云鹤凤金银白青黄龙"
_SECOND = "塘湾坪坳岭溪桥田井山"
_COMMUNITIES_A_TOWN = 2


def build_regions(rng: random.Random) -> list[Region]:
    """The whole tree, unsaved, parents before children."""
    district = Region(code=DISTRICT, name="绿口区", level=Level.DISTRICT)
    towns = [
        Region(code=f"430212{100 + n}000", name=name, level=Level.TOWN, parent=district)
        for n, name in enumerate(_TOWNS)
    ]
    names = iter(_invented_names(rng))
    villages = [
        village
        for n, town in enumerate(towns)
        for village in _villages(town, _share(n), _TOWNS[town.name], names)
    ]
    return [district, *towns, *villages]


def _share(town_index: int) -> int:
    """How many of the villages the town has; the towns' shares differ by one at most."""
    whole, rest = divmod(VILLAGE_COUNT, len(_TOWNS))
    return whole + (town_index < rest)


def _invented_names(rng: random.Random) -> list[str]:
    names = [first + second for first in _FIRST for second in _SECOND]
    return rng.sample(names, VILLAGE_COUNT)


def _villages(town: Region, count: int, named: str, names: Iterator[str]) -> Iterator[Region]:
    for n in range(count):
        community = n < _COMMUNITIES_A_TOWN
        name = next(names) + ("社区" if community else "村")
        if named and n == (0 if named.endswith("社区") else _COMMUNITIES_A_TOWN):
            name = named
        # Official codes count communities from 001 and villages from 200.
        code = f"{town.code[:9]}{n + 1 if community else 200 + n:03d}"
        yield Region(code=code, name=name, level=Level.VILLAGE, parent=town)
