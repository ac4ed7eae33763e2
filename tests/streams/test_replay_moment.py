from datetime import timedelta
from typing import Any

import pytest

from lukou_market.streams.models import LiveSession, Replay, ReplayPart
from lukou_market.streams.replay_moment import Moment, moment_in
from tests.factories import NOW, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def edge(settings: Any) -> None:
    settings.EDGE_URL = "http://127.0.0.1:9"


def replayed() -> LiveSession:
    """Two minutes of picture, ten minutes nothing, two minutes of picture."""
    session = make_session("ended")
    LiveSession.objects.update(ended_at=NOW + timedelta(hours=2))
    for number, minute in enumerate((0, 12)):
        ReplayPart.objects.create(
            session=session,
            file=f"{session.pk}-{number}.flv",
            started_at=NOW + timedelta(minutes=minute),
            length_ms=120_000,
        )
    session.refresh_from_db()
    return session


@pytest.mark.parametrize(
    ("seconds", "moment"),
    [
        (0, Moment("0:00", 0)),
        (61, Moment("1:01", 61)),
        (5 * 60, Moment("5:00", 120)),
        (13 * 60 + 7, Moment("13:07", 187)),
        (3723, Moment("1:02:03", 240)),
        (-1, None),
        (7201, None),
    ],
)
def test_a_moment_is_told_by_the_clock_and_found_in_the_replay(
    seconds: int, moment: Moment | None
) -> None:
    session = replayed()
    Replay.objects.create(session=session, length_ms=240_000, made_at=NOW)
    assert moment_in(session, NOW + timedelta(seconds=seconds)) == moment


def test_without_a_replay_there_is_the_clock_only(settings: Any) -> None:
    session = replayed()
    assert moment_in(session, NOW) == Moment("0:00", None)
    Replay.objects.create(session=session, length_ms=240_000, made_at=NOW)
    settings.EDGE_URL = ""
    assert moment_in(session, NOW) == Moment("0:00", None)


def test_what_never_started_has_no_moments() -> None:
    assert moment_in(make_session("scheduled"), NOW) is None
