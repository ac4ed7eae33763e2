"""Two workers that post at the same time draw on the same lots."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from lukou_market.aid.audit_books import audit_books
from lukou_market.aid.models import LotDraw, LotWait
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.catalog.models import LotSupply, Product
from lukou_market.orders.models import OrderEvent
from lukou_market.orders.record_refund import record_refund
from tests.factories import (
    NOW,
    make_household,
    make_link,
    make_lot,
    make_offer,
    make_producer,
    make_sku,
    make_user,
    place_paid,
)


def post_all(_: int) -> None:
    try:
        while post_due_orders(now=NOW, limit=3):
            pass
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_no_kilogram_is_sold_twice_and_none_is_left_while_an_order_waits() -> None:
    """40 orders of 2.5 kg, some given back meanwhile; 70 kg in lots of many farmers."""
    producer = make_producer()
    make_link(producer, None, mechanism="purchase", rate_fen_per_kg=400)
    offer = make_offer(sku=make_sku(producer), price_fen=3990)
    for day in (26, 27):
        brought = {make_household(): 7_000 for _ in range(5)}
        make_lot(offer.sku.product, date(2026, 6, day), brought)
    orders = [place_paid(make_user(), offer) for _ in range(40)]

    for round_ in range(2):
        with ThreadPoolExecutor(3) as workers:
            list(workers.map(post_all, range(3)))
        # What a worker skipped because another looked at it is still due.
        while post_due_orders(now=NOW):
            pass
        drawn = LotDraw.objects.filter(released=False).aggregate(g=Sum("weight_g"))["g"]
        assert drawn == LotSupply.objects.aggregate(g=Sum("drawn_g"))["g"] == 70_000
        assert LotWait.objects.count() == OrderEvent.objects.filter(posted=False).count()
        if round_ == 0:
            assert LotWait.objects.count() == 12
            served = [order for order in orders if not LotWait.objects.filter(order=order).exists()]
            for order in served[::4]:
                record_refund(order=order, amount_fen=3990, now=NOW)
    assert LotWait.objects.count() == 12 - 7
    assert not [
        row for row in audit_books(with_stripe=False).findings if row.check == "rules ↔ book"
    ]


def post_once() -> int:
    try:
        return post_due_orders(now=NOW)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_worker_leaves_what_another_draws_on_and_posts_the_rest() -> None:
    buying, sharing = make_producer(), make_producer()
    make_link(buying, None, mechanism="purchase", rate_fen_per_kg=400)
    from_lots = make_offer(sku=make_sku(buying), price_fen=3990)
    make_lot(from_lots.sku.product, date(2026, 6, 26), {make_household(): 7_000})
    drawing = place_paid(make_user(), from_lots)
    other = place_paid(make_user(), make_offer(sku=make_sku(sharing), price_fen=1990))

    with ThreadPoolExecutor(1) as workers, transaction.atomic():
        list(Product.objects.select_for_update(no_key=True).filter(pk=from_lots.sku.product_id))
        assert workers.submit(post_once).result(timeout=60) == 1
    assert OrderEvent.objects.get(posted=True).order == other
    assert not LotDraw.objects.exists()
    assert not LotWait.objects.exists()

    assert post_due_orders(now=NOW) == 1
    assert LotDraw.objects.get().line.order == drawing
