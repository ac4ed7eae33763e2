"""Households and members from a spreadsheet: looked at, then written whole, once."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lukou_market.accounts.models import User
from lukou_market.households.models import Household, HouseholdMember
from lukou_market.kernel.errors import DomainError
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers.apply_import import apply_import
from lukou_market.registers.errors import (
    CellsMerged,
    HasFaults,
    NotASheet,
    PlanChanged,
    SheetEmpty,
    SheetTooBig,
    TitlesDiffer,
)
from lukou_market.registers.import_households import COLUMNS, stored_households
from lukou_market.registers.kinds import KINDS
from lukou_market.registers.models import ImportRun
from lukou_market.registers.sheet import filled, template
from lukou_market.registers.words import CATEGORIES, CAUSES, HEALTH, LABOUR, RELATIONS
from tests.factories import NOW, make_household, make_staff, make_village
from tests.registers.sheets import (
    DISTRICT,
    HEAD,
    SPOUSE,
    TOWN_A,
    VILLAGE_A,
    carry_out,
    changed,
    everything,
    faults,
    look,
    workbook,
)

GOOD = workbook("households", HEAD, SPOUSE)


@pytest.fixture
def clerk(db: None) -> User:
    make_village()
    return make_staff("clerk")


def test_household_and_its_people_are_registered(clerk: User) -> None:
    run = carry_out("households", GOOD, clerk)
    assert run and (run.new, run.changed, run.same) == (3, 0, 0)
    household = Household.objects.get()
    assert (household.category, household.main_cause) == ("allowance", "illness")
    assert household.other_causes == ["skills", "capital"]
    head, spouse = household.members.order_by("id")[::-1]
    assert (head.name, head.id_number, head.relation) == ("王大山", "430212197001011234", "head")
    assert (spouse.name, spouse.health, spouse.months_worked) == ("李小梅", "chronic", 0)


def test_same_file_again_changes_nothing(clerk: User) -> None:
    carry_out("households", GOOD, clerk)
    before = everything()
    assert carry_out("households", GOOD, clerk) is None
    assert everything() == before
    assert look("households", GOOD).plan.changes_nothing


def test_look_shows_old_and_new_masked_and_writes_nothing(clerk: User) -> None:
    carry_out("households", GOOD, clerk)
    before = everything()
    married = SPOUSE | {"姓名": "李晓梅", "健康状况": "健康"}
    plan = look("households", workbook("households", HEAD, married)).plan
    [change] = plan.changed
    assert change.name == "李** 430212***********X"
    assert {(f.title, f.old, f.new) for f in change.fields} == {
        ("健康状况", "长期慢性病", "健康"),
        ("姓名", "李**", "李**"),
    }
    assert len(plan.same) == 2
    assert everything() == before


def test_one_bad_row_keeps_all_rows_out(clerk: User) -> None:
    before = everything()
    content = workbook("households", HEAD, SPOUSE | {"健康状况": "很好"})
    [fault] = look("households", content).plan.faults
    assert (fault.row, fault.title) == (3, "健康状况")
    assert "长期慢性病" in fault.sentence
    with pytest.raises(HasFaults):
        carry_out("households", content, clerk)
    assert everything() == before


def test_new_head_takes_over_when_the_former_has_a_row(clerk: User) -> None:
    carry_out("households", GOOD, clerk)
    heir = {"户主姓名": "李小梅"}
    swapped = workbook(
        "households",
        SPOUSE | heir | {"与户主关系": "户主"},
        HEAD | heir | {"与户主关系": "配偶"},
    )
    carry_out("households", swapped, clerk)
    assert Household.objects.get().members.get(relation="head").name == "李小梅"
    alone = workbook("households", HEAD)
    assert {f.title for f in look("households", alone).plan.faults} == {"与户主关系"}


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("证件号码", 430212197001011234),
        ("证件号码", 4.30212e17),
        ("证件号码", "430212197001011000"),
        ("证件号码", "4.30212E+17"),
        ("证件号码", "43021219700101"),
        ("务工月数", "13"),
        ("务工月数", "六"),
        ("户编号", 4.302121010010001e18),
        ("户类型", "贫困"),
        ("主要致贫原因", None),
        ("其他致贫原因", "因病"),
        ("其他致贫原因", "因残、因学、因灾"),
        ("姓名", None),
        ("行政村", "别的村"),
        ("户主姓名", "张三"),
        ("与户主关系", "本人"),
    ],
)
def test_bad_cell_is_named(clerk: User, title: str, value: Any) -> None:
    assert (2, title) in faults("households", HEAD | {title: value})


def test_formula_is_named_by_its_cell(clerk: User) -> None:
    assert (2, "务工月数") in faults("households", HEAD | {"务工月数": "=1+2"})


def test_rows_of_a_household_must_agree(clerk: User) -> None:
    assert faults("households", HEAD, SPOUSE | {"户类型": "五保户"}) == {(3, "户类型")}


def test_person_is_in_one_household_only(clerk: User) -> None:
    carry_out("households", GOOD, clerk)
    elsewhere = HEAD | {"户编号": "4302121010010002"}
    assert faults("households", elsewhere) == {(2, "证件号码")}
    assert faults("households", HEAD, SPOUSE, SPOUSE) == {(4, "证件号码")}


def test_village_must_lie_in_the_region_row_by_row(clerk: User) -> None:
    make_village("430212102001")
    town = Jurisdiction(("430212101",))
    outside = HEAD | {
        "乡镇": "区划430212102000",
        "行政村": "区划430212102001",
        "户编号": "X-1",
        "证件号码": "430212197001011235",
    }
    assert faults("households", HEAD, outside, place=town) == {(3, "行政村")}
    with pytest.raises(HasFaults):
        carry_out("households", workbook("households", HEAD, outside), clerk, town)
    assert not Household.objects.exists()


def test_household_of_another_region_is_not_moved_here(clerk: User) -> None:
    there = make_household("4302121010010001", make_village("430212102001"))
    town = Jurisdiction(("430212101",))
    assert faults("households", HEAD, place=town) == {(2, "户编号")}
    there.refresh_from_db()
    assert there.village_id == "430212102001"


def test_spaces_and_full_width_digits_are_read_and_told(clerk: User) -> None:
    wide = HEAD | {"证件号码": "４３０２１２１９７００１０１１２３４", "姓名": "王大山 "}
    plan = look("households", workbook("households", wide)).plan
    assert not plan.faults
    assert {notice.title for notice in plan.notices} == {"证件号码", "姓名"}


def bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (lambda: b"", NotASheet),
        (lambda: b"PK\x03\x04 nothing", NotASheet),
        (lambda: b"0" * 50_000_000, SheetTooBig),
        (bomb, SheetTooBig),
        (lambda: template(COLUMNS), SheetEmpty),
        (lambda: workbook("producers", {"类型": "企业"}), TitlesDiffer),
        (lambda: changed(GOOD, lambda sheet: sheet.merge_cells("A2:A3")), CellsMerged),
    ],
)
def test_file_that_is_no_register_is_refused_in_a_sentence(
    clerk: User, content: Callable[[], bytes], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal) as refused:
        look("households", content())
    assert str(refused.value)


def test_what_changed_since_the_look_is_looked_at_again(clerk: User) -> None:
    seen = look("households", GOOD).plan.digest
    carry_out("households", workbook("households", HEAD), clerk)
    before = everything()
    with pytest.raises(PlanChanged):
        _apply_seen(seen, clerk)
    assert everything() == before


def _apply_seen(seen: str, clerk: User) -> None:
    apply_import(
        kind=KINDS["households"], content=GOOD, file_name="x", place=DISTRICT,
        seen_digest=seen, warnings_read=False, by=clerk, now=NOW,
    )  # fmt: skip


names = st.text("王李张刘陈山水花明", min_size=2, max_size=4)
causes = st.lists(st.sampled_from(sorted(set(CAUSES) - {"因病"})), max_size=2, unique=True)


@st.composite
def families(draw: st.DrawFn) -> list[dict[str, str]]:
    rows, serial = [], 0
    for n in range(draw(st.integers(1, 3))):
        people = draw(st.lists(names, min_size=1, max_size=3))
        household = {
            "乡镇": TOWN_A,
            "行政村": VILLAGE_A,
            "户编号": f"43021210100{n}",
            "户主姓名": people[0],
            "户类型": draw(st.sampled_from(sorted(CATEGORIES))),
            "主要致贫原因": "因病",
            "其他致贫原因": "、".join(draw(causes)),
            "有劳动能力且有意愿": draw(st.sampled_from(["是", "否"])),
        }
        for place, name in enumerate(people):
            serial += 1
            others = sorted(set(RELATIONS) - {"户主"})
            rows.append(
                household
                | {
                    "姓名": name,
                    "证件号码": f"43021219700101{serial:03d}X",
                    "与户主关系": draw(st.sampled_from(others)) if place else "户主",
                    "健康状况": draw(st.sampled_from(sorted(HEALTH))),
                    "劳动技能": draw(st.sampled_from(sorted(LABOUR))),
                    "务工月数": str(draw(st.integers(0, 12))),
                }
            )
    return rows


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=families())
def test_what_was_written_in_the_template_comes_out_of_the_register(
    clerk: User, rows: list[dict[str, str]]
) -> None:
    HouseholdMember.objects.all().delete()
    Household.objects.all().delete()
    content = filled(COLUMNS, rows)
    carry_out("households", content, clerk)
    out = stored_households(Jurisdiction(("430212",)))
    assert _sorted(out) == _sorted(rows)
    assert look("households", filled(COLUMNS, out)).plan.changes_nothing


def _sorted(rows: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in rows)


def test_run_is_kept_with_the_file_hash(clerk: User) -> None:
    run = carry_out("households", GOOD, clerk)
    assert run == ImportRun.objects.get()
    assert (run.scope, run.imported_by, len(run.sha256)) == ("430212", clerk, 64)


def test_template_has_titles_and_allowed_words_and_nobody() -> None:
    book = load_workbook(BytesIO(template(COLUMNS)))
    data, said = book.worksheets
    assert [cell.value for cell in data[1]] == [column.title for column in COLUMNS]
    assert data.max_row == 1
    assert "长期慢性病" in " ".join(str(row[2].value) for row in said.iter_rows())
