"""What happens to an order after it was placed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lukou_market.orders import errors
from lukou_market.orders.address import set_address
from lukou_market.orders.advance import mark_packed, mark_received, mark_shipped
from lukou_market.orders.cancel_order import cancel_order
from lukou_market.orders.expire_orders import expire_due_orders
from lukou_market.orders.mark_paid import make_payable, mark_paid
from lukou_market.orders.models import Order
from lukou_market.orders.record_refund import record_refund
from tests.factories import ADDRESS, NOW, make_offer, make_user, place, place_paid

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=15)


def kinds(order: Order) -> list[str]:
    return list(order.events.values_list("kind", flat=True))


def test_cancelling_gives_the_stock_back_and_repeating_it_changes_nothing() -> None:
    buyer, offer = make_user(), make_offer()
    order = place(buyer, offer, 2)
    for _ in range(2):
        cancelled = cancel_order(buyer_id=buyer.pk, number=order.number, now=NOW)
        offer.refresh_from_db()
        assert (cancelled.status, offer.taken) == ("cancelled", 0)
    assert kinds(order) == ["cancelled"]


def test_a_paid_order_is_not_cancelled() -> None:
    buyer, offer = make_user(), make_offer()
    order = place_paid(buyer, offer)
    with pytest.raises(errors.OrderNotCancellable):
        cancel_order(buyer_id=buyer.pk, number=order.number, now=NOW)
    offer.refresh_from_db()
    order.refresh_from_db()
    assert (order.status, offer.taken) == ("paid", 1)


def test_somebody_elses_order_does_not_exist() -> None:
    order = place(make_user(), make_offer())
    with pytest.raises(errors.OrderNotFound):
        cancel_order(buyer_id=make_user().pk, number=order.number, now=NOW)
    order.refresh_from_db()
    assert order.status == "placed"


def test_unpaid_orders_expire_when_their_time_is_over_and_not_before() -> None:
    offer = make_offer()
    order, paid = place(make_user(), offer, 2), place_paid(make_user(), offer)
    assert expire_due_orders(now=LATER - timedelta(seconds=1)) == 0
    assert expire_due_orders(now=LATER) == 1
    assert expire_due_orders(now=LATER) == 0
    order.refresh_from_db()
    paid.refresh_from_db()
    offer.refresh_from_db()
    assert (order.status, paid.status, offer.taken) == ("expired", "paid", 1)


def test_a_late_payment_takes_stock_again_when_there_is_some() -> None:
    offer = make_offer(quota=1)
    order = place(make_user(), offer)
    expire_due_orders(now=LATER)
    order.refresh_from_db()
    set_address(order=order, address=ADDRESS)

    assert make_payable(order=order)
    mark_paid(orders=[order], now=LATER)

    offer.refresh_from_db()
    assert (order.status, offer.taken) == ("paid", 1)
    assert kinds(order) == ["expired", "paid"]


def test_a_late_payment_fails_when_somebody_else_took_the_stock() -> None:
    offer = make_offer(quota=1)
    order = place(make_user(), offer)
    expire_due_orders(now=LATER)
    place(make_user(), offer, now=LATER)
    order.refresh_from_db()

    assert not make_payable(order=order)

    offer.refresh_from_db()
    order.refresh_from_db()
    assert (order.status, order.paid_at, offer.taken) == ("expired", None, 1)


def test_a_late_payment_does_not_take_the_buyer_over_the_limit() -> None:
    buyer, offer = make_user(), make_offer(limit=1)
    order = place(buyer, offer)
    expire_due_orders(now=LATER)
    place(buyer, offer, now=LATER)
    order.refresh_from_db()
    assert not make_payable(order=order)


def test_a_cancelled_or_paid_order_can_not_be_paid() -> None:
    buyer, offer = make_user(), make_offer()
    paid, cancelled = place_paid(buyer, offer), place(buyer, offer)
    cancelled = cancel_order(buyer_id=buyer.pk, number=cancelled.number, now=NOW)
    assert not make_payable(order=paid)
    assert not make_payable(order=cancelled)


def test_the_steps_go_in_order_and_each_is_kept_in_the_history() -> None:
    order = place_paid(make_user(), make_offer())
    with pytest.raises(errors.OrderNotInStatus):
        mark_shipped(order=order, now=NOW)
    mark_packed(order=order, now=NOW)
    mark_shipped(order=order, now=NOW)
    mark_received(order=order, now=NOW)
    assert kinds(order) == ["paid", "packed", "shipped", "received"]


def test_a_whole_refund_before_shipping_puts_the_stock_on_sale_again() -> None:
    offer = make_offer()
    order = place_paid(make_user(), offer, 2)
    record_refund(order=order, amount_fen=order.total_fen, now=NOW)
    offer.refresh_from_db()
    assert (order.status, offer.taken) == ("refunded", 0)


def test_a_part_refund_leaves_the_order_where_it_is() -> None:
    offer = make_offer()
    order = place_paid(make_user(), offer, 2)
    record_refund(order=order, amount_fen=100, now=NOW)
    offer.refresh_from_db()
    assert (order.status, order.net_fen, offer.taken) == ("paid", 7880, 2)


def test_a_refund_after_shipping_does_not_sell_the_parcel_twice() -> None:
    offer = make_offer()
    order = place_paid(make_user(), offer)
    mark_packed(order=order, now=NOW)
    mark_shipped(order=order, now=NOW)
    record_refund(order=order, amount_fen=order.total_fen, now=NOW)
    offer.refresh_from_db()
    assert (order.status, offer.taken) == ("refunded", 1)


def test_no_more_is_refunded_than_was_paid() -> None:
    order = place_paid(make_user(), make_offer())
    with pytest.raises(IntegrityError, match="order_refund_within_total"), transaction.atomic():
        record_refund(order=order, amount_fen=order.total_fen + 1, now=NOW)
    order.refresh_from_db()
    assert order.refunded_fen == 0
