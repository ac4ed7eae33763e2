"""Who may open a receipt, and until when."""

import pytest
from django.db import connection

from lukou_market.orders.errors import OrderNotFound, OrderNotPaid, ReceiptNotFound
from lukou_market.orders.models import Order, ReceiptLink
from lukou_market.orders.share_receipt import (
    order_of_receipt,
    receipt_token,
    share_receipt,
    stop_sharing_receipt,
)
from tests.factories import NOW, make_offer, make_user, place, place_paid

pytestmark = pytest.mark.django_db


def shared(order: Order) -> str:
    return share_receipt(buyer_id=order.buyer_id, number=order.number, now=NOW)


def test_a_token_is_long_opens_its_order_and_can_be_read_again() -> None:
    order = place_paid(make_user(), make_offer())
    token = shared(order)
    assert len(token) * 6 >= 128  # bits, six in each letter
    assert order_of_receipt(token) == order
    assert receipt_token(order) == token


def test_the_table_alone_opens_nothing() -> None:
    token = shared(place_paid(make_user(), make_offer()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT token, token_digest FROM orders_receiptlink")
        assert token not in str(cursor.fetchall())


def test_a_new_link_ends_the_old_one() -> None:
    order = place_paid(make_user(), make_offer())
    old, new = shared(order), shared(order)
    assert old != new and order_of_receipt(new) == order
    with pytest.raises(ReceiptNotFound):
        order_of_receipt(old)


def test_a_link_that_its_buyer_has_ended_opens_nothing_and_is_forgotten() -> None:
    order = place_paid(make_user(), make_offer())
    token = shared(order)
    stop_sharing_receipt(buyer_id=order.buyer_id, number=order.number, now=NOW)
    with pytest.raises(ReceiptNotFound):
        order_of_receipt(token)
    assert receipt_token(order) == ReceiptLink.objects.get().token == ""


def test_an_order_that_is_not_paid_has_no_receipt() -> None:
    with pytest.raises(OrderNotPaid):
        shared(place(make_user(), make_offer()))
    assert not ReceiptLink.objects.exists()


def test_nobody_shares_or_ends_the_receipt_of_somebody_else() -> None:
    order = place_paid(make_user(), make_offer())
    token = shared(order)
    for step in (share_receipt, stop_sharing_receipt):
        with pytest.raises(OrderNotFound):
            step(buyer_id=make_user().pk, number=order.number, now=NOW)
    assert receipt_token(order) == token
