"""X-Forwarded-For counts as far as there are proxies that wrote it."""

from typing import Any

import pytest
from django.test import RequestFactory

from lukou_market.accounts.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "10.9.9.9", "192.0.2.1"),
        (1, "10.9.9.9", "10.9.9.9"),
        (1, "8.8.8.8, 10.9.9.9", "10.9.9.9"),
        (2, "8.8.8.8, 10.9.9.9, 10.0.0.1", "10.9.9.9"),
        (1, None, "192.0.2.1"),
    ],
)
def test_the_header_is_believed_as_far_as_there_are_proxies(
    settings: Any, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == address
