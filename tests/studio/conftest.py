"""A host at their console."""

import pytest
from django.test import Client

from lukou_market.streams.models import Host
from tests.factories import make_host


@pytest.fixture
def host(db: None) -> Host:
    return make_host()


@pytest.fixture
def console(host: Host) -> Client:
    client = Client()
    client.force_login(host.user)
    return client
