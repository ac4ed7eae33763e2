"""What waits to be packed, and what for its carrier."""

from django.db.models import Exists, OuterRef, QuerySet

from lukou_market.fulfilment.models import Shipment
from lukou_market.orders.models import Order, Status


def to_pack(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Those of the orders that have boxes left to pack, longest waiting first."""
    closed = Shipment.objects.filter(order=OuterRef("pk"), closes=True)
    waiting = orders.filter(~Exists(closed), status__in=[Status.PAID, Status.PACKED])
    return waiting.order_by("paid_at", "pk")


def to_ship(orders: QuerySet[Order]) -> QuerySet[Shipment]:
    """Parcels of these orders that no carrier has yet, longest waiting first."""
    parcels = Shipment.objects.filter(
        order__in=orders.filter(status=Status.PACKED), shipped_at=None
    )
    return parcels.select_related("order").order_by("packed_at", "pk")
