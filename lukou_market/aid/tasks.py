"""Periodic posting."""

from celery import shared_task
from django.utils import timezone

from lukou_market.aid import close_period, post_orders


@shared_task(name="aid.post_due_orders")
def post_due_orders() -> None:
    """Post until nothing is due that another worker is not working on."""
    while post_orders.post_due_orders(now=timezone.now()):
        pass


@shared_task(name="aid.check_asked_periods")
def check_asked_periods() -> None:
    """Check the books for months that cadres want to close."""
    close_period.check_asked(now=timezone.now())
