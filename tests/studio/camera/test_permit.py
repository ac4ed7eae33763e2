"""Who may send a picture into which session."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone, translation

from lukou_market.streams.models import LiveSession
from lukou_market.studio.camera.errors import PermitExpired, TakeEnded
from lukou_market.studio.camera.permit import LIFE, make_permit, read_permit
from tests.camera_process import CameraProcess
from tests.factories import make_host, make_session
from tests.studio.camera.conftest import Phone


def path(session: LiveSession) -> str:
    return f"/studio/sessions/{session.pk}/camera-permit/"


@pytest.fixture
def ingest(settings: Any) -> None:
    settings.INGEST_URL = "rtmp://ingest.test/live"


@pytest.fixture
def session(db: None, ingest: None) -> LiveSession:
    return make_session()


@pytest.fixture
def console(session: LiveSession) -> Client:
    client = Client()
    client.force_login(session.host.user)
    return client


def test_the_host_gets_a_permit_for_the_session(console: Client, session: LiveSession) -> None:
    answer = console.get(path(session))
    now = timezone.now()
    permit = read_permit(answer.json()["permit"], session_id=session.pk, now=now)
    assert permit == (session.pk, session.host.user_id)
    assert answer.json()["seconds"] == LIFE.total_seconds()
    assert "no-store" in answer.headers["Cache-Control"]


def test_another_host_s_session_is_not_there(session: LiveSession) -> None:
    other = Client()
    other.force_login(make_host().user)
    answer = other.get(path(session))
    assert answer.status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(session: LiveSession) -> None:
    assert Client().get(path(session)).status_code == 302


@pytest.mark.parametrize("status", ["ended", "cancelled"])
def test_a_session_that_is_over_has_no_permit(status: str, db: None, ingest: None) -> None:
    session = make_session(status)
    console = Client()
    console.force_login(session.host.user)
    answer = console.get(path(session))
    assert (answer.status_code, answer.json()["code"]) == (409, "session_status_wrong")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_a_valid_certificate_there_is_no_permit(
    console: Client, session: LiveSession
) -> None:
    session.host.certified_during = DateRange(date(2019, 1, 1), date(2020, 1, 1))
    session.host.save()
    answer = console.get(path(session))
    assert (answer.status_code, answer.json()["code"]) == (403, "host_not_certified")


def test_without_an_ingest_there_is_no_permit(
    console: Client, session: LiveSession, settings: Any
) -> None:
    settings.INGEST_URL = ""
    answer = console.get(path(session))
    assert (answer.status_code, answer.json()["code"]) == (409, "no_ingest")


def forged(phone: Phone) -> str:
    payload, _, signature = phone.permit.rpartition(":")
    return f"{payload}:{signature[::-1]}"


def made_elsewhere(phone: Phone) -> str:
    return signing.dumps([phone.session.pk, phone.session.host.user_id, 2**33], salt="other")


def of_another_session(phone: Phone) -> str:
    return make_permit(session=make_session(), now=timezone.now())


@pytest.mark.parametrize("permit_of", [forged, made_elsewhere, of_another_session, lambda _: ""])
def test_a_permit_that_is_none_is_refused_and_nothing_starts(
    phone: Phone, camera: CameraProcess, chunks: list[bytes], permit_of: Any
) -> None:
    phone.permit = permit_of(phone)
    refused = phone.send(0, chunks[0])
    assert (refused.status_code, refused.json()["code"]) == (403, "permit_refused")
    assert camera.encoders() == []


def test_a_permit_that_has_run_out_is_refused_and_a_new_one_goes_on(
    phone: Phone, chunks: list[bytes]
) -> None:
    fresh = phone.permit
    phone.send(0, chunks[0])
    phone.permit = make_permit(session=phone.session, now=timezone.now() - LIFE)
    refused = phone.send(1, chunks[1])
    assert (refused.status_code, refused.json()["code"]) == (403, "permit_expired")
    phone.permit = fresh
    assert phone.send(1, chunks[1]).json() == {"next": 2}


def test_a_permit_lasts_to_its_last_second_and_no_longer(session: LiveSession) -> None:
    now = timezone.now().replace(microsecond=0)
    permit = make_permit(session=session, now=now)
    last = now + LIFE - timedelta(seconds=1)
    assert read_permit(permit, session_id=session.pk, now=last)
    with pytest.raises(PermitExpired):
        read_permit(permit, session_id=session.pk, now=now + LIFE)


def test_no_take_begins_in_a_session_that_has_ended_since(
    phone: Phone, camera: CameraProcess, chunks: list[bytes]
) -> None:
    LiveSession.objects.update(status="ended", ended_at=timezone.now())
    refused = phone.send(0, chunks[0])
    assert (refused.status_code, refused.json()["code"]) == (409, "session_status_wrong")
    assert camera.encoders() == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_refusals_come_in_the_language_that_is_asked_for(phone: Phone, language: str) -> None:
    refused = phone.send(7, b"x", language=language)
    assert refused.headers["Content-Type"] == "application/problem+json"
    with translation.override(language):
        assert refused.json()["title"] == str(TakeEnded.sentence)
