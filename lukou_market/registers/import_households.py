"""Households with their members: one row for each person, the household's columns repeated."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from lukou_market.accounts.models import User
from lukou_market.households.models import Household, HouseholdMember, Relation
from lukou_market.kernel.encryption import digest
from lukou_market.kernel.masking import mask_id_number, mask_name
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.regions.models import Region
from lukou_market.registers import cells
from lukou_market.registers.places import TOWN, VILLAGE, Villages
from lukou_market.registers.plan import Change, FieldChange, Plan
from lukou_market.registers.sheet import Column, Row
from lukou_market.registers.words import (
    CATEGORIES,
    CAUSES,
    HEALTH,
    LABOUR,
    RELATIONS,
    YES_NO,
    said,
)

NUMBER, HEAD, NAME, ID = "户编号", "户主姓名", "姓名", "证件号码"
RELATION, HEALTH_IS, LABOUR_IS, MONTHS = "与户主关系", "健康状况", "劳动技能", "务工月数"
CATEGORY, CAUSE, OTHERS, WILLING = "户类型", "主要致贫原因", "其他致贫原因", "有劳动能力且有意愿"
COLUMNS = (
    Column(TOWN, cells.text(40)),
    Column(VILLAGE, cells.text(40)),
    Column(NUMBER, cells.number(20), note="同一户的每位成员各占一行,户的各列重复填写"),
    Column(HEAD, cells.text(40)),
    Column(NAME, cells.text(40)),
    Column(ID, cells.id_number, note="按文本填写 18 位证件号码"),
    Column(RELATION, cells.choice(RELATIONS), words=tuple(RELATIONS)),
    Column(HEALTH_IS, cells.choice(HEALTH), words=tuple(HEALTH)),
    Column(LABOUR_IS, cells.choice(LABOUR), words=tuple(LABOUR)),
    Column(MONTHS, cells.whole(0, 12), required=False, note="0 到 12,不填为 0"),
    Column(CATEGORY, cells.choice(CATEGORIES), words=tuple(CATEGORIES)),
    Column(CAUSE, cells.choice(CAUSES), required=False, words=tuple(CAUSES)),
    Column(OTHERS, cells.choices(CAUSES, 2), required=False, note="至多两项,用顿号隔开"),
    Column(WILLING, cells.choice(YES_NO), required=False, words=tuple(YES_NO), note="不填为是"),
)
_OF_HOUSEHOLD = (TOWN, VILLAGE, HEAD, CATEGORY, CAUSE, OTHERS, WILLING)
_MEMBER_WORDS = {"relation": RELATIONS, "health": HEALTH, "labour": LABOUR}
_MEMBER_TITLES = {"relation": RELATION, "health": HEALTH_IS, "labour": LABOUR_IS}


def plan_households(rows: Sequence[Row], place: Jurisdiction) -> Plan:
    """What the rows would add and change; nobody is removed."""
    plan = Plan()
    families: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        families[row[NUMBER]].append(row)
    villages = Villages(place)
    known = {each.number: each for each in Household.objects.filter(number__in=families)}
    people = _People(rows, plan)
    for number, members in families.items():
        village = _village(members[0], villages, plan)
        _agree(members, plan)
        household = known.get(number)
        if household and not place.covers(household.village_id):
            plan.refuse(members[0].number, NUMBER, _("This number belongs to another region."))
        elif village is not None:
            household = _plan_household(plan, members[0], household, village)
            people.plan(members, household)
    return plan


def _village(row: Row, villages: Villages, plan: Plan) -> Region | None:
    village = villages.find(row[TOWN], row[VILLAGE])
    if village is None:
        plan.refuse(row.number, VILLAGE, _("There is no such village in your region."))
    return village


def _agree(members: Sequence[Row], plan: Plan) -> None:
    """A household's rows say the same of it, and one of them is its head."""
    first = members[0]
    for row in members[1:]:
        for title in _OF_HOUSEHOLD:
            if row[title] != first[title]:
                told = _("Differs from row %d of the same household.") % first.number
                plan.refuse(row.number, title, told)
    heads = [row for row in members if row[RELATION] == Relation.HEAD]
    if len(heads) != 1:
        plan.refuse(first.number, RELATION, _("A household has one head, and a row for them."))
    elif heads[0][NAME] != first[HEAD]:
        plan.refuse(heads[0].number, HEAD, _("This is not the name in the head's own row."))
    main, others = first[CAUSE] or "", first[OTHERS] or []
    if first[CATEGORY] != "general" and not main:
        plan.refuse(first.number, CAUSE, _("A household of this category has a main cause."))
    if main in others:
        plan.refuse(first.number, OTHERS, _("At most two, other than the main cause."))


