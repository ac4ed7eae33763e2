from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lukou_market.streams.models import LiveSession
from lukou_market.streams.replay_clock import offset_ms, replay_position_ms
from tests.factories import NOW

MS = timedelta(milliseconds=1)


@dataclass
class Part:
    started_at: datetime
    length_ms: int

    @property
    def ended_at(self) -> datetime:
        return self.started_at + self.length_ms * MS


@st.composite
def recordings(draw: st.DrawFn) -> list[Part]:
    """Parts in order, with gaps of any length between them."""
    parts, at = [], NOW
    for gap, length in draw(
        st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**7)), min_size=1, max_size=6)
    ):
        parts.append(Part(at + gap * MS, length))
        at = parts[-1].ended_at
    return parts


moments = st.timedeltas(-timedelta(hours=1), timedelta(hours=24)).map(NOW.__add__)


@given(recordings(), moments)
def test_a_position_lies_within_the_replay(parts: list[Part], at: datetime) -> None:
    position = replay_position_ms(parts, at)
    assert position is not None
    assert 0 <= position <= sum(part.length_ms for part in parts)


@given(recordings(), moments, moments)
def test_later_is_never_shown_earlier(parts: list[Part], a: datetime, b: datetime) -> None:
    earlier, later = replay_position_ms(parts, min(a, b)), replay_position_ms(parts, max(a, b))
    assert earlier is not None
    assert later is not None
    assert earlier <= later


@given(recordings(), st.data())
def test_what_was_recorded_is_shown_where_it_was_recorded(
    parts: list[Part], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(parts) - 1))
    into = data.draw(st.integers(0, parts[number].length_ms - 1))
    before = sum(part.length_ms for part in parts[:number])
    at = parts[number].started_at + into * MS
    assert replay_position_ms(parts, at) == before + into


@given(recordings())
def test_a_gap_takes_no_time(parts: list[Part]) -> None:
    for part, following in pairwise(parts):
        at_the_end = replay_position_ms(parts, part.ended_at)
        in_the_gap = part.ended_at + (following.started_at - part.ended_at) / 2
        assert replay_position_ms(parts, in_the_gap) == at_the_end
        assert replay_position_ms(parts, following.started_at) == at_the_end


def test_without_parts_there_is_no_position() -> None:
    assert replay_position_ms([], NOW) is None


def test_parts_that_overlap_a_little_show_nothing_backwards() -> None:
    parts = [Part(NOW, 1000), Part(NOW + 900 * MS, 1000)]
    positions = [replay_position_ms(parts, NOW + ms * MS) for ms in (899, 900, 950, 1899, 3000)]
    assert positions == [899, 1000, 1050, 1999, 2000]


@pytest.mark.parametrize(("after_ms", "offset"), [(0, 0), (1, 1), (61_500, 61_500), (-1, None)])
def test_the_offset_counts_from_the_start(after_ms: int, offset: int | None) -> None:
    session = LiveSession(started_at=NOW)
    assert offset_ms(session, NOW + after_ms * MS) == offset


def test_what_never_started_has_no_offset() -> None:
    assert offset_ms(LiveSession(), NOW) is None
