import pytest

from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order
from lukou_market.payments.decide_refund import approve_refund, reject_refund
from lukou_market.payments.errors import (
    NotRefundable,
    RefundDecided,
    RefundInProgress,
    RefundNotFound,
    RefundTooLarge,
)
from lukou_market.payments.models import Payment, Refund
from lukou_market.payments.request_refund import request_refund
from tests.factories import make_user
from tests.payments.shop import Shop


def packed_order(shop: Shop) -> Order:
    order = shop.paid_order()
    Order.objects.filter(pk=order.pk).update(status="packed")
    return order


def refunding_fen() -> int:
    return Payment.objects.get().refunding_fen


def test_all_of_an_order_that_is_not_packed_is_approved_at_once(shop: Shop) -> None:
    refund = shop.ask_back(shop.paid_order())
    assert (refund.status, refund.reason, refund.amount_fen) == ("approved", "buyer", 3990)
    assert refunding_fen() == 3990


def test_a_part_waits_for_a_decision(shop: Shop) -> None:
    refund = shop.ask_back(shop.paid_order(), 990)
    assert (refund.status, refund.amount_fen, refunding_fen()) == ("requested", 990, 990)


def test_all_of_a_packed_order_waits_for_a_decision(shop: Shop) -> None:
    refund = shop.ask_back(packed_order(shop))
    assert (refund.status, refund.amount_fen) == ("requested", 3990)


def test_more_than_was_paid_is_too_much(shop: Shop) -> None:
    order = shop.paid_order()
    with pytest.raises(RefundTooLarge):
        shop.ask_back(order, 3991)
    assert (refunding_fen(), Refund.objects.count()) == (0, 0)


def test_more_than_is_left_is_too_much(shop: Shop) -> None:
    order = packed_order(shop)
    approve_refund(refund_id=shop.ask_back(order, 990).pk, now=shop.now)
    shop.settle()
    with pytest.raises(RefundTooLarge):
        shop.ask_back(order, 3001)
    assert shop.ask_back(order).amount_fen == 3000


@pytest.mark.parametrize("status", ["requested", "approved", "sent"])
def test_a_second_request_waits_for_the_first(shop: Shop, status: str) -> None:
    order = packed_order(shop)
    first = shop.ask_back(order, 990)
    if status != "requested":
        approve_refund(refund_id=first.pk, now=shop.now)
    if status == "sent":
        Refund.objects.update(status="sent")
    with pytest.raises(RefundInProgress):
        shop.ask_back(order, 990)
    assert (refunding_fen(), Refund.objects.count()) == (990, 1)


def test_an_unpaid_order_has_nothing_to_refund(shop: Shop) -> None:
    with pytest.raises(NotRefundable):
        shop.ask_back(shop.order())
    assert not Refund.objects.exists()


def test_a_refunded_order_has_nothing_left(shop: Shop) -> None:
    order = shop.paid_order()
    shop.ask_back(order)
    shop.settle()
    with pytest.raises(NotRefundable):
        shop.ask_back(order)
    assert Refund.objects.count() == 1


def test_a_payment_that_goes_back_by_itself_does_not_stand_in_the_way(shop: Shop) -> None:
    order = shop.order()
    for payment in (shop.checkout(order), shop.checkout(order)):
        shop.pay(payment)
    shop.hear()
    assert Refund.objects.get().reason == "paid_twice"
    assert shop.ask_back(order).payment.applied


def test_somebody_elses_order_is_not_found(shop: Shop) -> None:
    order = shop.paid_order()
    with pytest.raises(OrderNotFound):
        request_refund(
            buyer_id=make_user().pk, number=order.number, amount_fen=None, note="", now=shop.now
        )
    assert not Refund.objects.exists()


def test_an_approved_refund_can_be_approved_again_but_not_rejected(shop: Shop) -> None:
    refund = shop.ask_back(packed_order(shop))
    for _ in range(2):
        assert approve_refund(refund_id=refund.pk, now=shop.now).status == "approved"
    with pytest.raises(RefundDecided):
        reject_refund(refund_id=refund.pk, now=shop.now)
    assert refunding_fen() == 3990


def test_a_rejected_refund_frees_its_amount_once(shop: Shop) -> None:
    refund = shop.ask_back(packed_order(shop))
    for _ in range(2):
        assert reject_refund(refund_id=refund.pk, now=shop.now).status == "rejected"
    with pytest.raises(RefundDecided):
        approve_refund(refund_id=refund.pk, now=shop.now)
    assert refunding_fen() == 0


def test_deciding_on_nothing_is_not_found(shop: Shop) -> None:
    with pytest.raises(RefundNotFound):
        approve_refund(refund_id=0, now=shop.now)
