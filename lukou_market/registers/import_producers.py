"""Producers (经营主体), by name."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lukou_market.households.models import Household, Producer
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers import cells
from lukou_market.registers.places import TOWN, VILLAGE, Villages
from lukou_market.registers.plan import Change, FieldChange, Plan
from lukou_market.registers.sheet import Column, Row
from lukou_market.registers.words import PRODUCER_KINDS, said

NAME, KIND, NUMBER = "经营主体名称", "类型", "户编号"
COLUMNS = (
    Column(NAME, cells.text(60)),
    Column(KIND, cells.choice(PRODUCER_KINDS), words=tuple(PRODUCER_KINDS)),
    Column(TOWN, cells.text(40)),
    Column(VILLAGE, cells.text(40)),
    Column(NUMBER, cells.number(20), required=False, note="类型为农户时必填"),
)


def plan_producers(rows: Sequence[Row], place: Jurisdiction) -> Plan:
    """What the rows would add and change."""
    plan, villages = Plan(), Villages(place)
    known = {
        each.name: each
        for each in Producer.objects.filter(name__in=[row[NAME] for row in rows]).select_related(
            "village", "household"
        )
    }
    homes = {
        each.number: each
        for each in place.scope(Household.objects.all(), "village_id").filter(
            number__in=[row[NUMBER] for row in rows if row[NUMBER]]
        )
    }
    seen: dict[str, int] = {}
    for row in rows:
        if seen.setdefault(row[NAME], row.number) != row.number:
            plan.refuse(row.number, NAME, _("The same as row %d.") % seen[row[NAME]])
            continue
        producer = known.get(row[NAME])
        if producer and not place.covers(producer.village_id):
            plan.refuse(row.number, NAME, _("This name belongs to another region."))
            continue
        _plan_one(plan, row, producer, villages, homes)
    return plan


def _plan_one(
    plan: Plan, row: Row, known: Producer | None, villages: Villages, homes: dict[str, Household]
) -> None:
    faults = len(plan.faults)
    village = villages.find(row[TOWN], row[VILLAGE])
    if village is None:
        plan.refuse(row.number, VILLAGE, _("There is no such village in your region."))
    of_household = row[KIND] == Producer.Kind.HOUSEHOLD
    home = homes.get(row[NUMBER] or "")
    if of_household and home is None:
        plan.refuse(row.number, NUMBER, _("There is no such household in your region."))
    if not of_household and row[NUMBER]:
        plan.refuse(row.number, NUMBER, _("Only a producer of the kind 农户 has one."))
    if len(plan.faults) > faults or village is None:
        return
    producer = known or Producer(name=row[NAME])
    before = _shown(producer) if known else {}
    producer.village, producer.kind, producer.household = village, row[KIND], home
    after = _shown(producer)
    fields = tuple(
        FieldChange(title, before[title], after[title])
        for title in before
        if before[title] != after[title]
    )
    plan.changes.append(Change(row.number, row[NAME], known is None, fields))
    if known is None or fields:
        plan.writes.append(lambda by: producer.save())


def _shown(producer: Producer) -> dict[str, str]:
    return {
        VILLAGE: producer.village.name,
        KIND: said(PRODUCER_KINDS, producer.kind),
        NUMBER: producer.household.number if producer.household else "",
    }
