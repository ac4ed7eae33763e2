"""Projects by level, with whom they cover and whom their producers' rules pay."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lukou_market.cadre.project_coverage import project_coverage
from lukou_market.households.models import AidProject, Household, Producer
from lukou_market.regions.jurisdiction import EVERYWHERE, Jurisdiction
from lukou_market.regions.models import Region
from tests.cadre.furnish import JUNE
from tests.factories import (
    LONG_AGO,
    NOW,
    make_household,
    make_link,
    make_member,
    make_pool,
    make_producer,
    make_region,
)

pytestmark = pytest.mark.django_db
Cadre = Callable[[str], Client]
PAGE = reverse("cadre:projects")
DISTRICT, VILLAGE, SIBLING = "430212000000", "430212101001", "430212101002"


def make_project(code: str, level: str, households: list[Household], *producers: Producer) -> str:
    project = AidProject.objects.create(
        name=f"项目{code}{level}", level=level, region=Region.objects.get(code=code),
        tasks="大棚", funding_source="财政", funding_fen=1_234_500, starts_on=JUNE,
        ends_on=JUNE.replace(year=2027), responsible="谭书记", mechanism="分红",
    )  # fmt: skip
    project.households.set(households)
    project.producers.set(producers)
    return project.name


@pytest.fixture
def homes() -> dict[str, list[Household]]:
    """Two households in each of two villages; the first of each has two people."""
    found = {code: [make_household(village=make_region(code)) for _ in range(2)]
             for code in (VILLAGE, SIBLING)}  # fmt: skip
    for first, _second in found.values():
        make_member(first, name="李二", relation="spouse")
    return found


def test_a_household_in_two_projects_counts_in_each_and_once_together(
    homes: dict[str, list[Household]],
) -> None:
    make_project(VILLAGE, "village", homes[VILLAGE])
    make_project(SIBLING, "village", [homes[VILLAGE][0], *homes[SIBLING]])
    make_project(DISTRICT, "key", homes[SIBLING])
    key, village = project_coverage(EVERYWHERE, now=NOW)
    assert (key.level, key.households, key.people) == ("key", 2, 3)
    assert [(row.households, row.people) for row in village.rows] == [(2, 3), (3, 5)]
    assert (village.households, village.people, village.funding_fen) == (4, 6, 2_469_000)


def test_those_benefit_whom_the_producers_rules_in_force_name(
    homes: dict[str, list[Household]],
) -> None:
    producer, other = make_producer(), make_producer()
    make_project(VILLAGE, "village", [], producer)
    direct, pooled = homes[VILLAGE]
    make_link(producer, direct, 500, mechanism="land")
    make_link(producer, homes[SIBLING][1], 500, mechanism="land", until=NOW - timedelta(days=1))
    make_link(other, homes[SIBLING][0], 500)
    make_pool(producer, 1000, ("分红", 10_000, {pooled: 1, direct: 2}))
    [[row]] = [group.rows for group in project_coverage(EVERYWHERE, now=NOW)]
    assert (row.producers, row.benefiting, row.benefiting_people, row.households) == (1, 2, 3, 0)
    [[before]] = [group.rows for group in project_coverage(EVERYWHERE, now=LONG_AGO)]
    assert before.benefiting == 3


def test_a_cadre_sees_their_projects_and_their_households(
    homes: dict[str, list[Household]], cadre: Cadre
) -> None:
    own = make_project(VILLAGE, "village", [*homes[VILLAGE], homes[SIBLING][0]])
    others = [make_project(SIBLING, "village", []), make_project(DISTRICT, "key", [])]
    page = cadre(VILLAGE).get(PAGE).content.decode()
    assert own in page
    assert not any(other in page for other in others)
    place = Jurisdiction.of_regions([Region.objects.get(code=VILLAGE)])
    [[row]] = [group.rows for group in project_coverage(place, now=NOW)]
    assert (row.households, row.people) == (2, 3)
    district = cadre(DISTRICT)
    assert all(name in district.get(PAGE).content.decode() for name in [own, *others])
    listed = district.get(reverse("admin:households_aidproject_changelist")).context["cl"]
    assert {row.name: row.covered for row in listed.result_list}[own] == 3


def test_without_projects_the_page_says_so(cadre: Cadre) -> None:
    assert "aid-empty" in cadre(VILLAGE).get(PAGE).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_projects(
    homes: dict[str, list[Household]],
    cadre: Cadre,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(20):
        code = f"4302121010{number + 10}"
        make_region(code)
        make_project(code, "village", homes[VILLAGE], make_producer())
    client = cadre(DISTRICT)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        client.get(PAGE)
