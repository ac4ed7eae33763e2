"""What the page tells a buyer, and the choice of texts."""

import pytest

from lukou_market.orders.advance import mark_packed, mark_shipped
from lukou_market.orders.models import BuyerNotice, NoTexts, Order
from tests.factories import NOW, make_offer, make_user, place_paid
from tests.storefront.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    order = place_paid(make_user(), make_offer())
    mark_packed(order=order, now=NOW)
    mark_shipped(order=order, now=NOW)
    return order


def test_the_orders_page_tells_until_the_order_was_looked_at(order: Order) -> None:
    buyer = signed_in(order.buyer)
    assert "已发货。" in buyer.get("/orders/").content.decode()
    buyer.get(f"/orders/{order.number}/")
    assert "已发货。" not in buyer.get("/orders/").content.decode()
    assert "已发货。" in buyer.get("/messages/").content.decode()


def test_nobody_reads_or_marks_somebody_elses(order: Order) -> None:
    stranger = signed_in(make_user())
    assert order.number not in stranger.get("/messages/").content.decode()
    stranger.get(f"/orders/{order.number}/")
    assert BuyerNotice.objects.get().seen_at is None


def test_texts_are_stopped_and_taken_up_again(order: Order) -> None:
    buyer = signed_in(order.buyer)
    for _ in range(2):
        buyer.post("/messages/texts/", {"texts": "no"})
    assert NoTexts.objects.get().buyer == order.buyer
    assert "恢复短信" in buyer.get("/messages/").content.decode()
    buyer.post("/messages/texts/", {"texts": "yes"})
    assert not NoTexts.objects.exists()
