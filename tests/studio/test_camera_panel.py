"""Whether the console offers to go live from the browser."""

from typing import Any

import pytest
from django.test import Client

from lukou_market.streams.models import Host
from tests.factories import make_session

pytestmark = pytest.mark.django_db
BUTTON = 'data-camera="start"'


@pytest.fixture
def ingest(settings: Any) -> None:
    settings.INGEST_URL = "rtmp://ingest.test/live"


@pytest.mark.parametrize("status", ["scheduled", "live", "interrupted"])
def test_a_session_that_may_start_or_runs_has_the_button(
    console: Client, host: Host, ingest: None, status: str
) -> None:
    session = make_session(status, host=host)
    page = console.get(f"/studio/sessions/{session.pk}/").content.decode()
    assert BUTTON in page
    assert f'data-url="/studio/sessions/{session.pk}/picture/"' in page


@pytest.mark.parametrize("status", ["ended", "cancelled"])
def test_a_session_that_is_over_has_none(
    console: Client, host: Host, ingest: None, status: str
) -> None:
    session = make_session(status, host=host)
    assert BUTTON not in console.get(f"/studio/sessions/{session.pk}/").content.decode()


def test_without_an_ingest_the_page_says_how_a_picture_is_shown(
    console: Client, host: Host, settings: Any
) -> None:
    settings.INGEST_URL = ""
    session = make_session(host=host)
    page = console.get(f"/studio/sessions/{session.pk}/").content.decode()
    assert BUTTON not in page
    assert "libnginx-mod-rtmp" in page
