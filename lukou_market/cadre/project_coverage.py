"""Whom the industry-aid projects of a place cover, and whom their producers' rules pay."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from lukou_market.households.models import AidProject, BenefitLink, HouseholdMember, PoolMember
from lukou_market.regions.jurisdiction import Jurisdiction

Pair = tuple[int, int]
"""The ids of a project and a household."""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project: its households and people, and of whom its producers' sales reach."""

    project: AidProject
    households: int
    people: int
    producers: int
    benefiting: int
    benefiting_people: int


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The projects of one level; a household in several of them counts once in `households`."""

    level: str
    rows: Sequence[ProjectRow]
    households: int
    people: int
    benefiting: int
    benefiting_people: int

    @property
    def funding_fen(self) -> int:
        """The projects' funds together."""
        return sum(row.project.funding_fen for row in self.rows)


def project_coverage(place: Jurisdiction, *, now: datetime) -> list[LevelGroup]:
    """The projects in the place by level, key ones first; households of the place only."""
    projects = list(place.scope(AidProject.objects.select_related("region"), "region_id"))
    covered, paid = _by_project(_covered(place)), _by_project(_paid(place, now))
    people = _people(place)
    producers = dict(
        AidProject.producers.through.objects.values_list("aidproject").annotate(Count("pk"))
    )

    def row(project: AidProject) -> ProjectRow:
        homes, reached = covered[project.pk], paid[project.pk]
        return ProjectRow(
            project, len(homes), _sum(people, homes), producers.get(project.pk, 0), len(reached),
            _sum(people, reached),
        )  # fmt: skip

    groups = []
    for level in AidProject.ProjectLevel.values:
        rows = [row(project) for project in projects if project.level == level]
        homes = set().union(*(covered[one.project.pk] for one in rows))
        reached = set().union(*(paid[one.project.pk] for one in rows))
        group = LevelGroup(
            level, rows, len(homes), _sum(people, homes), len(reached), _sum(people, reached)
        )
        groups += [group] if rows else []
    return groups


def _covered(place: Jurisdiction) -> Iterable[Pair]:
    rows = place.scope(AidProject.households.through.objects.all(), "household__village_id")
    return rows.values_list("aidproject_id", "household_id")


def _paid(place: Jurisdiction, now: datetime) -> Iterator[Pair]:
    """Whom the rules in force of the projects' producers name, one by one or in a pool."""
    links = BenefitLink.objects.filter(in_force__contains=now, producer__projects__isnull=False)
    named = place.scope(links.filter(household__isnull=False), "household__village_id")
    yield from named.order_by().values_list("producer__projects", "household_id")
    pooled = PoolMember.objects.filter(
        part__link__in_force__contains=now, part__link__producer__projects__isnull=False
    )
    members = place.scope(pooled, "household__village_id").order_by()
    yield from members.values_list("part__link__producer__projects", "household_id")


def _people(place: Jurisdiction) -> dict[int, int]:
    members = place.scope(HouseholdMember.objects.all(), "household__village_id")
    return dict(members.order_by().values_list("household_id").annotate(Count("pk")))


def _by_project(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for project, household in pairs:
        found[project].add(household)
    return found


def _sum(people: dict[int, int], households: Iterable[int]) -> int:
    return sum(people.get(household, 0) for household in households)
