"""June's books, of a Stripe that agrees, and the cadres of the village that sold."""

import pytest

from lukou_market.aid import closing_gate
from lukou_market.payments.record_discrepancies import record_discrepancies
from tests.aid.conftest import refused
from tests.aid.months import Books
from tests.factories import make_household, make_link, make_offer, make_producer, make_sku
from tests.village_reports.people import Cadres

__all__ = ["refused"]


@pytest.fixture
def books(db: None, monkeypatch: pytest.MonkeyPatch) -> Books:
    """A sale of 10 yuan in June, of which a household gets 3."""
    producer, household = make_producer(), make_household()
    make_link(producer, household, 3000)
    books = Books(producer, household, make_offer(sku=make_sku(producer), price_fen=1000))
    monkeypatch.setattr(
        closing_gate,
        "settle_with_stripe",
        lambda now: record_discrepancies(differences=books.differences, now=now),
    )
    books.sale()
    return books


@pytest.fixture
def cadres(books: Books) -> Cadres:
    return Cadres()
