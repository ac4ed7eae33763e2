"""Who deletes what an order refers to, and who orders, at once: one of them is refused."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import connection

from lukou_market.orders.models import OrderLine
from lukou_market.orders.place_order import PLACE, OrderRequest, arguments
from lukou_market.streams.models import Offer
from tests.concurrency.test_one_key_two_offers import WAITS, other_connection
from tests.factories import NOW, make_offer, make_producer, make_user, place

pytestmark = pytest.mark.django_db(transaction=True)

_REFUSED = psycopg.errors.ForeignKeyViolation
_LINE = """
    INSERT INTO orders_orderline (order_id, offer_id, sku_id, buyer_id, producer_id,
                                  quantity, price_fen, weight_g, total_fen, holds_stock)
    SELECT order_id, offer_id, sku_id, buyer_id, %s,
           quantity, price_fen, weight_g, total_fen, false FROM orders_orderline
"""


def meanwhile(work: Callable[[], object], then: Callable[[], object]) -> Any:
    """Start `work`, which has to wait for a lock; do `then`; the error that `work` ends with."""
    errors: list[Exception] = []

    def run() -> None:
        try:
            work()
        except psycopg.Error as error:
            errors.append(error)

    thread = Thread(target=run)
    thread.start()
    with connection.cursor() as cursor:
        while thread.is_alive():  # until it waits
            cursor.execute(WAITS)
            if cursor.fetchone() == (1,):
                break
    then()
    thread.join(10)
    return errors[0] if errors else None


def ask(orders: "psycopg.Connection[Any]", offer: Offer) -> str:
    request = OrderRequest(make_user().pk, "tap", offer.pk, 1, offer.price_fen)
    rows = orders.execute(PLACE, arguments([request], NOW)).fetchall()
    return str(rows[0][0])


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("streams_livesession", "session_of_orders_kept"),
        ("streams_offer", "offer_of_lines_kept"),
        ("catalog_sku", "sku_of_lines_kept"),
        ("households_producer", "producer_of_lines_kept"),
    ],
)
def test_a_delete_waits_for_the_order_under_way_and_is_refused(table: str, rule: str) -> None:
    offer = make_offer()
    with other_connection() as orders, other_connection() as deletes:
        orders.execute("BEGIN")
        assert ask(orders, offer) == "placed"
        error = meanwhile(lambda: deletes.execute(f"DELETE FROM {table}"), orders.commit)
    assert isinstance(error, _REFUSED)
    assert error.diag.constraint_name == rule
    assert OrderLine.objects.get().offer == offer
    assert OrderLine.objects.filter(
        order__session__isnull=False, sku__isnull=False, producer__isnull=False
    ).exists()


def test_an_order_waits_for_the_delete_under_way_and_is_refused() -> None:
    place(make_user(), make_offer())
    producer = make_producer()
    with other_connection() as orders, other_connection() as deletes:
        deletes.execute("BEGIN")
        deletes.execute("DELETE FROM households_producer WHERE id = %s", [producer.pk])
        error = meanwhile(lambda: orders.execute(_LINE, [producer.pk]), deletes.commit)
    assert isinstance(error, _REFUSED)
    assert error.diag.constraint_name == "order_line_parents_exist"
    assert OrderLine.objects.count() == 1


def test_an_order_waits_for_a_delete_that_is_undone_and_stands() -> None:
    place(make_user(), make_offer())
    producer = make_producer()
    with other_connection() as orders, other_connection() as deletes:
        deletes.execute("BEGIN")
        deletes.execute("DELETE FROM households_producer WHERE id = %s", [producer.pk])
        assert meanwhile(lambda: orders.execute(_LINE, [producer.pk]), deletes.rollback) is None
    assert OrderLine.objects.filter(producer=producer).count() == 1


def test_a_delete_that_could_not_see_the_order_is_refused() -> None:
    place(make_user(), make_offer())
    producer = make_producer()
    with other_connection() as orders, other_connection() as deletes:
        deletes.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        deletes.execute("SELECT FROM orders_orderline")  # this is what it sees from now on
        orders.execute(_LINE, [producer.pk])
        with pytest.raises(_REFUSED, match="producer_of_lines_kept"):
            deletes.execute("DELETE FROM households_producer WHERE id = %s", [producer.pk])
        deletes.rollback()
    assert OrderLine.objects.filter(producer=producer).count() == 1
