"""PostgreSQL drops the gate's connection: the buyer is told to try again, and then it works."""

import httpx
import pytest
from django.db import connection

from lukou_market.accounts.tokens import issue_tokens
from lukou_market.orders.models import Order
from tests.factories import make_offer, make_user
from tests.gate_process import running_gate

_DROP = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE query LIKE '%FROM place_orders(%' AND pid <> pg_backend_pid()
"""


@pytest.mark.django_db(transaction=True)
def test_a_dropped_connection_is_answered_with_busy_and_opened_again() -> None:
    offer, buyer = make_offer(), make_user()
    body = {"offer": offer.pk, "quantity": 1, "shown_total_fen": offer.price_fen}
    token = {"Authorization": f"Bearer {issue_tokens(buyer)['access']}"}
    with running_gate() as gate:

        def tap(key: str) -> httpx.Response:
            headers = token | {"Idempotency-Key": key}
            return httpx.post(f"{gate.url}/api/v1/orders/", json=body, headers=headers)

        assert tap("first").status_code == 201
        with connection.cursor() as cursor:
            cursor.execute(_DROP)
            assert cursor.fetchall() == [(True,)]
        refused = tap("second")
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert refused.headers["Retry-After"] == "1"
        assert Order.objects.count() == 1
        assert tap("second").status_code == 201
    assert Order.objects.count() == 2
