"""Producers, projects and benefit links from spreadsheets."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.households.models import AidProject, BenefitLink, Producer
from lukou_market.regions.jurisdiction import Jurisdiction
from tests.factories import make_household, make_link, make_producer, make_staff, make_village
from tests.registers.sheets import TOWN_A, VILLAGE_A, carry_out, everything, faults, look, workbook

TODAY = timezone.localdate()
PRODUCER: dict[str, Any] = {
    "经营主体名称": "浦湾合作社", "类型": "合作社", "乡镇": TOWN_A, "行政村": VILLAGE_A,
}  # fmt: skip
PROJECT: dict[str, Any] = {
    "项目名称": "大棚项目", "项目级别": "村级项目", "实施地点区划代码": "430212101001",
    "建设任务": "建大棚 10 座", "资金来源": "财政", "资金（元）": "120000.50",
    "开始日期": "2026-01-01", "结束日期": "2026年12月31日", "责任人": "王书记",
    "减贫机制": "土地流转、务工", "户编号": "H-A",
}  # fmt: skip
LINK: dict[str, Any] = {
    "经营主体": "浦湾合作社", "带贫机制": "入股分红", "户编号": "H-A",
    "分配比例（%）": "12.5", "生效日期": TODAY.isoformat(),
}  # fmt: skip
TOMORROW = (TODAY + timedelta(days=1)).isoformat()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()


@pytest.fixture
def clerk(db: None) -> User:
    make_household("H-A", make_village())
    make_household("H-B", make_village("430212102001"))
    return make_staff("clerk")


@pytest.fixture
def producer(clerk: User) -> Producer:
    return make_producer("浦湾合作社")


@pytest.mark.parametrize(("kind", "row"), [("producers", PRODUCER), ("projects", PROJECT)])
def test_written_once_and_the_same_file_changes_nothing(
    clerk: User, kind: str, row: dict[str, Any]
) -> None:
    content = workbook(kind, row)
    assert carry_out(kind, content, clerk)
    before = everything()
    assert carry_out(kind, content, clerk) is None
    assert everything() == before


def test_producer_is_changed_by_name(clerk: User) -> None:
    carry_out("producers", workbook("producers", PRODUCER), clerk)
    of_one = PRODUCER | {"类型": "农户", "户编号": "H-A"}
    [change] = look("producers", workbook("producers", of_one)).plan.changed
    assert [(f.title, f.old, f.new) for f in change.fields] == [
        ("类型", "合作社", "农户"),
        ("户编号", "", "H-A"),
    ]
    carry_out("producers", workbook("producers", of_one), clerk)
    assert Producer.objects.get().household_id


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"类型": "农户"}, "户编号"),
        ({"户编号": "H-A"}, "户编号"),
        ({"行政村": "别的村"}, "行政村"),
        ({"类型": "公司"}, "类型"),
    ],
)
def test_bad_producer_is_named(clerk: User, change: dict[str, Any], title: str) -> None:
    assert faults("producers", PRODUCER | change) == {(2, title)}


def test_producer_of_another_region_is_not_taken(clerk: User) -> None:
    make_producer("浦湾合作社", make_village("430212102001"))
    assert faults("producers", PRODUCER, place=Jurisdiction(("430212101",))) == {
        (2, "经营主体名称")
    }


def test_project_covers_its_households(clerk: User) -> None:
    carry_out("projects", workbook("projects", PROJECT, PROJECT | {"户编号": "H-B"}), clerk)
    project = AidProject.objects.get()
    assert project.funding_fen == 12_000_050
    assert set(project.households.values_list("number", flat=True)) == {"H-A", "H-B"}


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"结束日期": "2025-12-31"}, "结束日期"),
        ({"实施地点区划代码": "430299000000"}, "实施地点区划代码"),
        ({"户编号": "H-Z"}, "户编号"),
        ({"资金（元）": "0"}, "资金（元）"),
    ],
)
def test_bad_project_is_named(clerk: User, change: dict[str, Any], title: str) -> None:
    assert faults("projects", PROJECT | change) == {(2, title)}


def test_link_begins_today_and_the_same_file_changes_nothing(
    clerk: User, producer: Producer
) -> None:
    content = workbook("links", LINK)
    carry_out("links", content, clerk)
    link = BenefitLink.objects.get()
    assert (link.share_bp, link.version, link.in_force.upper) == (1250, 1, None)
    assert link.in_force.lower <= timezone.now()
    before = everything()
    assert carry_out("links", content, clerk) is None
    assert everything() == before


def test_next_version_ends_the_one_before(clerk: User, producer: Producer) -> None:
    carry_out("links", workbook("links", LINK), clerk)
    carry_out(
        "links", workbook("links", LINK | {"分配比例（%）": "20", "生效日期": TOMORROW}), clerk
    )
    first, second = BenefitLink.objects.order_by("version")
    assert (first.share_bp, second.share_bp) == (1250, 2000)
    assert first.in_force.upper == second.in_force.lower


def test_end_is_set_later(clerk: User, producer: Producer) -> None:
    carry_out("links", workbook("links", LINK), clerk)
    carry_out("links", workbook("links", LINK | {"终止日期": TOMORROW}), clerk)
    assert BenefitLink.objects.get().in_force.upper is not None


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"生效日期": YESTERDAY}, "生效日期"),
        ({"分配比例（%）": None}, "分配比例（%）"),
        ({"计件工价（元/件）": "2"}, "计件工价（元/件）"),
        ({"户编号": None}, None),
        ({"户编号": "H-Z"}, "户编号"),
        ({"经营主体": "别家"}, "经营主体"),
        ({"分配比例（%）": "101"}, "分配比例（%）"),
        ({"终止日期": TODAY.isoformat()}, "终止日期"),
    ],
)
def test_bad_link_is_named(
    clerk: User, producer: Producer, change: dict[str, Any], title: str | None
) -> None:
    assert faults("links", LINK | change) == {(2, title or "户编号")}


def test_shares_that_exceed_the_whole_are_refused_and_nothing_is_written(
    clerk: User, producer: Producer
) -> None:
    make_link(producer, make_household(), 9000)
    assert faults("links", LINK) == {(2, "分配比例（%）")}
