"""Periodic work on orders."""

from celery import shared_task
from django.utils import timezone

from lukou_market.orders import expire_orders


@shared_task(name="orders.expire_due_orders")
def expire_due_orders() -> None:
    """Expire unpaid orders until none is due."""
    while expire_orders.expire_due_orders(now=timezone.now()):
        pass
