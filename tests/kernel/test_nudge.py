"""A nudge is a courtesy: it is sent once a second at most, and never breaks what it follows."""

from typing import Any

import pytest
from celery import Task, shared_task
from django.core.cache import cache
from django.db import transaction
from kombu.exceptions import OperationalError

from lukou_market.kernel.nudge import nudge

pytestmark = pytest.mark.django_db


@shared_task(name="tests.look")
def look() -> None: ...


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    cache.clear()
    names: list[str] = []
    monkeypatch.setattr(Task, "apply_async", lambda self, **_: names.append(self.name))
    return names


def test_a_nudge_is_sent_after_the_commit(
    sent: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        nudge(look)
        assert sent == []
    assert sent == ["tests.look"]


def test_a_rush_of_nudges_becomes_one(
    sent: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(100):
            nudge(look)
    assert sent == ["tests.look"]


def test_nothing_is_sent_for_what_was_rolled_back(
    sent: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        nudge(look)
        raise ZeroDivisionError
    assert sent == []


def test_a_broker_that_is_away_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    cache.clear()

    def away(self: Any, **_: Any) -> None:
        raise OperationalError("nobody there")

    monkeypatch.setattr(Task, "apply_async", away)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        nudge(look)
    assert len(callbacks) == 1
