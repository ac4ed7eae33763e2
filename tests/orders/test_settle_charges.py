"""Shipping by place and weight, vouchers with a cap: settled at the checkout, kept when paid."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lukou_market.addresses.divisions import full_name
from lukou_market.orders import errors
from lukou_market.orders.address import Address, set_address
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.mark_paid import make_payable, mark_paid
from lukou_market.orders.models import Order, ShippingRate, Voucher, VoucherUse
from lukou_market.orders.record_refund import record_refund
from lukou_market.orders.settle_charges import Asked, settle_charges, shipping_fen
from lukou_market.streams.models import Offer
from tests.factories import (
    ADDRESS,
    NOW,
    charge,
    make_offer,
    make_user,
    make_voucher,
    place,
    place_paid,
)

pytestmark = pytest.mark.django_db
ZHUZHOU, NANJING, LHASA = "430211", "320106", "540102"


def make_rate(prefix: str, **terms: Any) -> ShippingRate:
    return ShippingRate.objects.create(prefix=prefix, name=prefix or "全国", **terms)


@pytest.fixture
def zones(db: None) -> None:
    make_rate("", first_fen=800, step_fen=300)
    make_rate("43", first_fen=600, step_fen=100, free_from_fen=7000)
    make_rate("54", delivered=False)


@pytest.fixture
def order(db: None) -> Order:
    """One box of 2.5 kg for 39.90."""
    return place(make_user(), make_offer())


def asked(division: str = ZHUZHOU, *, code: str = "", shown_fen: int | None = None) -> Asked:
    return Asked(Address("王小明", "13812345678", full_name(division)), code, shown_fen)


def test_without_rates_sending_is_free(order: Order) -> None:
    settle_charges(order=order, asked=asked(), now=NOW)
    assert (order.shipping_fen, order.due_fen) == (0, order.total_fen)


@pytest.mark.parametrize(("division", "fen"), [(ZHUZHOU, 800), (NANJING, 1400)])
def test_the_rate_of_the_nearest_zone_counts_by_begun_kilograms(
    zones: None, order: Order, division: str, fen: int
) -> None:
    assert shipping_fen(order=order, division=division) == fen


def test_from_its_threshold_on_sending_is_free(zones: None) -> None:
    two = place(make_user(), make_offer(), 2)
    assert shipping_fen(order=two, division=ZHUZHOU) == 0
    assert shipping_fen(order=two, division=NANJING) == 800 + 4 * 300


@given(weight_g=st.integers(1, 10**6), first_g=st.integers(1, 5000), step_g=st.integers(1, 5000))
def test_a_heavier_parcel_is_never_cheaper(weight_g: int, first_g: int, step_g: int) -> None:
    rate = ShippingRate(first_g=first_g, first_fen=500, step_g=step_g, step_fen=70)
    fen = rate.fen_for(weight_g=weight_g, goods_fen=1)
    paid_g = first_g + (fen - 500) // 70 * step_g
    assert paid_g >= weight_g or fen == 500
    assert rate.fen_for(weight_g=weight_g + 1, goods_fen=1) >= fen


def test_where_we_dont_send_nothing_can_be_paid(zones: None, order: Order) -> None:
    with pytest.raises(errors.NotDelivered):
        settle_charges(order=order, asked=asked(LHASA), now=NOW)
    assert Order.objects.get().shipping_fen == 0


def test_a_total_that_the_buyer_has_not_seen_is_refused_and_told(zones: None, order: Order) -> None:
    for shown_fen in (None, 3990, 4789):
        with pytest.raises(errors.TotalChanged) as refused, transaction.atomic():
            settle_charges(order=order, asked=asked(shown_fen=shown_fen), now=NOW)
    assert refused.value.detail == {
        "goods_fen": 3990, "shipping_fen": 800, "discount_fen": 0, "due_fen": 4790,
    }  # fmt: skip
    settle_charges(order=order, asked=asked(shown_fen=4790), now=NOW)
    assert Order.objects.get().due_fen == 4790


def test_a_voucher_takes_its_part_off_and_its_code_may_be_typed_anyhow(order: Order) -> None:
    voucher = make_voucher(500, code="GH2026")
    settle_charges(order=order, asked=asked(code=" gh2026 ", shown_fen=3490), now=NOW)
    voucher.refresh_from_db()
    assert (order.discount_fen, voucher.used_fen) == (500, 500)


def test_asking_again_without_it_gives_the_voucher_back(order: Order) -> None:
    voucher = make_voucher(500)
    settle_charges(order=order, asked=asked(code=voucher.code, shown_fen=3490), now=NOW)
    settle_charges(order=order, asked=asked(code=voucher.code, shown_fen=3490), now=NOW)
    assert Voucher.objects.get().used_fen == 500
    settle_charges(order=order, asked=asked(), now=NOW)
    assert (order.discount_fen, Voucher.objects.get().used_fen) == (0, 0)
    assert not VoucherUse.objects.get().holds


@pytest.mark.parametrize(
    ("terms", "refusal", "words"),
    [
        ({"min_goods_fen": 4000}, errors.VoucherNeedsMore, "40.00"),
        ({"budget_fen": 499}, errors.VoucherBudgetSpent, ""),
    ],
)
def test_a_voucher_keeps_to_its_terms(
    order: Order, terms: dict[str, Any], refusal: type[Exception], words: str
) -> None:
    voucher = make_voucher(500, **terms)
    with pytest.raises(refusal, check=lambda no: words in str(no)), transaction.atomic():
        settle_charges(order=order, asked=asked(code=voucher.code, shown_fen=3490), now=NOW)
    assert not VoucherUse.objects.exists()


def test_an_unknown_code_and_one_of_another_year_look_the_same(order: Order) -> None:
    voucher = make_voucher(500)
    for code, now in (("NONE", NOW), (voucher.code, NOW + timedelta(days=9999))):
        with pytest.raises(errors.VoucherNotValid):
            settle_charges(order=order, asked=asked(code=code), now=now)


def test_a_member_uses_it_as_often_as_the_cap_says_and_others_still_may() -> None:
    buyer, offer, voucher = make_user(), make_offer(), make_voucher(500)
    first, second, others = place(buyer, offer), place(buyer, offer), place(make_user(), offer)
    want = asked(code=voucher.code, shown_fen=3490)
    settle_charges(order=first, asked=want, now=NOW)
    settle_charges(order=others, asked=want, now=NOW)
    with pytest.raises(errors.VoucherUsedUp) as refused, transaction.atomic():
        settle_charges(order=second, asked=want, now=NOW)
    assert refused.value.detail == {"per_member": 1}
    cancel_order(buyer_id=buyer.pk, number=first.number, now=NOW)
    settle_charges(order=second, asked=want, now=NOW)


def test_the_database_itself_keeps_the_cap(order: Order) -> None:
    voucher = make_voucher(500)
    settle_charges(order=order, asked=asked(code=voucher.code, shown_fen=3490), now=NOW)
    another = place(order.buyer, make_offer())
    with pytest.raises(IntegrityError, match="voucher_member_cap"), transaction.atomic():
        VoucherUse.objects.create(
            order=another, voucher=voucher, buyer=order.buyer, off_fen=voucher.off_fen
        )


@pytest.fixture
def expired(order: Order) -> Order:
    """It held the only use of a voucher of five yuan."""
    voucher = make_voucher(500, code="GH", budget_fen=999)
    settle_charges(order=order, asked=asked(code=voucher.code, shown_fen=3490), now=NOW)
    set_address(order=order, address=ADDRESS)
    expire_due_orders(now=order.pay_by)
    order.refresh_from_db()
    assert Voucher.objects.get().used_fen == 0
    return order


def test_an_expired_order_that_is_paid_late_takes_its_voucher_again(expired: Order) -> None:
    assert make_payable(order=expired)
    mark_paid(orders=[expired], now=expired.pay_by)
    assert (Voucher.objects.get().used_fen, VoucherUse.objects.get().holds) == (500, True)
    assert expired.status == "paid"


def test_a_voucher_whose_money_went_elsewhere_is_not_taken_again(expired: Order) -> None:
    others = place(make_user(), Offer.objects.get(lines__order=expired))
    settle_charges(order=others, asked=asked(code="GH", shown_fen=3490), now=NOW)
    assert not make_payable(order=expired)
    assert Voucher.objects.get().used_fen == 500
    assert expired.lines.get().holds_stock is False


def test_a_voucher_used_for_another_order_meanwhile_is_not_taken_again(expired: Order) -> None:
    Voucher.objects.update(budget_fen=10_000)
    another = place(expired.buyer, make_offer())
    settle_charges(order=another, asked=asked(code="GH", shown_fen=3490), now=NOW)
    assert not make_payable(order=expired)
    assert Voucher.objects.get().used_fen == 500
    assert expired.lines.get().holds_stock is False


def test_without_stock_the_voucher_stays_free(expired: Order) -> None:
    offer = Offer.objects.get(lines__order=expired)
    Offer.objects.filter(pk=offer.pk).update(quota=1)
    place(make_user(), offer)
    assert not make_payable(order=expired)
    assert (Voucher.objects.get().used_fen, VoucherUse.objects.get().holds) == (0, False)


def test_a_voucher_that_has_ended_since_still_pays(expired: Order) -> None:
    Voucher.objects.update(valid_until=NOW + timedelta(minutes=1))
    assert make_payable(order=expired)


def test_an_order_refunded_whole_lets_go_of_its_voucher_and_in_part_keeps_it(order: Order) -> None:
    charge(order, shipping_fen=0, discount_fen=500)
    set_address(order=order, address=ADDRESS)
    mark_paid(orders=[order], now=NOW)
    record_refund(order=order, amount_fen=3489, now=NOW)
    assert Voucher.objects.get().used_fen == 500
    record_refund(order=order, amount_fen=1, now=NOW)
    assert (Voucher.objects.get().used_fen, VoucherUse.objects.get().holds) == (0, False)


def test_what_was_charged_stays_once_it_is_paid() -> None:
    order = place_paid(make_user(), make_offer())
    order.shipping_fen = 1
    with pytest.raises(IntegrityError, match="order_charges_kept"), transaction.atomic():
        order.save()


@settings(deadline=None, max_examples=30)
@given(
    shipping_fen=st.integers(0, 3000), discount_fen=st.integers(0, 3989),
    parts=st.lists(st.integers(1, 3000), max_size=4),
)  # fmt: skip
def test_refunds_take_goods_first_and_the_last_one_settles_all(
    shipping_fen: int, discount_fen: int, parts: list[int]
) -> None:
    with transaction.atomic():
        order = place(make_user(), make_offer())
        charge(order, shipping_fen=shipping_fen, discount_fen=discount_fen)
        order.address = "某地"
        order.save()
        mark_paid(orders=[order], now=NOW)
        left_fen = order.due_fen
        for part in [*parts, left_fen]:
            if fen := min(part, left_fen):
                record_refund(order=order, amount_fen=fen, now=NOW)
                left_fen -= fen
        back = [
            (e.amount_fen - e.shipping_fen + e.discount_fen, e.shipping_fen, e.discount_fen)
            for e in order.events.filter(kind="refund")
        ]
        assert [sum(part) for part in zip(*back, strict=True)] == [
            order.total_fen, shipping_fen, discount_fen,
        ]  # fmt: skip
        assert order.status == "refunded"
        transaction.set_rollback(True)
