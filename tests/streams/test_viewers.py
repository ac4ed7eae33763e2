from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches

from lukou_market.streams.viewers import count_viewer, counted_in, viewers_of
from tests.factories import NOW

SECOND = timedelta(seconds=1)


def test_a_visitor_counts_once_in_each_session() -> None:
    for session_id, visitor in [(1, "a"), (1, "b"), (1, "a"), (2, "a")]:
        count_viewer(session_id, visitor, NOW)
    assert (viewers_of(1), viewers_of(2), viewers_of(3)) == (2, 1, 0)
    assert {pk: found.viewers for pk, found in counted_in([1, 2, 3], NOW).items()} == {
        1: 2, 2: 1, 3: 0,
    }  # fmt: skip


@pytest.mark.parametrize("key", ["lukou:viewers:1", "lukou:polls:1"])
def test_a_count_does_not_stay_in_redis_for_ever(key: str) -> None:
    count_viewer(1, "a", NOW)
    redis_cache: Any = caches["default"]
    assert redis_cache.client.get_client().ttl(key) > 0


def test_who_asks_again_and_again_polls_until_15_seconds_after_the_last_time() -> None:
    for seconds in (0, 2, 4):
        count_viewer(1, "a", NOW + seconds * SECOND)
    assert counted_in([1], NOW + 18 * SECOND)[1].polling == 1
    assert counted_in([1], NOW + 19 * SECOND)[1].polling == 0


def test_who_asks_once_and_then_listens_does_not_poll() -> None:
    count_viewer(1, "a", NOW)
    assert counted_in([1], NOW)[1].polling == 0
    counted_in([1], NOW + 16 * SECOND)
    count_viewer(1, "a", NOW + 60 * SECOND)  # after a break of the connection
    assert counted_in([1], NOW + 60 * SECOND)[1].polling == 0


def test_without_redis_nobody_is_counted_and_nothing_fails(no_redis: None) -> None:
    count_viewer(1, "a", NOW)
    assert viewers_of(1) == 0
    assert counted_in([1], NOW) == {}
