"""What buyers are texted, and that nobody is texted twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from lukou_market.accounts.sms_gateway import last_text
from lukou_market.orders.advance import mark_packed, mark_shipped
from lukou_market.orders.models import BuyerNotice, NoTexts, Order
from lukou_market.orders.notify_buyers import (
    note_late_orders,
    note_parcel_left,
    send_due_texts,
    words_of,
)
from lukou_market.orders.record_refund import record_refund
from tests.factories import NOW, make_offer, make_user, place_paid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


@pytest.fixture
def order() -> Order:
    return place_paid(make_user(phone="13912345678"), make_offer())


def shipped(order: Order) -> None:
    mark_packed(order=order, now=NOW)
    mark_shipped(order=order, now=NOW)


def texts() -> str:
    """The latest text on the buyer's phone, once."""
    text = last_text("13912345678") or ""
    cache.clear()
    return text


def test_a_parcel_that_leaves_is_told_once(order: Order) -> None:
    shipped(order)
    assert send_due_texts(now=NOW) == 1
    assert texts() == f"您的订单 {order.number} 已发货。"
    assert send_due_texts(now=NOW) == 0 and not texts()


def test_a_parcel_that_leaves_before_the_rest_is_told_with_its_boxes(order: Order) -> None:
    note_parcel_left(order=order, first_box=1, last_box=1, now=NOW)
    note_parcel_left(order=order, first_box=2, last_box=4, now=NOW)
    assert (send_due_texts(now=NOW), send_due_texts(now=NOW)) == (2, 0)
    told = [words_of(notice) for notice in BuyerNotice.objects.order_by("id")]
    assert told == [
        f"您的订单 {order.number} 第 1 箱已发货，其余稍后发出。",
        f"您的订单 {order.number} 第 2–4 箱已发货，其余稍后发出。",
    ]


def test_each_refund_is_told_with_its_amount(order: Order) -> None:
    for fen in (500, 1):
        record_refund(order=order, amount_fen=fen, now=NOW)
        send_due_texts(now=NOW)
        assert f"¥{fen // 100}.{fen % 100:02d}" in texts()


def test_an_order_that_stays_too_long_is_told_once(order: Order) -> None:
    promised = order.ship_by or NOW
    in_time, late = promised - timedelta(hours=1), promised + timedelta(hours=1)
    assert note_late_orders(now=in_time) == 0
    assert (note_late_orders(now=late), note_late_orders(now=late)) == (1, 0)
    send_due_texts(now=late)
    assert "未按承诺时间发货" in texts()


def test_an_order_that_left_in_time_is_not_late(order: Order) -> None:
    shipped(order)
    assert note_late_orders(now=(order.ship_by or NOW) + timedelta(hours=1)) == 0


def test_who_wants_no_texts_gets_none_but_the_page_tells(order: Order) -> None:
    NoTexts.objects.create(buyer=order.buyer, since=NOW)
    shipped(order)
    send_due_texts(now=NOW)
    assert not texts()
    notice = BuyerNotice.objects.get()
    assert notice.texted_at is None and notice.seen_at is None


def test_what_is_old_is_no_news(order: Order) -> None:
    shipped(order)
    send_due_texts(now=NOW + timedelta(days=2))
    assert not texts() and BuyerNotice.objects.get().texted_at is None


def test_a_provider_that_fails_is_not_asked_again_for_the_same_text(
    order: Order, settings: Any
) -> None:
    settings.SMS_GATEWAY = "tests.orders.test_notify_buyers.fail"
    shipped(order)
    assert (send_due_texts(now=NOW), send_due_texts(now=NOW)) == (1, 0)
    assert BuyerNotice.objects.get().texted_at == NOW


def fail(phone: str, text: str) -> None:
    raise ConnectionError


def test_before_anything_happens_nothing_is_told(order: Order) -> None:
    assert not BuyerNotice.objects.exists()
