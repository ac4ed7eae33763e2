from typing import Any

import pytest
from django.core.cache import caches

from lukou_market.streams.models import LiveSession
from lukou_market.streams.tasks import save_viewers
from lukou_market.streams.viewers import count_viewer, viewers_of
from tests.factories import make_session

pytestmark = pytest.mark.django_db


def stored(session: LiveSession) -> int:
    return LiveSession.objects.values_list("viewers", flat=True).get(pk=session.pk)


def test_a_visitor_counts_once_in_each_session() -> None:
    for session_id, visitor in [(1, "a"), (1, "b"), (1, "a"), (2, "a")]:
        count_viewer(session_id, visitor)
    assert (viewers_of(1), viewers_of(2), viewers_of(3)) == (2, 1, 0)


def test_a_count_does_not_stay_in_redis_for_ever() -> None:
    count_viewer(1, "a")
    redis_cache: Any = caches["default"]
    assert redis_cache.client.get_client().ttl("lukou:viewers:1") > 0


def test_counts_of_running_sessions_are_stored() -> None:
    running, over = make_session("interrupted"), make_session("ended")
    for session in (running, over):
        count_viewer(session.pk, "a")
    save_viewers()
    assert (stored(running), stored(over)) == (1, 0)


def test_a_lost_redis_takes_nothing_from_what_is_stored() -> None:
    session = make_session()
    LiveSession.objects.update(viewers=7)
    count_viewer(session.pk, "a")
    save_viewers()
    assert stored(session) == 7


def test_without_redis_nobody_is_counted_and_nothing_fails(no_redis: None) -> None:
    session = make_session()
    count_viewer(session.pk, "a")
    save_viewers()
    assert viewers_of(session.pk) == stored(session) == 0
