"""What every test relies on."""

import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from lukou_market.accounts.staff_session import SEEN_AT
from lukou_market.embedded.postgres import APPLICATION
from lukou_market.kernel.app_rights import grant_rights
from lukou_market.regions.desk import SECOND_FACTOR_AT
from tests.recording_edge import RecordingEdge


def pytest_configure() -> None:
    """Slow hashes took two fifths of all the tests' time."""
    settings.PASSWORD_HASHERS = ["tests.quick_hasher.QuickHasher"]
    Client.force_login = _force_login  # type: ignore[method-assign, assignment]


_plain_force_login = Client.force_login


def _force_login(self: Client, user: Any, backend: str | None = None) -> None:
    """Staff whom a test signs in by force have given their second factor, too."""
    _plain_force_login(self, user, backend)
    if user.is_staff:
        session = self.session
        session[SECOND_FACTOR_AT] = session[SEEN_AT] = time.time()
        session.save()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The application's role may use the test's tables: processes of the shop connect as it."""
    with django_db_blocker.unblock():
        grant_rights(connection, APPLICATION)


@pytest.fixture
def as_application(db: None) -> None:
    """The test's own statements, too, have the rights of the application's role only."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")


@pytest.fixture
def empty_redis() -> None:
    """No counts and no states of sessions that had the same ids in other tests."""
    cache.clear()


@pytest.fixture
def edge(settings: Any) -> Iterator[RecordingEdge]:
    """An edge that remembers what rooms are told."""
    with RecordingEdge() as edge:
        settings.EDGE_URL = edge.url
        yield edge


@pytest.fixture
def no_redis(settings: Any) -> None:
    """Redis is away."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "unix:///nowhere/redis.sock",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True},
        }
    }


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Let pytest-django empty the tables after a transactional test.

    The book's triggers refuse TRUNCATE; they rest while the session is a replica's.
    """
    marker = item.get_closest_marker("django_db")
    named = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if not named and not (marker and marker.kwargs.get("transaction")):
        return (yield)
    with item.config.stash[blocking_manager_key].unblock():
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        try:
            return (yield)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET session_replication_role")
