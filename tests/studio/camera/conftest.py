"""A camera process with an ingest behind it, and a host's phone before it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.utils import timezone

from lukou_market.streams.models import LiveSession
from lukou_market.studio.camera.permit import make_permit
from tests.camera_process import CameraProcess, running_camera
from tests.factories import make_session
from tests.rtmp_sink import Sink, running_sink
from tests.studio.camera.picture import recording


@pytest.fixture(scope="package")
def chunks() -> list[bytes]:
    return recording()


@pytest.fixture(scope="package")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sink]:
    with running_sink(tmp_path_factory.mktemp("sink")) as sink:
        yield sink


@pytest.fixture(scope="package")
def shared_camera(django_db_setup: None, sink: Sink) -> Iterator[CameraProcess]:
    """One process for many tests: it starts as slowly as Django."""
    with running_camera(environ={"INGEST_URL": sink.url}) as camera:
        yield camera


@pytest.fixture
def camera(
    transactional_db: None, shared_camera: CameraProcess, sink: Sink, settings: Any
) -> CameraProcess:
    settings.INGEST_URL = sink.url
    return shared_camera


@pytest.fixture
def phone(camera: CameraProcess) -> Iterator["Phone"]:
    phone = Phone(camera, make_session())
    yield phone
    phone.end_all()


class Phone:
    """A host's page: sends chunks into its session with a permit."""

    def __init__(self, camera: CameraProcess, session: LiveSession) -> None:
        self._client = camera.client()
        self.session = session
        self.permit = make_permit(session=session, now=timezone.now())
        self._takes: set[str] = set()

    def send(
        self,
        number: int,
        chunk: bytes,
        *,
        take: str = "00c0ffee",
        session_id: int = 0,
        content_type: str = "video/webm;codecs=vp8,opus",
        language: str = "zh-hans",
    ) -> httpx.Response:
        self._takes.add(take)
        return self._client.post(
            f"/studio/sessions/{session_id or self.session.pk}/picture/{take}/{number}",
            content=chunk,
            headers={
                "X-Camera-Permit": self.permit,
                "Content-Type": content_type,
                "Accept-Language": language,
            },
        )

    def end(self, take: str = "00c0ffee") -> httpx.Response:
        path = f"/studio/sessions/{self.session.pk}/picture/{take}"
        return self._client.delete(path, headers={"X-Camera-Permit": self.permit})

    def end_all(self) -> None:
        for take in self._takes:
            self.end(take)
