"""Periodic screening."""

from celery import shared_task
from django.utils import timezone

from lukou_market.screening import screen_due


@shared_task(name="screening.screen_due_orders")
def screen_due_orders() -> None:
    """Look until nothing is due that another worker is not looking at."""
    while screen_due.screen_due_orders(now=timezone.now()):
        pass
