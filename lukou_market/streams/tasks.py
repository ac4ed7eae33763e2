"""Periodic work on live sessions."""

from celery import shared_task

from lukou_market.streams import viewers


@shared_task(name="streams.save_viewers", ignore_result=True)
def save_viewers() -> None:
    """Keep the counts of viewers."""
    viewers.save_viewers()
