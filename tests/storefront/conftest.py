"""Stripe's stand-in for pages that lead to it."""

from collections.abc import Iterator
from typing import Any

import pytest

from lukou_market.demo.stripe_standin.server import StandIn


@pytest.fixture
def standin(settings: Any) -> Iterator[StandIn]:
    with StandIn() as standin:
        settings.STRIPE_API_KEY = standin.api_key
        settings.STRIPE_API_BASE = standin.base_url
        settings.STRIPE_WEBHOOK_SECRET = standin.webhook_secret
        yield standin
