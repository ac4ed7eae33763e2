"""Periodic work on live sessions."""

from celery import shared_task
from django.utils import timezone

from lukou_market.kernel.nudge import nudge
from lukou_market.streams import (
    count_audience,
    end_forgotten,
    forget_chat,
    make_replays,
    publisher_gone,
)
from lukou_market.streams.feeding import feeding
from lukou_market.streams.keep_recording import find_recordings
from lukou_market.streams.measure_recordings import measure_due_recordings


@shared_task(name="streams.count_audience", ignore_result=True)
def count_audience_unless_fed() -> None:
    """Count the audience where no process feeds the rooms, which counts it more often."""
    with feeding() as alone:
        if alone:
            count_audience.count_audience(now=timezone.now())


@shared_task(name="streams.forget_old_chat", ignore_result=True)
def forget_old_chat() -> None:
    """Delete what was said more than three years ago until none is left."""
    while forget_chat.forget_old_chat(now=timezone.now()):
        pass


@shared_task(name="streams.watch_sessions", ignore_result=True)
def watch_sessions() -> None:
    """Interrupt sessions whose picture is gone, end those nobody ends."""
    publisher_gone.miss_publishers(now=timezone.now())
    end_forgotten.end_forgotten_sessions(now=timezone.now())


@shared_task(name="streams.find_recordings", ignore_result=True)
def look_for_recordings() -> None:
    """Find recordings that the edge could not tell of."""
    if find_recordings(now=timezone.now()):
        nudge(measure_recordings)


@shared_task(name="streams.measure_recordings", ignore_result=True)
def measure_recordings() -> None:
    """Measure recordings until none is due."""
    if measure_due_recordings(now=timezone.now()):
        nudge(make_replay)


@shared_task(name="streams.make_replay", ignore_result=True)
def make_replay() -> None:
    """Make one replay: more would keep the shop's other work waiting."""
    make_replays.make_due_replay(now=timezone.now())
