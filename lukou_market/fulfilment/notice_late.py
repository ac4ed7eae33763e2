"""Orders that did not leave by the day that was promised."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from lukou_market.fulfilment.models import LateShipment
from lukou_market.orders.models import Order, Status


@transaction.atomic
def notice_late_orders(*, now: datetime, limit: int = 200) -> int:
    """Note up to `limit` orders still here after their `ship_by`, each once; return how many."""
    noticed = LateShipment.objects.filter(order=OuterRef("pk"))
    late = Order.objects.filter(
        ~Exists(noticed), status__in=[Status.PAID, Status.PACKED], ship_by__lte=now
    )
    rows = late.order_by("ship_by").values_list("pk", "ship_by")
    orders = list(rows.select_for_update(skip_locked=True, of=("self",))[:limit])
    LateShipment.objects.bulk_create(
        [LateShipment(order_id=pk, ship_by=by, noticed_at=now) for pk, by in orders if by],
        ignore_conflicts=True,
    )
    return len(orders)
