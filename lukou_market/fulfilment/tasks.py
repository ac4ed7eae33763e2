"""Periodic work on parcels."""

from celery import shared_task
from django.utils import timezone

from lukou_market.fulfilment import receive_overdue


@shared_task(name="fulfilment.receive_overdue_orders", ignore_result=True)
def receive_overdue_orders() -> None:
    """Receive overdue orders until none is left."""
    while receive_overdue.receive_overdue_orders(now=timezone.now()):
        pass
