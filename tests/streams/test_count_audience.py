"""The audience of running sessions, kept with the session and minute by minute."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache

from lukou_market.streams.count_audience import Audience, count_audience, watching_in
from lukou_market.streams.models import LiveSession, SessionMinute
from lukou_market.streams.viewers import count_viewer
from tests.factories import NOW, make_session
from tests.recording_edge import RecordingEdge

pytestmark = pytest.mark.django_db

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def minutes_of(session: LiveSession) -> list[tuple[datetime, int, int, int]]:
    kept = SessionMinute.objects.filter(session=session)
    return list(kept.values_list("minute", "watching", "watched_s", "arrived"))


def stored(session: LiveSession) -> int:
    return LiveSession.objects.values_list("viewers", flat=True).get(pk=session.pk)


def test_who_listens_and_who_polls_watch(edge: RecordingEdge) -> None:
    session = make_session()
    edge.listeners[session.pk] = 5
    for _ in range(2):
        count_viewer(session.pk, "polls", NOW)
    count_viewer(session.pk, "listens", NOW)
    assert count_audience(now=NOW) == {session.pk: Audience(viewers=2, watching=6)}
    assert watching_in([session.pk]) == {session.pk: 6}
    assert stored(session) == 2


def test_seconds_watched_go_to_the_minutes_they_were_in(edge: RecordingEdge) -> None:
    session = make_session()
    edge.listeners[session.pk] = 10
    count_audience(now=NOW + 50 * SECOND)
    edge.listeners[session.pk] = 4
    count_audience(now=NOW + 65 * SECOND + timedelta(milliseconds=700))
    count_audience(now=NOW + 68 * SECOND)
    assert minutes_of(session) == [(NOW, 10, 4 * 10, 0), (NOW + MINUTE, 4, 4 * 8, 0)]


def test_new_people_belong_to_the_minute_they_are_counted_in(edge: RecordingEdge) -> None:
    session = make_session()
    for number, at in enumerate((NOW, NOW + 30 * SECOND, NOW + 70 * SECOND)):
        count_viewer(session.pk, str(number), at)
        count_viewer(session.pk, "the same", at)
        count_audience(now=at)
    assert [arrived for *_, arrived in minutes_of(session)] == [3, 1]
    assert stored(session) == 4


def test_what_nobody_counted_is_not_made_up(edge: RecordingEdge) -> None:
    session = make_session()
    edge.listeners[session.pk] = 3
    count_audience(now=NOW)
    cache.clear()  # a minute and more has passed, or Redis was started anew
    count_audience(now=NOW + 5 * MINUTE)
    assert [watched_s for _, _, watched_s, _ in minutes_of(session)] == [0, 0]


@pytest.mark.parametrize("status", ["scheduled", "ended", "cancelled"])
def test_only_running_sessions_have_an_audience(status: str, edge: RecordingEdge) -> None:
    session = make_session(status)
    edge.listeners[session.pk] = 3
    count_viewer(session.pk, "a", NOW)
    assert count_audience(now=NOW) == {}
    assert (stored(session), minutes_of(session)) == (0, [])


def test_while_the_edge_is_away_those_who_poll_are_counted(edge: RecordingEdge) -> None:
    session = make_session()
    edge.listeners[session.pk], edge.away = 3, True
    for _ in range(2):
        count_viewer(session.pk, "polls", NOW)
    assert count_audience(now=NOW)[session.pk].watching == 1


def test_a_lost_redis_takes_nothing_from_what_is_stored(edge: RecordingEdge) -> None:
    session = make_session()
    LiveSession.objects.update(viewers=7)
    count_viewer(session.pk, "a", NOW)
    assert count_audience(now=NOW)[session.pk].viewers == 7
    assert stored(session) == 7


def test_without_redis_the_listeners_are_still_counted(no_redis: None, edge: RecordingEdge) -> None:
    session = make_session()
    edge.listeners[session.pk] = 2
    count_viewer(session.pk, "a", NOW)
    assert count_audience(now=NOW) == {session.pk: Audience(viewers=0, watching=2)}
    assert watching_in([session.pk]) == {}
    assert minutes_of(session) == [(NOW, 2, 0, 0)]
