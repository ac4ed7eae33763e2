"""Periodic work on live sessions."""

from celery import shared_task
from django.utils import timezone

from lukou_market.streams import count_audience, forget_chat
from lukou_market.streams.feeding import feeding


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
