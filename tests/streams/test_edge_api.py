"""What the edge asks and tells: who gets in, what it does to the session, who may ask at all."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from lukou_market.streams.models import Host, LiveSession, StreamKey
from lukou_market.streams.publisher_gone import SILENCE, miss_publishers
from lukou_market.streams.run_session import end_session, interrupt_session
from lukou_market.streams.stream_keys import rotate_key, stream_name
from tests.factories import NOW, make_host, make_session
from tests.streams.edge import SECRET, Edge

pytestmark = pytest.mark.django_db
HOOKS = ["publish", "update", "publish-done", "record-done"]
MOMENT = timedelta(seconds=1)


@pytest.fixture
def edge(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Edge:
    settings.EDGE_SECRET = SECRET
    return Edge(monkeypatch).at(NOW)


def rows() -> list[Any]:
    return [list(LiveSession.objects.values()), list(StreamKey.objects.values())]


def seen(session: LiveSession) -> tuple[str, bool]:
    again = LiveSession.objects.get(pk=session.pk)
    return again.status, again.has_picture


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
def test_to_anybody_but_the_edge_there_is_nothing_here(edge: Edge, hook: str, secret: str) -> None:
    session = make_session("scheduled")
    before = (name := stream_name(session)) and rows()
    stranger = Client(headers={"X-Edge-Secret": secret} if secret else {})
    answer = stranger.post(f"/internal/edge/{hook}/", {"name": name, "clientid": 1})
    assert answer.status_code == 404
    assert rows() == before


@pytest.mark.parametrize("hook", HOOKS)
def test_without_an_edge_nobody_is_the_edge(edge: Edge, settings: Any, hook: str) -> None:
    settings.EDGE_SECRET = ""
    name = stream_name(make_session("scheduled"))
    for headers in ({}, {"X-Edge-Secret": ""}):
        answer = Client(headers=headers).post(f"/internal/edge/{hook}/", {"name": name})
        assert answer.status_code == 404


def test_the_edge_may_read_what_it_has_let_in(edge: Edge) -> None:
    session = make_session("live")
    before = rows()
    read = edge.ask("update", name=session.pk, clientid=2, call="update_play")
    assert (read.status_code, rows()) == (204, before)


def test_the_first_picture_starts_a_scheduled_session(edge: Edge) -> None:
    session = make_session("scheduled")
    assert edge.publish(stream_name(session)) == 302
    assert seen(session) == ("live", True)
    session.refresh_from_db()
    assert session.started_at == NOW


def test_a_session_started_by_hand_is_live_without_a_picture_until_one_comes(edge: Edge) -> None:
    session = make_session("live")
    name = stream_name(session)
    miss_publishers(now=NOW + timedelta(hours=1))
    assert seen(session) == ("live", False)
    assert edge.publish(name) == 302
    assert seen(session) == ("live", True)


def test_a_picture_that_comes_back_goes_on_with_the_same_session(edge: Edge) -> None:
    session = make_session("scheduled")
    name = stream_name(session)
    edge.publish(name)
    assert edge.at(NOW + MOMENT).done(name) == 204
    assert seen(session) == ("interrupted", False)
    assert edge.at(NOW + 2 * MOMENT).publish(name, connection=2) == 302
    assert seen(session) == ("live", True)
    session.refresh_from_db()
    assert (session.started_at, session.status_at) == (NOW, NOW + 2 * MOMENT)


@pytest.mark.parametrize(
    "wrong",
    ["{id}", "{id}-", "{id}-{other}", "{id}-{secret}0", "0-{secret}", "x", "", "{id}-\0", "9-é"],
)
def test_a_wrong_key_is_refused(edge: Edge, wrong: str) -> None:
    session = make_session("scheduled")
    secret = stream_name(session).partition("-")[2]
    other = stream_name(make_session("scheduled")).partition("-")[2]
    before = rows()
    name = wrong.format(id=session.pk, secret=secret, other=other)
    assert edge.publish(name) == 403
    assert edge.update(name) == 403
    assert rows() == before


def test_a_connection_that_never_sends_its_picture_is_cut_off_so_that_another_may(
    edge: Edge,
) -> None:
    name = stream_name(make_session("scheduled"))
    edge.publish(name)
    sent = {"name": name, "clientid": 1, "call": "update_publish"}
    assert edge.ask("update", **sent, time=5, timestamp=0).status_code == 204
    assert edge.ask("update", **sent, time=10, timestamp=40).status_code == 204
    before = rows()
    assert edge.ask("update", **sent, time=10, timestamp=0).status_code == 403
    assert rows() == before
    edge.done(name)
    assert edge.publish(name, connection=2) == 302


def test_a_key_nobody_has_made_lets_nobody_in(edge: Edge) -> None:
    assert edge.publish(f"{make_session('scheduled').pk}-") == 403
    assert not StreamKey.objects.exists()


def test_an_old_key_is_refused_and_who_sends_with_it_is_cut_off(edge: Edge) -> None:
    session = make_session("scheduled")
    old = stream_name(session)
    edge.publish(old)
    rotate_key(session_id=session.pk, now=NOW + MOMENT)
    assert seen(session) == ("interrupted", False)
    before = rows()
    assert edge.update(old) == 403
    assert edge.publish(old, connection=2) == 403
    assert edge.done(old) == 204  # told late of the one who was cut off
    assert rows() == before
    assert edge.at(NOW + 2 * MOMENT).publish(stream_name(session), connection=3) == 302
    assert seen(session) == ("live", True)


def test_the_host_changes_the_key_before_the_show_and_nothing_else_changes(edge: Edge) -> None:
    session = make_session("scheduled")
    stream_name(session)
    rotate_key(session_id=session.pk, now=NOW)
    assert seen(session) == ("scheduled", False)


@pytest.mark.parametrize("status", ["ended", "cancelled"])
def test_the_key_of_a_session_that_is_over_is_refused(edge: Edge, status: str) -> None:
    name = stream_name(make_session(status))
    before = rows()
    assert edge.publish(name) == 403
    assert rows() == before


def test_when_the_host_ends_the_session_the_picture_is_cut_off(edge: Edge) -> None:
    session = make_session("scheduled")
    name = stream_name(session)
    edge.publish(name)
    end_session(session_id=session.pk, now=NOW + MOMENT)
    assert seen(session) == ("ended", False)
    assert edge.update(name) == 403
    assert edge.done(name) == 204
    assert seen(session) == ("ended", False)
    assert StreamKey.objects.get().publisher == ""


def test_a_second_publisher_is_refused_while_the_first_one_sends(edge: Edge) -> None:
    session = make_session("scheduled")
    name = stream_name(session)
    edge.publish(name, connection=1)
    edge.at(NOW + 10 * MOMENT).update(name, connection=1)
    before = rows()
    assert edge.at(NOW + 15 * MOMENT).publish(name, connection=2) == 403
    assert edge.update(name, connection=2) == 403
    assert rows() == before


def test_a_reconnect_is_let_in_when_the_edge_no_longer_speaks_of_the_first_one(edge: Edge) -> None:
    session = make_session("scheduled")
    name = stream_name(session)
    edge.publish(name, connection=1)
    assert edge.at(NOW + SILENCE).publish(name, connection=2) == 302
    before = rows()
    assert edge.done(name, connection=1) == 204  # the first one's end, told late
    assert rows() == before
    assert seen(session) == ("live", True)
    assert edge.update(name, connection=1) == 403


def test_asked_again_about_the_same_connection_the_answer_is_the_same(edge: Edge) -> None:
    session = make_session("scheduled")
    name = stream_name(session)
    assert edge.publish(name) == edge.publish(name) == 302
    assert edge.update(name) == 204
    assert seen(session) == ("live", True)


def test_a_break_stays_one_while_the_camera_runs(edge: Edge) -> None:
    session = make_session("scheduled")
    name = stream_name(session)
    edge.publish(name)
    interrupt_session(session_id=session.pk, now=NOW + MOMENT)
    assert edge.at(NOW + 2 * MOMENT).update(name) == 204
    assert seen(session) == ("interrupted", True)


def test_a_picture_nobody_speaks_of_any_more_is_gone(edge: Edge) -> None:
    session = make_session("scheduled")
    name = stream_name(session)
    edge.publish(name)
    assert miss_publishers(now=NOW + SILENCE - MOMENT) == 0
    assert seen(session) == ("live", True)
    assert miss_publishers(now=NOW + SILENCE) == 1
    assert seen(session) == ("interrupted", False)
    assert miss_publishers(now=NOW + SILENCE) == 0
    # We were away, not the picture.
    assert edge.at(NOW + SILENCE + MOMENT).update(name) == 204
    assert seen(session) == ("live", True)


def test_a_host_without_certificate_gets_no_picture_in(edge: Edge) -> None:
    session = make_session("scheduled")
    name = stream_name(session)
    Host.objects.update(certified_during=DateRange(date(2020, 1, 1), date(2021, 1, 1)))
    before = rows()
    assert edge.publish(name) == 403
    assert rows() == before


def test_a_host_is_live_in_one_session_at_a_time_by_picture_too(edge: Edge) -> None:
    host = make_host()
    make_session("interrupted", host=host)
    name = stream_name(make_session("scheduled", host=host))
    before = rows()
    assert edge.publish(name) == 403
    assert rows() == before


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("number", ["", "-1", "x", "1\0", "٣", "9" * 21])
def test_a_connection_without_a_number_is_refused(edge: Edge, hook: str, number: str) -> None:
    name = stream_name(make_session("scheduled"))
    before = rows()
    assert edge.ask(hook, name=name, clientid=number, path="/x").status_code == 403
    assert rows() == before


@pytest.mark.parametrize("hook", ["publish-done", "record-done"])
@pytest.mark.parametrize("name", ["", "x", "999999-x", "9" * 18])
def test_what_is_told_of_no_session_is_refused(edge: Edge, hook: str, name: str) -> None:
    assert edge.ask(hook, name=name, clientid=1, path="/x").status_code == 403


@pytest.mark.parametrize("hook", HOOKS)
def test_the_edge_posts(edge: Edge, hook: str) -> None:
    client = Client(headers={"X-Edge-Secret": SECRET})
    assert client.get(f"/internal/edge/{hook}/").status_code == 405


def test_no_key_gets_into_the_log(edge: Edge, caplog: pytest.LogCaptureFixture) -> None:
    session = make_session("ended")
    name = stream_name(session)
    edge.publish(name)
    assert f"refused for session {session.pk}: session_status_wrong" in caplog.text
    assert name.partition("-")[2] not in caplog.text
