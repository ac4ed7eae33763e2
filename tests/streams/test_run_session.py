from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from lukou_market.kernel.errors import DomainError
from lukou_market.streams import run_session
from lukou_market.streams.errors import (
    HostAlreadyLive,
    HostNotCertified,
    SessionNotFound,
    SessionStatusWrong,
)
from lukou_market.streams.models import Host, LiveSession
from lukou_market.streams.pin_offer import pin_offer
from lukou_market.streams.viewers import count_viewer
from tests.factories import NOW, make_host, make_offer, make_session

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
STEPS: dict[str, Any] = {
    "start": run_session.start_session,
    "interrupt": run_session.interrupt_session,
    "resume": run_session.resume_session,
    "end": run_session.end_session,
    "cancel": run_session.cancel_session,
}
ALLOWED = {
    "scheduled": {"start": "live", "cancel": "cancelled"},
    "live": {"interrupt": "interrupted", "end": "ended"},
    "interrupted": {"start": "live", "resume": "live", "end": "ended"},
    "ended": {},
    "cancelled": {},
}


def refuse(error: type[DomainError], step: str, session: LiveSession) -> None:
    """The step is refused and leaves the session as it was."""
    before = LiveSession.objects.filter(pk=session.pk).values().get()
    with pytest.raises(error):
        STEPS[step](session_id=session.pk, now=LATER)
    assert LiveSession.objects.filter(pk=session.pk).values().get() == before


@pytest.mark.parametrize("status", ALLOWED)
@pytest.mark.parametrize("step", STEPS)
def test_a_session_moves_along_its_edges_only(status: str, step: str) -> None:
    session = make_session(status)
    if step in ALLOWED[status]:
        STEPS[step](session_id=session.pk, now=LATER)
        session.refresh_from_db()
        assert session.status == ALLOWED[status][step]
    else:
        refuse(SessionStatusWrong, step, session)


def test_a_break_does_not_change_when_the_session_started() -> None:
    session = make_session("scheduled")
    started = run_session.start_session(session_id=session.pk, now=NOW)
    run_session.interrupt_session(session_id=session.pk, now=LATER)
    resumed = run_session.start_session(session_id=session.pk, now=LATER)
    assert started.started_at == resumed.started_at == NOW


def test_a_host_is_live_in_one_session_at_a_time() -> None:
    host = make_host()
    make_session("interrupted", host=host)
    refuse(HostAlreadyLive, "start", make_session("scheduled", host=host))


def test_a_host_whose_certificate_ran_out_can_not_start() -> None:
    session = make_session("scheduled")
    ran_out = DateRange(date(2020, 1, 1), date(2021, 1, 1))
    Host.objects.update(certified_during=ran_out)
    refuse(HostNotCertified, "start", session)


def test_the_end_keeps_the_viewers_and_pins_nothing() -> None:
    session = make_session()
    pin_offer(session_id=session.pk, offer_id=make_offer(session).pk)
    for visitor in ("a", "b", "a"):
        count_viewer(session.pk, visitor, NOW)
    run_session.end_session(session_id=session.pk, now=LATER)
    session.refresh_from_db()
    assert (session.viewers, session.pinned_offer, session.ended_at) == (2, None, LATER)


def test_the_end_never_lowers_the_stored_viewers(no_redis: None) -> None:
    session = make_session()
    LiveSession.objects.update(viewers=7)
    assert run_session.end_session(session_id=session.pk, now=LATER).viewers == 7


@pytest.mark.parametrize("step", STEPS)
def test_a_session_that_does_not_exist_is_not_found(step: str) -> None:
    with pytest.raises(SessionNotFound):
        STEPS[step](session_id=2**70, now=NOW)
