"""Books with two months' sales, and a way to break a rule of the database."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from lukou_market.aid import closing_gate
from lukou_market.payments.errors import StripeUnavailable
from lukou_market.payments.record_discrepancies import record_discrepancies
from tests.aid.months import Books
from tests.factories import make_household, make_link, make_offer, make_producer, make_sku


@pytest.fixture
def books(db: None, monkeypatch: pytest.MonkeyPatch) -> Books:
    """A producer, two households that share its sales, and a Stripe that knows their money."""
    producer, household = make_producer(), make_household()
    make_link(producer, household, 3000)
    make_link(producer, make_household(), 1500)
    offer = make_offer(sku=make_sku(producer), price_fen=1000)
    books = Books(producer, household, offer)

    def settle(*, now: datetime) -> None:
        if not books.stripe_answers:
            raise StripeUnavailable
        record_discrepancies(differences=books.differences, now=now)

    monkeypatch.setattr(closing_gate, "settle_with_stripe", settle)
    return books


@pytest.fixture
def refused(db: None) -> Callable[[str, str], None]:
    """Run SQL and see it refused by a rule, by name; nothing of it stays."""

    def run(rule: str, sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the test wrote is in order
        with (
            pytest.raises((IntegrityError, InternalError), match=rule),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    return run
