"""A phone's chunks reach the ingest once each, in order, as one H.264 picture with AAC sound."""

import signal
from typing import Any

import psutil
import pytest

from lukou_market.streams.stream_keys import stream_name
from tests.camera_process import CameraProcess, running_camera
from tests.embedded.waiting import eventually
from tests.factories import make_session
from tests.rtmp_sink import Sink, seconds_of, streams_of
from tests.studio.camera.conftest import Phone
from tests.studio.camera.picture import CHUNK_BYTES, safari_recording

ENOUGH = 3  # chunks until ffmpeg has begun to send


def test_the_picture_arrives_whole_under_the_key_of_the_session(
    phone: Phone, sink: Sink, chunks: list[bytes]
) -> None:
    for number, chunk in enumerate(chunks):
        assert phone.send(number, chunk).json() == {"next": number + 1}
    assert phone.end().status_code == 200
    file = sink.recorded(phone.session.pk, seconds=2.7)
    assert file.name.startswith(stream_name(phone.session))
    assert streams_of(file) == {"video": "h264", "audio": "aac"}
    assert seconds_of(file) < 3.3


def test_a_picture_from_an_iphone_arrives_whole_too(phone: Phone, sink: Sink) -> None:
    """Safari records MP4, and says so with the codecs."""
    type_of_safari = "video/mp4; codecs=avc1.42000a,mp4a.40.2"
    for number, chunk in enumerate(safari_recording()):
        taken = phone.send(number, chunk, content_type=type_of_safari)
        assert taken.json() == {"next": number + 1}
    phone.end()
    file = sink.recorded(phone.session.pk, seconds=2.7)
    assert streams_of(file) == {"video": "h264", "audio": "aac"}
    assert seconds_of(file) < 3.3


def test_the_key_is_in_no_command_line_and_no_secret_in_its_environment(
    phone: Phone, camera: CameraProcess, chunks: list[bytes]
) -> None:
    for number, chunk in enumerate(chunks[:ENOUGH]):
        phone.send(number, chunk)
    secret = stream_name(phone.session).partition("-")[2]
    (encoder,) = camera.encoders()
    assert secret not in " ".join(encoder.cmdline())
    assert not {"SECRET_KEY", "DATABASE_URL", "FIELD_KEYS"} & encoder.environ().keys()
    phone.end()
    assert secret not in camera.log.read_text()


def test_a_repeated_chunk_is_taken_once(phone: Phone, sink: Sink, chunks: list[bytes]) -> None:
    for number, chunk in enumerate(chunks):
        for _ in range(2):
            assert phone.send(number, chunk).json() == {"next": number + 1}
    assert phone.send(0, chunks[0]).json() == {"next": len(chunks)}
    phone.end()
    file = sink.recorded(phone.session.pk, seconds=2.7)
    assert seconds_of(file) < 3.3


def test_a_gap_is_refused_with_the_chunk_that_is_missing(
    phone: Phone, sink: Sink, chunks: list[bytes]
) -> None:
    phone.send(0, chunks[0])
    refused = phone.send(2, chunks[2])
    assert refused.status_code == 409
    assert (refused.json()["code"], refused.json()["expected"]) == ("chunk_missing", 1)
    for number, chunk in enumerate(chunks[1:], 1):
        assert phone.send(number, chunk).status_code == 200
    phone.end()
    file = sink.recorded(phone.session.pk, seconds=2.7)
    assert seconds_of(file) < 3.3


def test_a_chunk_too_large_is_refused_and_the_take_goes_on(
    phone: Phone, sink: Sink, chunks: list[bytes]
) -> None:
    phone.send(0, chunks[0])
    refused = phone.send(1, bytes(4 * 1024 * 1024 + 1))
    assert (refused.status_code, refused.json()["code"]) == (413, "chunk_too_large")
    assert phone.send(1, chunks[1]).json() == {"next": 2}


@pytest.mark.parametrize("content_type", ["application/vnd.apple.mpegurl", "video/x-flv", ""])
def test_other_containers_start_no_ffmpeg(
    phone: Phone, camera: CameraProcess, chunks: list[bytes], content_type: str
) -> None:
    refused = phone.send(0, chunks[0], content_type=content_type)
    assert (refused.status_code, refused.json()["code"]) == (415, "unknown_container")
    assert camera.encoders() == []


