"""The same key sent for two offers at once, each through its own connection: one order."""

import os
from threading import Thread

import psycopg
import pytest
from django.db import connection

from lukou_market.orders.models import Order
from lukou_market.orders.place_order import PLACE, OrderRequest, arguments
from lukou_market.streams.models import Offer
from tests.factories import NOW, make_offer, make_user

WAITS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def other_connection() -> "psycopg.Connection[tuple[object, ...]]":
    server, _, _name = os.environ["DATABASE_URL"].rpartition("/")
    return psycopg.connect(f"{server}/{connection.settings_dict['NAME']}", autocommit=True)


@pytest.mark.django_db(transaction=True)
def test_the_later_one_is_told_that_the_key_is_in_use_and_takes_nothing() -> None:
    buyer, first, second = make_user(), make_offer(quota=5), make_offer(quota=5)
    answers: list[object] = []

    def ask(connected: "psycopg.Connection[tuple[object, ...]]", offer: Offer) -> None:
        request = OrderRequest(buyer.pk, "tap", offer.pk, 1, offer.price_fen)
        rows = connected.execute(PLACE, arguments([request], NOW)).fetchall()
        answers.append(rows[0][0])

    with other_connection() as one, other_connection() as other, connection.cursor() as cursor:
        with one.transaction():
            ask(one, first)
            late = Thread(target=ask, args=(other, second))
            late.start()
            while late.is_alive():  # until it waits for the first one's COMMIT
                cursor.execute(WAITS)
                if cursor.fetchone() == (1,):
                    break
        late.join(10)

    assert answers == ["placed", "idempotency_key_reused"]
    assert Order.objects.get().lines.get().offer == first
    assert list(Offer.objects.order_by("id").values_list("taken", flat=True)) == [1, 0]
