"""Pictures that come, go and are cut off in any order, held against a model of a few lines."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lukou_market.streams import ffmpeg_gateway
from lukou_market.streams.end_forgotten import end_forgotten_sessions
from lukou_market.streams.errors import SessionStatusWrong
from lukou_market.streams.keep_recording import find_recordings, recordings_dir
from lukou_market.streams.measure_recordings import measure_due_recordings
from lukou_market.streams.models import LiveSession, ReplayPart, StreamKey
from lukou_market.streams.publisher_gone import miss_publishers
from lukou_market.streams.run_session import end_session
from lukou_market.streams.stream_keys import rotate_key, stream_name
from tests.factories import NOW, make_host, make_session
from tests.streams.edge import SECRET, Edge

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
SILENT, RECONNECT, LONGEST = 20 * SECOND, 60 * SECOND, 600 * SECOND

connections = st.integers(1, 3)
steps = st.one_of(
    st.tuples(st.sampled_from(["publish", "update"]), connections, st.sampled_from([0, 0, 0, 1])),
    st.tuples(st.sampled_from(["done", "record", "tell"]), connections),
    st.tuples(st.just("wait"), st.sampled_from([1, 5, 19, 20, 60, 300])),
    st.tuples(st.sampled_from(["rotate", "end", "sweep", "sweep"])),
)


@dataclass
class Model:
    """What should be so."""

    now: datetime = NOW
    status: str = "scheduled"
    since: datetime = NOW
    began: datetime | None = None
    sender: int | None = None
    seen: datetime = NOW

    def move(self, status: str) -> None:
        if self.status != status:
            self.status, self.since = status, self.now
            self.began = self.began or self.now

    def ask(self, connection: int, old_key: bool) -> bool:
        """Whether the picture may come in, or go on."""
        if old_key or self.status == "ended":
            return False
        if self.sender != connection:
            if self.sender is not None and self.now - self.seen < SILENT:
                return False
            self.sender = connection
            self.move("live")
        self.seen = self.now
        return True

    def gone(self, connection: int | None) -> None:
        if connection is not None and self.sender == connection:
            self.sender = None
            if self.status == "live":
                self.move("interrupted")

    def sweep(self) -> None:
        if self.sender is not None and self.now - self.seen >= SILENT:
            self.gone(self.sender)
        waited = self.status == "interrupted" and self.now - self.since >= RECONNECT
        ran = self.status in ("live", "interrupted") and self.now - (self.began or NOW) >= LONGEST
        if waited or ran:
            self.move("ended")


class Show:
    """The session itself, to which the same things happen."""

    def __init__(self, edge: Edge) -> None:
        self.edge, self.model = edge, Model()
        self.session = make_session("scheduled", host=make_host())
        self.names = [stream_name(self.session)]
        self.files: list[Path] = []

    def take(self, step: tuple[Any, ...]) -> None:
        getattr(self, step[0])(*step[1:])
        self.edge.at(self.model.now)

    def publish(self, connection: int, old: int) -> None:
        self._ask(self.edge.publish, 302, connection, old)

    def update(self, connection: int, old: int) -> None:
        self._ask(self.edge.update, 204, connection, old)

    def done(self, connection: int) -> None:
        self.model.gone(connection)
        assert self.edge.done(self.names[-1], connection) == 204

    def record(self, connection: int) -> None:
        """The edge has written a file, and may be killed before it tells so."""
        name = f"{self.session.pk}-{len(self.files)}-{connection}.flv"
        self.files.append(recordings_dir() / name)
        self.files[-1].write_bytes(b"picture")

    def tell(self, connection: int) -> None:
        for file in self.files[-connection:]:  # some of them twice
            assert self.edge.recorded(self.names[-1], file) == 204

    def wait(self, seconds: int) -> None:
        self.model.now += seconds * SECOND

    def rotate(self) -> None:
        self.model.gone(self.model.sender)
        rotate_key(session_id=self.session.pk, now=self.model.now)
        self.names.append(stream_name(self.session))

    def end(self) -> None:
        if self.model.status in ("live", "interrupted"):
            self.model.move("ended")
            end_session(session_id=self.session.pk, now=self.model.now)
        else:
            with pytest.raises(SessionStatusWrong):
                end_session(session_id=self.session.pk, now=self.model.now)

    def sweep(self) -> None:
        self.model.sweep()
        miss_publishers(now=self.model.now)
        end_forgotten_sessions(now=self.model.now)

    def check(self) -> None:
        """The session is as the model says: status, since when, and who sends, if anybody."""
        row = LiveSession.objects.get(pk=self.session.pk)
        publisher = StreamKey.objects.get(pk=self.session.pk).publisher
        assert (row.status, row.started_at) == (self.model.status, self.model.began)
        assert row.status == "scheduled" or row.status_at == self.model.since
        assert publisher == ("" if self.model.sender is None else str(self.model.sender))
        assert row.has_picture == (self.model.sender is not None and row.takes_orders)

    def assert_nothing_is_lost(self) -> None:
        much_later = datetime.now(NOW.tzinfo) + timedelta(hours=1)
        find_recordings(now=much_later)
        measure_due_recordings(now=much_later)
        kept = ReplayPart.objects.filter(session=self.session).values_list("file", flat=True)
        assert sorted(kept) == sorted(file.name for file in self.files)

    def _ask(self, hook: Any, granted: int, connection: int, old: int) -> None:
        name = self.names[-1 - old] if old < len(self.names) else f"{self.session.pk}-old"
        expected = granted if self.model.ask(connection, bool(old)) else 403
        assert hook(name, connection) == expected


def test_a_session_and_its_picture_are_as_the_model_says(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EDGE_SECRET, settings.MEDIA_DIR = SECRET, tmp_path
    settings.RECONNECT, settings.LONGEST_SESSION = RECONNECT, LONGEST
    monkeypatch.setattr(ffmpeg_gateway, "length_ms", lambda file: 1000)
    recordings_dir().mkdir()
    run(Edge(monkeypatch))


def run(edge: Edge) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(steps, max_size=40))
    def in_any_order(taken: list[tuple[Any, ...]]) -> None:
        with transaction.atomic():
            show = Show(edge.at(NOW))
            for step in taken:
                show.take(step)
                show.check()
            show.assert_nothing_is_lost()
            for file in show.files:
                file.unlink()
            transaction.set_rollback(True)

    in_any_order()