def test_what_is_no_picture_ends_the_take(phone: Phone, camera: CameraProcess, sink: Sink) -> None:
    """Also not one that names a file of this machine: only WebM is looked for in it."""
    playlist = b"ffconcat version 1.0\nfile /etc/hostname\n" * 1000
    phone.send(0, playlist)
    phone.end()
    eventually(lambda: camera.encoders() == [])
    refused = phone.send(1, playlist)
    assert (refused.status_code, refused.json()["code"]) == (410, "take_ended")
    assert sink.recordings(phone.session.pk) == []


def test_a_new_take_ends_the_one_before_and_late_chunks_of_that_are_refused(
    phone: Phone, camera: CameraProcess, sink: Sink, chunks: list[bytes]
) -> None:
    for number, chunk in enumerate(chunks[:ENOUGH]):
        phone.send(number, chunk)
    for number, chunk in enumerate(chunks):
        assert phone.send(number, chunk, take="0badcafe").status_code == 200
    assert len(camera.encoders()) == 1
    for number in (0, ENOUGH):
        refused = phone.send(number, chunks[number])
        assert (refused.status_code, refused.json()["code"]) == (410, "take_replaced")
    phone.end("0badcafe")
    assert sink.recorded(phone.session.pk, seconds=2.7)


def test_a_take_nobody_has_begun_is_over(phone: Phone, camera: CameraProcess) -> None:
    refused = phone.send(7, bytes(CHUNK_BYTES))
    assert (refused.status_code, refused.json()["code"]) == (410, "take_ended")
    assert camera.encoders() == []


def test_when_ffmpeg_is_killed_the_phone_is_told_and_a_new_take_goes_on(
    phone: Phone, camera: CameraProcess, sink: Sink, chunks: list[bytes]
) -> None:
    for number, chunk in enumerate(chunks[:ENOUGH]):
        phone.send(number, chunk)
    (encoder,) = camera.encoders()
    encoder.kill()
    eventually(lambda: camera.encoders() == [])
    refused = phone.send(ENOUGH, chunks[ENOUGH])
    assert (refused.status_code, refused.json()["code"]) == (410, "take_ended")
    for number, chunk in enumerate(chunks):
        assert phone.send(number, chunk, take="0badcafe").status_code == 200
    phone.end("0badcafe")
    assert sink.recorded(phone.session.pk, seconds=2.7)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_ffmpeg_outlives_the_process(
    transactional_db: None, sink: Sink, settings: Any, chunks: list[bytes], number: signal.Signals
) -> None:
    settings.INGEST_URL = sink.url
    with running_camera(environ={"INGEST_URL": sink.url}) as camera:
        phone = Phone(camera, make_session())
        for at, chunk in enumerate(chunks[:ENOUGH]):
            phone.send(at, chunk)
        (encoder,) = camera.encoders()
        camera.stop(number)
        if number == signal.SIGTERM:
            assert not encoder.is_running()  # it was waited for
        assert psutil.wait_procs([encoder], timeout=10)[1] == []


def test_sessions_have_takes_of_their_own(
    camera: CameraProcess, sink: Sink, chunks: list[bytes]
) -> None:
    phones = [Phone(camera, make_session()) for _ in range(2)]
    for number, chunk in enumerate(chunks):
        for phone in phones:
            assert phone.send(number, chunk).json() == {"next": number + 1}
    assert len(camera.encoders()) == 2
    for phone in phones:
        phone.end()
        assert sink.recorded(phone.session.pk, seconds=2.7)


def test_silence_ends_a_take_and_makes_room_for_another_session(
    transactional_db: None, sink: Sink, settings: Any, chunks: list[bytes]
) -> None:
    settings.INGEST_URL = sink.url
    options = ("--most", "1", "--idle", "3")
    with running_camera(*options, environ={"INGEST_URL": sink.url}) as camera:
        first, second = (Phone(camera, make_session()) for _ in range(2))
        assert first.send(0, chunks[0]).status_code == 200
        refused = second.send(0, chunks[0])
        assert (refused.status_code, refused.json()["code"]) == (503, "camera_full")
        assert len(camera.encoders()) == 1
        eventually(lambda: camera.encoders() == [])
        refused = first.send(1, chunks[1])
        assert (refused.status_code, refused.json()["code"]) == (410, "take_ended")
        assert second.send(0, chunks[0]).json() == {"next": 1}
