"""The promise of when an order leaves, and what its buyer may do once it is broken."""

from datetime import datetime, timedelta

import pytest

from lukou_market.fulfilment.errors import NotWithdrawable
from lukou_market.fulfilment.withdraw_order import is_late, withdraw_order
from lukou_market.orders.models import Order
from lukou_market.payments.models import Refund
from tests.factories import NOW
from tests.fulfilment.parcels import pack, ship, sold, stripe_gives_back

pytestmark = pytest.mark.django_db
LATE, A_SECOND = NOW + timedelta(hours=48), timedelta(seconds=1)


def withdraw(order: Order, now: datetime = LATE) -> Refund:
    return withdraw_order(buyer_id=order.buyer_id, number=order.number, now=now)


def test_a_paid_order_is_promised_to_leave_in_two_days() -> None:
    assert sold().ship_by == LATE


def test_an_order_still_here_is_late_once_its_time_is_over() -> None:
    order = sold()
    assert (is_late(order, LATE - A_SECOND), is_late(order, LATE)) == (False, True)


def test_an_order_that_left_is_not_late() -> None:
    order = sold()
    pack(order)
    ship(order)
    order.refresh_from_db()
    assert not is_late(order, LATE)


def test_before_it_is_packed_an_order_is_given_up_without_asking() -> None:
    order = sold()
    refund = withdraw(order)
    assert (refund.status, refund.amount_fen) == ("approved", order.total_fen)
    stripe_gives_back()
    order.refresh_from_db()
    assert order.status == "refunded"


def test_a_packed_order_is_given_up_only_when_it_is_late() -> None:
    order = sold(quantity=2)
    pack(order, 4900)
    with pytest.raises(NotWithdrawable):
        withdraw(order, LATE - A_SECOND)
    assert Refund.objects.get().reason == "lighter"
    stripe_gives_back()
    refund = withdraw(order)
    assert (refund.status, refund.amount_fen) == ("approved", 7980 - 160)


def test_an_order_of_which_a_part_has_left_is_not_given_up() -> None:
    order = sold(quantity=2)
    pack(order, 2500, boxes=1)
    ship(order)
    with pytest.raises(NotWithdrawable):
        withdraw(order)
    assert not Refund.objects.exists()
