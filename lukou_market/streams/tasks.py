"""Periodic work on live sessions."""

from celery import shared_task
from django.utils import timezone

from lukou_market.streams import count_audience
from lukou_market.streams.feeding import feeding


@shared_task(name="streams.count_audience", ignore_result=True)
def count_audience_unless_fed() -> None:
    """Count the audience where no process feeds the rooms, which counts it more often."""
    with feeding() as alone:
        if alone:
            count_audience.count_audience(now=timezone.now())
