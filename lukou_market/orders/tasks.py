"""Periodic work on orders."""

from celery import shared_task
from django.utils import timezone

from lukou_market.orders import expire_orders
from lukou_market.orders import notify_buyers as notify


@shared_task(name="orders.expire_due_orders")
def expire_due_orders() -> None:
    """Expire unpaid orders until none is due."""
    while expire_orders.expire_due_orders(now=timezone.now()):
        pass


@shared_task(name="orders.notify_buyers", ignore_result=True)
def notify_buyers() -> None:
    """Send the texts that are due."""
    while notify.send_due_texts(now=timezone.now()):
        pass


@shared_task(name="orders.note_late_orders", ignore_result=True)
def note_late_orders() -> None:
    """Note which orders should have left by now."""
    while notify.note_late_orders(now=timezone.now()):
        pass
