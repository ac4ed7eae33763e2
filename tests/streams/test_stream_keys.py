import re
from datetime import timedelta

import pytest
from django.db import connection

from lukou_market.streams.errors import SessionNotFound
from lukou_market.streams.models import StreamKey
from lukou_market.streams.stream_keys import has_right, rotate_key, session_named, stream_name
from tests.factories import NOW, make_session

pytestmark = pytest.mark.django_db


def test_a_session_has_one_name_which_begins_with_its_number_and_can_not_be_guessed() -> None:
    session = make_session()
    name = stream_name(session)
    assert re.fullmatch(rf"{session.pk}-[0-9a-f]{{32}}", name)
    assert stream_name(session) == name
    assert session_named(name) == session.pk


def test_two_sessions_have_different_secrets() -> None:
    first, second = (stream_name(make_session()).partition("-")[2] for _ in range(2))
    assert first != second


def test_the_database_sees_the_secret_encrypted_only() -> None:
    secret = stream_name(make_session()).partition("-")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM streams_streamkey")
        stored = cursor.fetchone()[0]
    assert len(stored) > len(secret)
    assert secret not in stored


def test_a_new_key_takes_the_right_from_the_old_one_and_from_who_sends_with_it() -> None:
    session = make_session()
    old = stream_name(session)
    StreamKey.objects.update(publisher="7", publishing_since=NOW, seen_at=NOW)
    rotate_key(session_id=session.pk, now=NOW + timedelta(hours=1))
    key = StreamKey.objects.get()
    assert not has_right(key, old)
    assert has_right(key, stream_name(session))
    assert (key.publisher, key.publishing_since, key.seen_at) == ("", None, None)
    assert key.made_at == NOW + timedelta(hours=1)


def test_a_key_is_right_only_when_all_of_it_is() -> None:
    session = make_session()
    name = stream_name(session)
    key = StreamKey.objects.get()
    for wrong in (name[:-1], name + "0", f"{session.pk}", f"{session.pk}-", name + "é"):
        assert not has_right(key, wrong)


def test_a_session_that_does_not_exist_gets_no_key() -> None:
    with pytest.raises(SessionNotFound):
        rotate_key(session_id=2**70, now=NOW)
    assert not StreamKey.objects.exists()


@pytest.mark.parametrize("name", ["", "-", "x-1", "-5-abc", "٣-abc", "1.5", "9" * 19])
def test_a_name_that_begins_with_no_number_is_no_sessions(name: str) -> None:
    assert session_named(name) is None
