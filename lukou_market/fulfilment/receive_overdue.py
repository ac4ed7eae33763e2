"""Buyers who don't say anything have received their parcel."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from lukou_market.orders.advance import mark_received
from lukou_market.orders.models import Order, Status


@transaction.atomic
def receive_overdue_orders(*, now: datetime, limit: int = 200) -> int:
    """Receive up to `limit` orders shipped `settings.AUTO_RECEIPT` ago; return how many."""
    overdue = Order.objects.filter(
        status=Status.SHIPPED, status_at__lte=now - settings.AUTO_RECEIPT
    )
    orders = overdue.select_for_update(skip_locked=True).order_by("status_at")[:limit]
    for order in orders:
        mark_received(order=order, now=now)
    return len(orders)
