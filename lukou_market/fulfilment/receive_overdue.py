"""Buyers who don't say anything have received their parcel."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from lukou_market.fulfilment.models import Shipment, TrackingEvent
from lukou_market.orders.advance import mark_received
from lukou_market.orders.models import Order, Status


@transaction.atomic
def receive_overdue_orders(*, now: datetime, limit: int = 200) -> int:
    """Receive up to `limit` orders that are overdue; return how many.

    Overdue is an order shipped `settings.AUTO_RECEIPT` ago, or whose parcels were all delivered
    `settings.RECEIPT_AFTER_DELIVERY` ago; never one of which a parcel is coming back.
    """
    parcels = Shipment.objects.filter(order=OuterRef("pk"))
    awaited = parcels.filter(
        Q(delivered_at=None) | Q(delivered_at__gt=now - settings.RECEIPT_AFTER_DELIVERY)
    )
    back = parcels.filter(delivered_at=None, scans__code=TrackingEvent.RETURNED)
    overdue = Order.objects.filter(
        Q(status_at__lte=now - settings.AUTO_RECEIPT) | Exists(parcels) & ~Exists(awaited),
        ~Exists(back),
        status=Status.SHIPPED,
    )
    rows = overdue.select_for_update(skip_locked=True, of=("self",))
    orders = rows.order_by("status_at")[:limit]
    for order in orders:
        mark_received(order=order, now=now)
    return len(orders)
