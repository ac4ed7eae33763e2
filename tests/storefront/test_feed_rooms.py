"""The process that feeds: one at a time, through lost connections, until it is told to stop."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import pytest
from django.conf import settings
from django.db import connection

from lukou_market.storefront.room_feed import feed_rooms
from lukou_market.streams.feeding import feeding
from lukou_market.streams.models import LiveSession, SessionMinute
from lukou_market.streams.tasks import count_audience_unless_fed
from tests.app_role import application_environment
from tests.factories import make_session
from tests.recording_edge import RecordingEdge

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_redis"),
]

_HOLDERS = """
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@contextmanager
def running_feed() -> Iterator[None]:
    """A feed in a thread, with a connection of its own."""
    stop = Event()

    def feed() -> None:
        try:
            feed_rooms(stop)
        finally:
            connection.close()

    thread = Thread(target=feed)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


def feeders() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS)
        return [pid for (pid,) in cursor.fetchall()]


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_one_feeds_and_the_next_takes_over(edge: RecordingEdge) -> None:
    session = make_session()
    with ExitStack() as second:
        with running_feed():
            wait_until(lambda: edge.told(session.pk))
            second.enter_context(running_feed())
            LiveSession.objects.update(notice="一")
            wait_until(lambda: ("notice", {"text": "一"}) in edge.told(session.pk))
            first = feeders()
            assert len(first) == 1
        wait_until(lambda: feeders() not in ([], first))
        LiveSession.objects.update(notice="二")
        wait_until(lambda: ("notice", {"text": "二"}) in edge.told(session.pk))
    assert feeders() == []
    assert edge.told(session.pk).count(("notice", {"text": "一"})) <= 2  # told anew by the second


def test_a_lost_connection_is_opened_again(edge: RecordingEdge) -> None:
    session = make_session()
    with running_feed():
        wait_until(lambda: edge.told(session.pk))
        [lost] = feeders()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [lost])
        LiveSession.objects.update(notice="还在")
        wait_until(lambda: ("notice", {"text": "还在"}) in edge.told(session.pk))
        assert feeders() != [lost]


def test_while_somebody_feeds_the_periodic_task_does_not_count(edge: RecordingEdge) -> None:
    edge.listeners[make_session().pk] = 7
    taken, finished = Event(), Event()

    def hold() -> None:
        with feeding():
            taken.set()
            finished.wait(30)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert taken.wait(30)
        count_audience_unless_fed()
        assert not SessionMinute.objects.exists()
    finally:
        finished.set()
        thread.join(30)
    count_audience_unless_fed()
    assert SessionMinute.objects.get().watching == 7


def test_the_lock_goes_with_its_block() -> None:
    with feeding() as alone:
        assert alone
        assert len(feeders()) == 1
    assert feeders() == []


def test_the_command_ends_on_sigterm(edge: RecordingEdge) -> None:
    session = make_session()
    command = [sys.executable, "manage.py", "feed_rooms"]
    environment = application_environment() | {"EDGE_URL": edge.url}
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    try:
        wait_until(lambda: edge.told(session.pk) or process.poll() is not None)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
    assert feeders() == []
