"""What packers have before them."""

from django.db.models import QuerySet

from lukou_market.orders.models import Order, Status
from lukou_market.regions.jurisdiction import Jurisdiction


def to_pack(jurisdiction: Jurisdiction) -> QuerySet[Order]:
    """Paid orders of goods from these villages, the longest waiting first."""
    return _waiting(Status.PAID, jurisdiction)


def to_ship(jurisdiction: Jurisdiction) -> QuerySet[Order]:
    """Packed orders of goods from these villages, with their parcels, likewise."""
    return _waiting(Status.PACKED, jurisdiction).select_related("shipment")


def _waiting(status: Status, jurisdiction: Jurisdiction) -> QuerySet[Order]:
    orders = jurisdiction.scope(Order.objects.filter(status=status), "lines__producer__village_id")
    return orders.distinct().order_by("status_at", "id").prefetch_related("lines__sku__product")
