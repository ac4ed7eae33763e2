"""Direct sales from a spreadsheet: into the book by that day's links, once; reversed whole."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import HouseholdTotal
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.catalog.models import Product, Sku
from lukou_market.orders.models import DirectReversal, DirectSale, Order
from lukou_market.regions.jurisdiction import Jurisdiction
from lukou_market.registers.errors import HasFaults, WarningsUnread
from lukou_market.registers.import_sales import COLUMNS, stored_sales
from lukou_market.registers.sheet import filled
from tests.factories import NOW, make_household, make_link, make_producer, make_staff, make_village
from tests.registers.sheets import DISTRICT, SALE, carry_out, everything, faults, look, workbook

GOOD = workbook("sales", SALE)
REVERSAL = SALE | {
    "单据号": "GH-2026-001C",
    "冲销的单据号": "GH-2026-001",
    "销售日期": "2026-06-12",
}


@pytest.fixture
def clerk(db: None) -> User:
    producer = make_producer("浦湾合作社")
    make_link(producer, make_household(), 3000)
    product = Product.objects.create(producer=producer, name="甜瓜")
    Sku.objects.create(product=product, name="一箱", weight_g=2500, list_price_fen=4000)
    return make_staff("clerk")


def test_household_gets_its_share_and_the_audit_proves_it(clerk: User) -> None:
    carry_out("sales", GOOD, clerk)
    post_due_orders(now=NOW)
    total = HouseholdTotal.objects.get()
    assert (total.channel, total.month, total.credited_fen) == (
        "trade_union",
        date(2026, 6, 1),
        12_000,
    )
    assert audit_books(with_stripe=False).proved


def test_same_file_again_changes_nothing(clerk: User) -> None:
    carry_out("sales", GOOD, clerk)
    before = everything()
    assert carry_out("sales", GOOD, clerk) is None
    assert everything() == before


def test_receipt_with_other_figures_is_refused_and_reversed_instead(clerk: User) -> None:
    carry_out("sales", GOOD, clerk)
    dearer = SALE | {"金额（元）": "500"}
    assert faults("sales", dearer) == {(2, "单据号")}
    anew = dearer | {"单据号": "GH-2026-002"}
    carry_out("sales", workbook("sales", REVERSAL, anew), clerk)
    post_due_orders(now=NOW)
    total = HouseholdTotal.objects.get()
    assert (total.credited_fen, total.reversed_fen) == (27_000, 12_000)
    assert DirectReversal.objects.get().sale == DirectSale.objects.get(receipt_number="GH-2026-001")
    assert audit_books(with_stripe=False).proved
    before = everything()
    assert carry_out("sales", workbook("sales", REVERSAL, anew), clerk) is None
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"冲销的单据号": "GH-2026-009"}, "冲销的单据号"),
        ({"金额（元）": "399"}, "冲销的单据号"),
        ({"销售日期": "2026-06-09"}, "销售日期"),
        ({"单据号": "GH-2026-001"}, "单据号"),
    ],
)
def test_reversal_must_fit_its_receipt(clerk: User, change: dict[str, Any], title: str) -> None:
    carry_out("sales", GOOD, clerk)
    assert faults("sales", REVERSAL | change) == {(2, title)}


def test_receipt_is_reversed_once(clerk: User) -> None:
    carry_out("sales", workbook("sales", SALE), clerk)
    carry_out("sales", workbook("sales", REVERSAL), clerk)
    again = REVERSAL | {"单据号": "GH-2026-001D"}
    assert faults("sales", again) == {(2, "冲销的单据号")}


def test_sale_alike_in_another_channel_must_be_confirmed(clerk: User) -> None:
    carry_out("sales", GOOD, clerk)
    alike = workbook("sales", SALE | {"单据号": "832-77", "渠道": "832平台"})
    assert [(w.row, w.title) for w in look("sales", alike).plan.warnings] == [(2, "金额（元）")]
    before = everything()
    with pytest.raises(WarningsUnread):
        carry_out("sales", alike, clerk)
    assert everything() == before
    carry_out("sales", alike, clerk, read=True)
    assert Order.objects.count() == 2


def test_weight_that_does_not_fit_the_packages_must_be_confirmed(clerk: User) -> None:
    heavy = workbook("sales", SALE | {"重量（公斤）": "250"})
    assert [w.title for w in look("sales", heavy).plan.warnings] == ["重量（公斤）"]


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("销售日期", "去年六月"),
        ("销售日期", "2026-02-30"),
        ("销售日期", str(timezone.localdate() + timedelta(days=1))),
        ("渠道", "直播"),
        ("经营主体", "别家"),
        ("规格", "半箱"),
        ("件数", "0"),
        ("件数", "1.5"),
        ("重量（公斤）", "-25"),
        ("金额（元）", "400.001"),
        ("金额（元）", "四百"),
        ("单据号", "号"),
        ("单据号", 2.0260001e17),
        ("发票或合同号", None),
    ],
)
def test_bad_cell_is_named_and_nothing_is_written(clerk: User, title: str, value: Any) -> None:
    before = everything()
    row = SALE | {title: value}
    assert faults("sales", SALE | {"单据号": "OK-1"}, row) == {(3, title)}
    with pytest.raises(HasFaults):
        carry_out("sales", workbook("sales", SALE | {"单据号": "OK-1"}, row), clerk)
    assert everything() == before


def test_receipt_stands_in_a_file_once(clerk: User) -> None:
    assert faults("sales", SALE, SALE) == {(3, "单据号")}


def test_number_of_an_order_of_the_shop_is_no_receipt(clerk: User) -> None:
    carry_out("sales", GOOD, clerk)
    number = Order.objects.get().number
    assert faults("sales", SALE | {"单据号": number}) == {(2, "单据号")}


def test_producer_must_lie_in_the_region(clerk: User) -> None:
    make_village("430212102001")
    assert faults("sales", SALE, place=Jurisdiction(("430212102",))) == {(2, "经营主体")}


def test_what_is_recorded_comes_out_as_it_went_in(clerk: User) -> None:
    carry_out("sales", GOOD, clerk)
    rows = stored_sales(DISTRICT)
    assert rows == [SALE | {"金额（元）": "400.00"}]
    assert look("sales", filled(COLUMNS, rows)).plan.changes_nothing
