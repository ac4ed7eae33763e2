from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from lukou_market.streams.errors import HostNotCertified
from lukou_market.streams.models import Host, LiveSession
from lukou_market.streams.schedule_session import schedule_session
from tests.factories import NOW, make_host

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 6, 28)


def host_certified_until_the_28th() -> Host:
    host = make_host()
    host.certified_during = DateRange(date(2025, 6, 28), LAST_DAY + timedelta(days=1))
    host.save()
    return host


def schedule(host: Host, now: datetime) -> LiveSession:
    return schedule_session(host=host, title="浦湾甜瓜", scheduled_at=NOW, now=now)


def test_a_certified_host_schedules_a_session() -> None:
    session = schedule(host_certified_until_the_28th(), NOW)
    session.refresh_from_db()
    assert (session.status, session.scheduled_at) == ("scheduled", NOW)


def test_a_certificate_ends_with_its_last_day_in_china() -> None:
    host = host_certified_until_the_28th()
    midnight = datetime(2026, 6, 28, 16, 0, tzinfo=UTC)
    schedule(host, midnight - timedelta(seconds=1))
    with pytest.raises(HostNotCertified):
        schedule(host, midnight)
    assert LiveSession.objects.count() == 1
