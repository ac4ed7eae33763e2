"""The sample industry-aid projects: 3 key, 5 district, 108 of towns and villages."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from lukou_market.households.models import AidProject, Household, Producer
from lukou_market.regions.models import Level, Region

TOWN_AND_VILLAGE_COUNT = 108

_WIDE = (AidProject.ProjectLevel.KEY, AidProject.ProjectLevel.DISTRICT)
_KEY = ("甜瓜产业园", "油茶低产林改造", "冷链物流中心")
_DISTRICT = ("黄桃基地", "稻虾共养", "中药材种植", "光伏发电", "电商直播基地")
_VILLAGE = ("蔬菜大棚", "生态养鱼", "土鸡养殖", "红薯加工", "养蜂", "果园提质")
_SOURCES = ("中央财政衔接资金", "省级财政扶贫资金", "对口帮扶资金", "涉农整合资金")
_MECHANISMS = ("务工就业", "土地流转", "定点收购", "入股分红")
_OFFICIALS = ("谭志明", "罗建军", "易春生", "凌秀兰", "贺文辉")


def build_projects(regions: Sequence[Region], year: int, rng: random.Random) -> list[AidProject]:
    """All projects, unsaved: each town has one, and so have as many villages as are left."""
    (district,) = (region for region in regions if region.level == Level.DISTRICT)
    towns = [region for region in regions if region.level == Level.TOWN]
    villages = [region for region in regions if region.level == Level.VILLAGE]
    chosen = rng.sample(villages, TOWN_AND_VILLAGE_COUNT - len(towns))
    levels = AidProject.ProjectLevel
    return [
        *(_project(levels.KEY, district, f"绿口区{name}", year, rng) for name in _KEY),
        *(_project(levels.DISTRICT, district, f"绿口区{name}", year, rng) for name in _DISTRICT),
        *(_project(levels.TOWN, town, f"{town}一镇一品", year, rng) for town in towns),
        *(
            _project(levels.VILLAGE, village, f"{village.parent}{village}{name}", year, rng)
            for village in chosen
            for name in [rng.choice(_VILLAGE)]
        ),
    ]


def build_coverage(
    projects: Sequence[AidProject], covered: Sequence[Household], rng: random.Random
) -> list[Any]:
    """Rows of the coverage relation: every covered household is in one project at least."""
    local = {p.region_id: p for p in projects if p.level not in _WIDE}
    wide = [p for p in projects if p.level in _WIDE]
    members: dict[AidProject, list[Household]] = defaultdict(list)
    for household in covered:
        village = household.village
        members[local.get(village.code) or local[village.parent_id or ""]].append(household)
        if rng.random() < 0.3:
            members[rng.choice(wide)].append(household)
    through = AidProject.households.through
    return [
        through(aidproject=project, household=household)
        for project, households in members.items()
        for household in households
    ]


def build_producers(projects: Sequence[AidProject], producers: Iterable[Producer]) -> list[Any]:
    """Rows of who works in which project: a producer in its village's and its town's, and in the
    key project that its goods make known."""
    local = {project.region_id: project for project in projects if project.level not in _WIDE}
    key = next(project for project in projects if project.level == AidProject.ProjectLevel.KEY)
    through = AidProject.producers.through
    return [
        through(aidproject=project, producer=producer)
        for producer in producers
        for project in (
            local.get(producer.village_id), local.get(producer.village.parent_id or ""), key,
        )
        if project
    ]  # fmt: skip


def _project(level: str, region: Region, name: str, year: int, rng: random.Random) -> AidProject:
    low, high = (200, 900) if region.level == Level.DISTRICT else (10, 80)
    return AidProject(
        name=f"{name}项目",
        level=level,
        region=region,
        tasks="建设基地与配套设施,组织培训,对接销售。",
        funding_source=rng.choice(_SOURCES),
        funding_fen=rng.randint(low, high) * 10_000 * 100,
        starts_on=date(year - 1, 3, 1),
        ends_on=date(year + 1, 12, 31),
        responsible=rng.choice(_OFFICIALS),
        mechanism="、".join(rng.sample(_MECHANISMS, 2)) + ",企业+基地+农户。",
    )
