from datetime import datetime, timedelta
from typing import Any

import pytest

from lukou_market.streams.end_forgotten import end_forgotten_sessions
from lukou_market.streams.models import LiveSession
from lukou_market.streams.run_session import resume_session, start_session
from tests.factories import NOW, make_session

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def patience(settings: Any) -> None:
    settings.RECONNECT = timedelta(minutes=10)
    settings.LONGEST_SESSION = timedelta(hours=12)


def interrupted(since: datetime) -> LiveSession:
    session = make_session("interrupted")
    LiveSession.objects.filter(pk=session.pk).update(status_at=since)
    return session


def status(session: LiveSession) -> str:
    session.refresh_from_db()
    return session.status


def test_a_session_whose_picture_does_not_come_back_is_ended() -> None:
    session = interrupted(NOW)
    assert end_forgotten_sessions(now=NOW + timedelta(minutes=10) - MOMENT) == 0
    assert status(session) == "interrupted"
    assert end_forgotten_sessions(now=NOW + timedelta(minutes=10)) == 1
    assert status(session) == "ended"
    assert session.ended_at == NOW + timedelta(minutes=10)
    assert end_forgotten_sessions(now=NOW + timedelta(hours=1)) == 0


def test_a_session_that_came_back_has_its_whole_time_again() -> None:
    session = interrupted(NOW)
    resume_session(session_id=session.pk, now=NOW + timedelta(minutes=9))
    assert end_forgotten_sessions(now=NOW + timedelta(minutes=11)) == 0
    assert status(session) == "live"


@pytest.mark.parametrize("how", ["live", "interrupted"])
def test_a_session_that_nobody_ends_is_ended(how: str) -> None:
    session = make_session(how)
    LiveSession.objects.update(status_at=NOW + timedelta(hours=11, minutes=59))
    assert end_forgotten_sessions(now=NOW + timedelta(hours=12) - MOMENT) == 0
    assert end_forgotten_sessions(now=NOW + timedelta(hours=12)) == 1
    assert status(session) == "ended"


@pytest.mark.parametrize("how", ["scheduled", "cancelled", "ended"])
def test_a_session_that_does_not_run_is_left_alone(how: str) -> None:
    session = make_session(how)
    before = LiveSession.objects.values().get()
    assert end_forgotten_sessions(now=NOW + timedelta(days=30)) == 0
    assert LiveSession.objects.values().get() == before
    assert status(session) == how


def test_a_session_started_by_hand_runs_without_a_picture() -> None:
    session = make_session("scheduled")
    start_session(session_id=session.pk, now=NOW)
    assert end_forgotten_sessions(now=NOW + timedelta(hours=11)) == 0
    assert status(session) == "live"
