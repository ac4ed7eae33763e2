"""What lists and forms of the desk say: search boxes, months, validity, amounts, the book."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from lukou_market.aid.book_words import place_in_words, reason_in_words
from lukou_market.catalog.models import Product
from lukou_market.orders.models import Order, ShippingRate, Voucher
from lukou_market.regions.search_hint import search_hint
from lukou_market.screening.models import DeclaredRelation
from tests.cadre.test_scope import address

Rows = dict[str, list[Model]]
Cadre = Callable[[str], Client]


def named(rows: Rows, name: str) -> Model:
    return next(row for row in rows["甲"] if row._meta.model_name == name)


def test_a_search_box_says_what_it_searches() -> None:
    assert search_hint(Order, ("number__startswith",)) == "搜索：订单号开头，每项只显示最新的 50 条"
    asked = search_hint(Product, ("name", "producer__name", "certificate_number"))
    assert asked == "搜索：名称、经营主体名称、证书编号"
    assert search_hint(Order, ()) == ""


def test_a_list_shows_its_search_box_with_the_hint(rows: Rows, auditor: Client) -> None:
    page = auditor.get(address(named(rows, "product"), "changelist")).content.decode()
    assert 'placeholder="搜索：名称、经营主体名称、证书编号"' in page


@pytest.mark.parametrize("name", ["producertotal", "householdtotal", "payoutbatch"])
def test_a_month_is_no_day(rows: Rows, auditor: Client, name: str) -> None:
    for page in ("changelist", "change"):
        text = auditor.get(address(named(rows, name), page)).content.decode()
        assert "2026年6月1日" not in text
    assert "2026年6月" in text


def test_who_only_looks_reads_a_validity_as_days(rows: Rows, auditor: Client) -> None:
    text = auditor.get(address(named(rows, "host"), "change")).content.decode()
    assert "2020年1月1日 – 2098年12月31日" in text
    assert "[2020-01-01" not in text


def test_rows_between_two_models_have_chinese_heads(rows: Rows, auditor: Client) -> None:
    text = auditor.get(address(named(rows, "aidproject"), "change")).content.decode()
    assert "Household" not in text
    assert "农户" in text


def test_only_who_may_end_a_relation_is_offered_it(
    rows: Rows, cadre: Cadre, auditor: Client
) -> None:
    relation = named(rows, "declaredrelation")
    where = address(relation, "changelist")
    assert "end_relations" in cadre("430212101001").get(where).content.decode()
    assert "end_relations" not in auditor.get(where).content.decode()
    auditor.post(where, {"action": "end_relations", "_selected_action": relation.pk})
    assert DeclaredRelation.objects.get(pk=relation.pk).ended_at is None


def test_what_is_charged_is_typed_in_yuan_and_kept_in_fen(superuser: Client) -> None:
    voucher = {
        "code": "GH1", "name": "券", "issued_by": "工会", "off_fen": "5.00",
        "min_goods_fen": "10.50", "per_member": 1, "budget_fen": "100",
        "valid_from_0": "2026-06-01", "valid_from_1": "00:00:00",
        "valid_until_0": "2027-06-01", "valid_until_1": "00:00:00",
    }  # fmt: skip
    rate = {"prefix": "43", "name": "湖南", "delivered": "on", "first_g": 1000, "step_g": 1000}
    rate |= {"first_fen": "8.50", "step_fen": "2", "free_from_fen": ""}
    for name, form in (("voucher", voucher), ("shippingrate", rate)):
        add = reverse(f"admin:orders_{name}_add")
        assert superuser.post(add, form).status_code == 302
    kept = Voucher.objects.get()
    assert (kept.off_fen, kept.min_goods_fen, kept.budget_fen) == (500, 1050, 10000)
    priced = ShippingRate.objects.get()
    assert (priced.first_fen, priced.step_fen, priced.free_from_fen) == (850, 200, None)
    page = superuser.get(address(priced, "change")).content.decode()
    assert 'value="8.50"' in page


def test_who_registers_a_member_is_not_asked_for_a_new_name(rows: Rows, cadre: Cadre) -> None:
    client, member = cadre("430212101001"), named(rows, "householdmember")
    assert "新姓名" not in client.get(address(member, "add")).content.decode()
    assert "新姓名" in client.get(address(member, "change")).content.decode()


def test_the_book_is_read_in_words(db: None) -> None:
    assert place_in_words("household", 12, "wage") == "农户 12 · 工资性收入"
    assert reason_in_words("held_sale_paid") == "筛查暂扣：销售已付款"
    assert reason_in_words("unheard_of") == "unheard_of"
