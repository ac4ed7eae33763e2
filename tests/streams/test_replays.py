"""From recordings to one replay: nothing is lost, whoever is killed or told late or twice."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from lukou_market.streams import ffmpeg_gateway, replay_files
from lukou_market.streams.errors import RecordingNotOurs
from lukou_market.streams.keep_recording import find_recordings, keep_recording, recordings_dir
from lukou_market.streams.make_replays import make_due_replay
from lukou_market.streams.measure_recordings import measure_due_recordings
from lukou_market.streams.models import (
    LiveSession,
    Recording,
    Replay,
    ReplayJob,
    ReplayPart,
    StreamKey,
)
from lukou_market.streams.replay_files import replay_dir
from lukou_market.streams.run_session import end_session
from lukou_market.streams.stream_keys import stream_name
from tests.factories import NOW, make_session
from tests.streams.edge import SECRET, Edge
from tests.streams.video import frames, length_s, probe, record

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=3)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_DIR = tmp_path / "media"
    recordings_dir().mkdir(parents=True)
    return tmp_path / "media"


@pytest.fixture
def session() -> LiveSession:
    return make_session("live")


def recorded(session: LiveSession, name: str = "1", **how: Any) -> Path:
    how.setdefault("began", NOW)
    return record(recordings_dir() / f"{session.pk}-{name}.flv", **how)


def keep(session: LiveSession, file: object) -> None:
    keep_recording(session_id=session.pk, path=str(file), now=LATER)


def parts() -> list[tuple[str, int]]:
    return [(part.file, round(part.length_ms / 1000)) for part in ReplayPart.objects.all()]


def kept() -> list[Any]:
    tables = (Recording, ReplayPart, ReplayJob, Replay)
    return [list(table.objects.values()) for table in tables]


def test_two_parts_with_a_gap_become_one_replay_as_long_as_both(session: LiveSession) -> None:
    first = recorded(session, "1", seconds=1)
    second = recorded(session, "2", began=NOW + MINUTE, seconds=2)
    keep(session, second)
    keep(session, first)
    assert measure_due_recordings(now=LATER) == 2
    assert parts() == [(first.name, 1), (second.name, 2)]
    assert not make_due_replay(now=LATER)  # it goes on
    end_session(session_id=session.pk, now=LATER)
    assert make_due_replay(now=LATER)
    playlist = replay_dir(session.pk) / "index.m3u8"
    replay = Replay.objects.get(session=session)
    assert replay.length_ms == pytest.approx(3000, abs=200)
    assert length_s(playlist) == pytest.approx(3, abs=0.2)
    assert frames(playlist) == frames(first) + frames(second) == 30
    assert not make_due_replay(now=LATER + timedelta(days=1))


def test_a_part_knows_when_it_began(session: LiveSession) -> None:
    keep(session, recorded(session, began=NOW + MINUTE))
    measure_due_recordings(now=LATER)
    began = ReplayPart.objects.get().started_at
    assert abs(began - (NOW + MINUTE)) < timedelta(milliseconds=200)


def test_the_edge_tells_of_a_recording(
    session: LiveSession, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EDGE_SECRET = SECRET
    edge, name, file = Edge(monkeypatch).at(LATER), stream_name(session), recorded(session)
    assert edge.recorded(name, file) == edge.recorded(name, file) == 204
    assert [recording.file for recording in Recording.objects.all()] == [file.name]
    before = kept()
    assert edge.recorded(name, file.with_name("nothing.flv")) == 403
    assert edge.recorded(name, "\0") == 403
    assert kept() == before


def test_a_recording_told_of_twice_is_one_part(session: LiveSession) -> None:
    file = recorded(session)
    keep(session, file)
    measure_due_recordings(now=LATER)
    before = kept()
    keep(session, file)
    assert find_recordings(now=LATER) == 0
    assert measure_due_recordings(now=LATER) == 0
    assert kept() == before


def test_what_lies_elsewhere_or_is_another_sessions_is_not_kept(
    session: LiveSession, media: Path
) -> None:
    other = make_session("scheduled")
    outside = record(media / f"{session.pk}-1.flv", began=NOW)
    link = recordings_dir() / f"{session.pk}-2.flv"
    link.symlink_to(outside)
    below = record(recordings_dir() / "below" / f"{session.pk}-3.flv", began=NOW)
    text = recordings_dir() / f"{session.pk}-4.txt"
    text.write_text("no recording")
    folder = recordings_dir() / f"{session.pk}-5.flv"
    folder.mkdir()
    elsewhere = recordings_dir() / ".." / outside.name
    for wrong in (outside, link, below, text, folder, elsewhere, recorded(other), "", "x"):
        with pytest.raises(RecordingNotOurs):
            keep(session, wrong)
    nobody = record(recordings_dir() / "999999-1.flv", began=NOW)
    with pytest.raises(RecordingNotOurs):
        keep_recording(session_id=999999, path=str(nobody), now=LATER)
    assert not Recording.objects.exists()


def test_a_recording_nobody_told_of_is_found_when_it_no_longer_grows(session: LiveSession) -> None:
    file = recorded(session, seconds=1)
    (recordings_dir() / "no number.flv").write_bytes(b"x")
    ended = NOW + timedelta(seconds=1)
    assert find_recordings(now=ended + MINUTE - timedelta(seconds=1)) == 0
    assert find_recordings(now=ended + MINUTE) == 1
    assert measure_due_recordings(now=LATER) == 1
    assert parts() == [(file.name, 1)]


def test_a_recording_that_broke_off_keeps_what_can_be_read(session: LiveSession) -> None:
    file = recorded(session, seconds=3)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    keep(session, file)
    measure_due_recordings(now=LATER)
    assert 500 < ReplayPart.objects.get().length_ms < 2500


def test_a_recording_without_a_frame_is_no_part(session: LiveSession) -> None:
    empty = recordings_dir() / f"{session.pk}-1.flv"
    empty.touch()
    keep(session, empty)
    assert measure_due_recordings(now=LATER) == 0
    assert not ReplayPart.objects.exists()
    assert not ReplayJob.objects.exists()
    assert not Recording.objects.filter(measure_at__isnull=False).exists()


def test_what_can_not_be_read_is_given_up_after_some_attempts(session: LiveSession) -> None:
    broken = recordings_dir() / f"{session.pk}-1.flv"
    broken.write_bytes(b"no video")
    keep(session, broken)
    for attempt in range(3):
        assert Recording.objects.get().measure_at is not None
        assert measure_due_recordings(now=LATER + attempt * timedelta(minutes=5)) == 0
    assert Recording.objects.get().measure_at is None


def test_without_ffmpeg_the_recording_waits(
    session: LiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(session, recorded(session))
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        for hour in range(5):
            assert measure_due_recordings(now=LATER + timedelta(hours=hour)) == 0
    assert measure_due_recordings(now=LATER + timedelta(hours=5)) == 1


def ended_with_part(session: LiveSession) -> Path:
    file = recorded(session)
    keep(session, file)
    measure_due_recordings(now=LATER)
    end_session(session_id=session.pk, now=LATER)
    return file


def test_who_is_killed_in_the_middle_leaves_it_to_be_made_again(
    session: LiveSession, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = ended_with_part(session)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr(replay_files, "joined_playlist", killed)
        dying.setattr(shutil, "rmtree", lambda *_, **__: None)
        make_due_replay(now=LATER)
    assert not replay_dir(session.pk).exists()
    assert not Replay.objects.exists()
    assert list((media / "making").iterdir())
    assert not make_due_replay(now=LATER + MINUTE)  # it may still be at it
    assert make_due_replay(now=LATER + timedelta(hours=1))
    assert frames(replay_dir(session.pk) / "index.m3u8") == frames(file)
    assert not list((media / "making").iterdir())


def test_a_replay_that_can_not_be_made_is_tried_again(session: LiveSession) -> None:
    file = ended_with_part(session)
    away = file.rename(file.with_suffix(".away"))
    assert not make_due_replay(now=LATER)
    assert not Replay.objects.exists()
    away.rename(file)
    assert not make_due_replay(now=LATER)
    assert make_due_replay(now=LATER + timedelta(minutes=10))


def test_a_part_that_comes_late_is_in_the_replay_made_again(session: LiveSession) -> None:
    first = ended_with_part(session)
    assert make_due_replay(now=LATER)
    late = recorded(session, "2", began=NOW + MINUTE)
    keep(session, late)
    assert not make_due_replay(now=LATER)
    assert measure_due_recordings(now=LATER) == 1
    assert make_due_replay(now=LATER)
    playlist = replay_dir(session.pk) / "index.m3u8"
    assert frames(playlist) == frames(first) + frames(late)
    assert Replay.objects.get().length_ms == sum(
        part.length_ms for part in ReplayPart.objects.all()
    )


def test_a_replay_waits_for_the_picture_to_stop_and_for_all_recordings(
    session: LiveSession,
) -> None:
    ended_with_part(session)
    stream_name(session)
    StreamKey.objects.update(publisher="1", publishing_since=NOW, seen_at=NOW)
    assert not make_due_replay(now=LATER)
    StreamKey.objects.update(publisher="", publishing_since=None, seen_at=None)
    keep(session, recorded(session, "2"))
    assert not make_due_replay(now=LATER)
    measure_due_recordings(now=LATER)
    assert make_due_replay(now=LATER)


def test_a_part_of_another_size_and_codec_follows_in_the_same_replay(session: LiveSession) -> None:
    files = [
        recorded(session, "1"),
        recorded(session, "2", began=NOW + MINUTE, size="96x64", audio="mp3"),
    ]
    for file in files:
        keep(session, file)
    measure_due_recordings(now=LATER)
    end_session(session_id=session.pk, now=LATER)
    assert make_due_replay(now=LATER)
    last = max(replay_dir(session.pk).glob("*.ts"))
    assert set(probe(last, "-show_entries stream=codec_name")) == {"h264", "aac"}
    assert frames(replay_dir(session.pk) / "index.m3u8") == 20


@pytest.mark.django_db(transaction=True)
def test_ffmpeg_is_never_waited_for_inside_a_transaction(session: LiveSession) -> None:
    file = recorded(session)
    with transaction.atomic(), pytest.raises(RuntimeError):
        ffmpeg_gateway.length_ms(file)
    assert ffmpeg_gateway.length_ms(file) == pytest.approx(1000, abs=100)
