"""Periodic posting."""

from celery import shared_task
from django.utils import timezone

from lukou_market.aid import post_orders


@shared_task(name="aid.post_due_orders")
def post_due_orders() -> None:
    """Post until nothing is due that another worker is not working on."""
    while post_orders.post_due_orders(now=timezone.now()):
        pass
