"""A whole refund puts back on sale what has not left, and nothing else."""

import pytest
from django.db import IntegrityError, connection, transaction

from lukou_market.aid.audit_checks import OFFER_TAKEN_EQUALS_ITS_ORDERS, OVERSOLD_UNITS
from lukou_market.fulfilment.models import Shipment
from lukou_market.orders.models import Order, OrderLine
from lukou_market.orders.record_refund import record_refund
from lukou_market.streams.models import Offer
from tests.factories import NOW, make_offer
from tests.fulfilment.parcels import pack, ship, sold, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db: None) -> Order:
    """Three boxes of a hundred."""
    return sold(make_offer(quota=100), quantity=3)


def send_boxes(order: Order, first_box: int, boxes: int) -> None:
    pack(order, 2500 * boxes, first_box=first_box, boxes=boxes)
    ship(order, f"E{first_box}", first_box=first_box)


def taken(order: Order) -> int:
    return Offer.objects.get(lines__order=order).taken


def refund_whole(order: Order) -> None:
    order.refresh_from_db()
    record_refund(order=order, amount_fen=order.net_fen, now=NOW)


def differences() -> tuple[list[tuple[str, int]], int]:
    """What the audit says of stock."""
    with connection.cursor() as cursor:
        cursor.execute(OFFER_TAKEN_EQUALS_ITS_ORDERS)
        rows = cursor.fetchall()
        cursor.execute(OVERSOLD_UNITS)
        return rows, int(cursor.fetchall()[0][0])


def test_what_a_carrier_has_is_gone_and_the_rest_is_sold_again(order: Order) -> None:
    send_boxes(order, 1, 2)
    refund_whole(order)
    assert (status_of(order), taken(order)) == ("refunded", 2)
    assert differences() == ([], 0)


def test_what_is_packed_and_still_here_is_sold_again(order: Order) -> None:
    pack(order, 5000, boxes=2)
    refund_whole(order)
    assert taken(order) == 0 and differences() == ([], 0)


def test_of_an_order_that_is_shipped_nothing_is_sold_again(order: Order) -> None:
    send_boxes(order, 1, 3)
    refund_whole(order)
    assert (taken(order), order.lines.get().shipped_quantity) == (3, 3)
    assert differences() == ([], 0)


def test_a_refund_of_a_part_puts_nothing_on_sale(order: Order) -> None:
    send_boxes(order, 1, 1)
    order.refresh_from_db()
    record_refund(order=order, amount_fen=7980, now=NOW)
    assert taken(order) == 3


def second_line(order: Order, quantity: int) -> OrderLine:
    """The order has boxes of another offer, too."""
    first, offer = order.lines.get(), make_offer(quota=100)
    offer.taken = quantity
    offer.save(update_fields=["taken"])
    return OrderLine.objects.create(
        order=order, offer=offer, buyer_id=first.buyer_id, sku=offer.sku,
        producer=offer.sku.product.producer, quantity=quantity, price_fen=offer.price_fen,
        weight_g=2500 * quantity, total_fen=offer.price_fen * quantity,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first_box", "boxes", "of_first", "of_second"),
    [(1, 2, 2, 0), (1, 3, 3, 0), (1, 4, 3, 1), (1, 5, 3, 2)],
)
def test_a_parcels_boxes_are_counted_on_the_lines_they_belong_to(
    order: Order, first_box: int, boxes: int, of_first: int, of_second: int
) -> None:
    second = second_line(order, 2)
    send_boxes(order, first_box, boxes)
    counted = list(order.lines.order_by("id").values_list("shipped_quantity", flat=True))
    assert counted == [of_first, of_second]
    if boxes < 5:
        pack(order, 2500 * (5 - boxes), first_box=boxes + 1)
        ship(order, "E-rest", first_box=boxes + 1)
    counted = list(order.lines.order_by("id").values_list("shipped_quantity", flat=True))
    assert counted == [3, second.quantity]


@pytest.mark.parametrize(
    "change",
    [
        {"shipped_at": None, "carrier": "", "tracking_number": ""},
        {"tracking_number": "E9"},
        {"booked_at": NOW},
    ],
)
def test_a_parcel_leaves_once(order: Order, change: dict[str, object]) -> None:
    send_boxes(order, 1, 3)
    with pytest.raises(IntegrityError, match="shipment_left_once"), transaction.atomic():
        Shipment.objects.update(**change)
    assert order.lines.get().shipped_quantity == 3
