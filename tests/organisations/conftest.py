"""An organisation, an offer that is open to it, and a bank account of the shop."""

from datetime import timedelta
from typing import Any

import pytest

from lukou_market.organisations.models import Organisation
from lukou_market.streams.models import LiveSession, Offer
from tests.factories import NOW, make_offer, make_session
from tests.organisations.lists import make_organisation
from tests.organisations.transfers import ACCOUNT


@pytest.fixture
def offer(db: None) -> Offer:
    """Of a stream that is over: organisations may order for another day."""
    ended = make_session(LiveSession.Status.ENDED)
    return make_offer(ended, quota=1000, limit=2, organisations_until=NOW + timedelta(days=1))


@pytest.fixture
def organisation(db: None) -> Organisation:
    return make_organisation()


@pytest.fixture
def our_account(settings: Any) -> None:
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)
