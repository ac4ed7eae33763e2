"""Aid projects and the households they cover: one row for each household, or one without any."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from lukou_market.households.models import AidProject, Household
from lukou_market.kernel.money import yuan
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Region
from lukou_market.registers import cells
from lukou_market.registers.plan import Change, FieldChange, Plan
from lukou_market.registers.sheet import Column, Row
from lukou_market.registers.words import LEVELS, said

NAME, LEVEL, PLACE, TASKS = "项目名称", "项目级别", "实施地点区划代码", "建设任务"
SOURCE, FUNDS, STARTS, ENDS = "资金来源", "资金（元）", "开始日期", "结束日期"
RESPONSIBLE, MECHANISM, NUMBER = "责任人", "减贫机制", "户编号"
COLUMNS = (
    Column(NAME, cells.text(80), note="覆盖的每户各占一行,项目的各列重复填写"),
    Column(LEVEL, cells.choice(LEVELS), words=tuple(LEVELS)),
    Column(PLACE, cells.number(12), note="12 位统计用区划代码"),
    Column(TASKS, cells.text(1000)),
    Column(SOURCE, cells.text(60)),
    Column(FUNDS, cells.fen),
    Column(STARTS, cells.day),
    Column(ENDS, cells.day),
    Column(RESPONSIBLE, cells.text(40)),
    Column(MECHANISM, cells.text(1000)),
    Column(NUMBER, cells.number(20), required=False, note="不覆盖农户时不填"),
)
_OF_PROJECT = (LEVEL, PLACE, TASKS, SOURCE, FUNDS, STARTS, ENDS, RESPONSIBLE, MECHANISM)


def plan_projects(rows: Sequence[Row], place: Jurisdiction) -> Plan:
    """What the rows would add and change; no household is taken out of a project."""
    plan = Plan()
    projects: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        projects[row[NAME]].append(row)
    known = {
        each.name: each
        for each in AidProject.objects.filter(name__in=projects).select_related("region")
    }
    regions = place.scope(Region.objects.all(), "code").in_bulk({row[PLACE] for row in rows})
    homes = {
        each.number: each
        for each in place.scope(Household.objects.all(), "village_id").filter(
            number__in=[row[NUMBER] for row in rows if row[NUMBER]]
        )
    }
    for name, of_one in projects.items():
        project = known.get(name)
        if project and not place.covers(project.region_id):
            plan.refuse(of_one[0].number, NAME, _("This name belongs to another region."))
        elif _agree(of_one, regions, plan):
            project = _plan_project(plan, of_one[0], project, regions[of_one[0][PLACE]])
            _plan_coverage(plan, of_one, project, homes)
    return plan


def _agree(rows: Sequence[Row], regions: dict[str, Region], plan: Plan) -> bool:
    first, faults = rows[0], len(plan.faults)
    for row in rows[1:]:
        for title in _OF_PROJECT:
            if row[title] != first[title]:
                told = _("Differs from row %d of the same project.") % first.number
                plan.refuse(row.number, title, told)
    if first[PLACE] not in regions:
        plan.refuse(first.number, PLACE, _("There is no such place in your region."))
    if first[ENDS] <= first[STARTS]:
        plan.refuse(first.number, ENDS, _("The end comes after the start."))
    return len(plan.faults) == faults


def _plan_project(plan: Plan, row: Row, known: AidProject | None, region: Region) -> AidProject:
    project = known or AidProject(name=row[NAME])
    before = _shown(project) if known else {}
    project.level, project.region, project.tasks = row[LEVEL], region, row[TASKS]
    project.funding_source, project.funding_fen = row[SOURCE], row[FUNDS]
    project.starts_on, project.ends_on = row[STARTS], row[ENDS]
    project.responsible, project.mechanism = row[RESPONSIBLE], row[MECHANISM]
    after = _shown(project)
    fields = tuple(
        FieldChange(title, before[title], after[title])
        for title in before
        if before[title] != after[title]
    )
    plan.changes.append(Change(row.number, row[NAME], known is None, fields))
    if known is None or fields:
        plan.writes.append(lambda by: project.save())
    return project


def _plan_coverage(
    plan: Plan, rows: Sequence[Row], project: AidProject, homes: dict[str, Household]
) -> None:
    numbers = project.households.values_list("number", flat=True) if project.pk else ()
    covered, seen = set(numbers), set[str]()
    for row in rows:
        number = row[NUMBER]
        if not number:
            continue
        if number in seen:
            plan.refuse(row.number, NUMBER, _("This household stands in the project twice."))
        elif number not in homes:
            plan.refuse(row.number, NUMBER, _("There is no such household in your region."))
        else:
            name = f"{row[NAME]} {NUMBER} {number}"
            plan.changes.append(Change(row.number, name, number not in covered))
            if number not in covered:
                _add(plan, project, homes[number])
        seen.add(number)


def _add(plan: Plan, project: AidProject, household: Household) -> None:
    plan.writes.append(lambda by: project.households.add(household))


def _shown(project: AidProject) -> dict[str, str]:
    return {
        LEVEL: said(LEVELS, project.level),
        PLACE: project.region_id,
        TASKS: project.tasks,
        SOURCE: project.funding_source,
        FUNDS: yuan(project.funding_fen),
        STARTS: project.starts_on.isoformat(),
        ENDS: project.ends_on.isoformat(),
        RESPONSIBLE: project.responsible,
        MECHANISM: project.mechanism,
    }
