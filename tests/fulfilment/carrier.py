"""A carrier for these tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lukou_market.demo.carrier_standin.server import API_KEY, CarrierStandIn


@contextmanager
def carrier_at_work(settings: Any) -> Iterator[CarrierStandIn]:
    """The stand-in, with the shop's settings leading to it."""
    with CarrierStandIn() as standin:
        settings.CARRIER_API_BASE, settings.CARRIER_API_KEY = standin.base_url, API_KEY
        yield standin