def _plan_household(plan: Plan, row: Row, known: Household | None, village: Region) -> Household:
    household = known or Household(number=row[NUMBER])
    before = _shown(household) if known else {}
    household.village = village
    household.category = row[CATEGORY]
    household.main_cause = row[CAUSE] or ""
    household.other_causes = row[OTHERS] or []
    household.able_and_willing = row[WILLING] != "no"
    after = _shown(household)
    fields = tuple(
        FieldChange(title, before[title], after[title])
        for title in before
        if before[title] != after[title]
    )
    plan.changes.append(Change(row.number, f"{NUMBER} {row[NUMBER]}", known is None, fields))
    if known is None or fields:
        plan.writes.append(lambda by: household.save())
    return household


def _shown(household: Household) -> dict[str, str]:
    return {
        VILLAGE: household.village.name,
        CATEGORY: said(CATEGORIES, household.category),
        CAUSE: said(CAUSES, household.main_cause),
        OTHERS: "、".join(said(CAUSES, each) for each in household.other_causes),
        WILLING: "是" if household.able_and_willing else "否",
    }


class _People:
    """The people of the file, found in the register by their ID numbers."""

    def __init__(self, rows: Sequence[Row], plan: Plan) -> None:
        self._plan = plan
        self._digests = {row.number: digest(row[ID]) for row in rows}
        known = HouseholdMember.objects.filter(id_digest__in=self._digests.values())
        self._known = {each.id_digest: each for each in known.select_related("household")}
        self._heads: dict[int, HouseholdMember] = {
            head.household_id: head
            for head in HouseholdMember.objects.filter(
                relation=Relation.HEAD, household__number__in={row[NUMBER] for row in rows}
            )
        }
        self._seen: dict[str, int] = {}

    def plan(self, members: Sequence[Row], household: Household) -> None:
        """The household's people; a former head is demoted before the new one is written."""
        new_head = next((row for row in members if row[RELATION] == Relation.HEAD), None)
        former = self._heads.get(household.pk or 0)
        named = {self._digests[row.number] for row in members}
        if former and new_head and former.id_digest not in named:
            self._plan.refuse(
                new_head.number, RELATION, _("The head registered so far needs a row of their own.")
            )
        for row in sorted(members, key=lambda row: row[RELATION] == Relation.HEAD):
            self._plan_one(row, household)

    def _plan_one(self, row: Row, household: Household) -> None:
        key = self._digests[row.number]
        first = self._seen.setdefault(key, row.number)
        if first != row.number:
            self._plan.refuse(row.number, ID, _("The same person as in row %d.") % first)
            return
        known = self._known.get(key)
        if known and known.household.number != household.number:
            told = _("This person is registered in another household.")
            self._plan.refuse(row.number, ID, told)
            return
        member = known or HouseholdMember(id_number=row[ID], id_digest=key)
        fields = _member_changes(row, known) if known else ()
        name = f"{mask_name(row[NAME])} {mask_id_number(row[ID])}"
        self._plan.changes.append(Change(row.number, name, known is None, fields))
        if known is None or fields:
            self._plan.writes.append(lambda by: _write_member(member, row, household))


def _member_changes(row: Row, known: HouseholdMember) -> tuple[FieldChange, ...]:
    changes = [
        FieldChange(title, said(words, getattr(known, field)), said(words, row[title]))
        for field, words in _MEMBER_WORDS.items()
        if getattr(known, field) != row[title := _MEMBER_TITLES[field]]
    ]
    if known.months_worked != (row[MONTHS] or 0):
        changes.append(FieldChange(MONTHS, str(known.months_worked), str(row[MONTHS] or 0)))
    if known.name != row[NAME]:
        changes.append(FieldChange(NAME, mask_name(known.name), mask_name(row[NAME])))
    return tuple(changes)


def _write_member(member: HouseholdMember, row: Row, household: Household) -> None:
    member.household, member.months_worked = household, row[MONTHS] or 0
    if member.name != row[NAME]:
        member.name = row[NAME]
    for field, title in _MEMBER_TITLES.items():
        setattr(member, field, row[title])
    member.save()


def stored_households(place: Jurisdiction) -> list[dict[str, str]]:
    """The register of a jurisdiction as the rows of its spreadsheet, by household and member."""
    people = HouseholdMember.objects.select_related("household__village__parent")
    rows = []
    heads: dict[int, str] = {}
    members = list(place.scope(people, "household__village_id").order_by("household__number", "id"))
    for member in members:
        if member.relation == Relation.HEAD:
            heads[member.household_id] = member.name
    for member in members:
        village = member.household.village
        rows.append(
            {
                TOWN: village.parent.name if village.parent else "",
                **_shown(member.household),
                NUMBER: member.household.number,
                HEAD: heads.get(member.household_id, ""),
                NAME: member.name,
                ID: member.id_number,
                MONTHS: str(member.months_worked),
                **_words_of(member),
            }
        )
    return rows


def _words_of(member: Any) -> dict[str, str]:
    return {
        _MEMBER_TITLES[field]: said(words, getattr(member, field))
        for field, words in _MEMBER_WORDS.items()
    }


__all__ = ["COLUMNS", "User", "plan_households", "stored_households"]
