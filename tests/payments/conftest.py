"""The real SDK, pointed at a stand-in that lives at the same time as the tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from lukou_market.demo.stripe_standin.server import StandIn
from tests.factories import make_offer, make_user
from tests.payments.shop import Clock, Shop


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def standin(settings: Any, clock: Clock) -> Iterator[StandIn]:
    with StandIn(clock=clock) as standin:
        settings.STRIPE_API_KEY = standin.api_key
        settings.STRIPE_API_BASE = standin.base_url
        settings.STRIPE_WEBHOOK_SECRET = standin.webhook_secret
        yield standin


@pytest.fixture
def stripe_down(settings: Any) -> None:
    """Nobody listens on this port."""
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"


@pytest.fixture
def shop(db: None, standin: StandIn, clock: Clock) -> Shop:
    return Shop(standin, clock, buyer=make_user(), offer=make_offer(quota=10))
