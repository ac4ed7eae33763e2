"""What buyers may read of their orders."""

from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Least

from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order, Status

# What of an order's goods went back, as `record_refund` takes it: a whole refund takes all,
# whatever a voucher had paid of it; shipping is no part of sales.
GOODS_REFUNDED = Case(
    When(status=Status.REFUNDED, then=F("total_fen")), default=Least("refunded_fen", "total_fen")
)


def orders_of(buyer_id: int) -> QuerySet[Order]:
    """The buyer's orders, newest first, with their lines."""
    orders = Order.objects.filter(buyer_id=buyer_id).select_related("session")
    return orders.prefetch_related("lines__sku__product")


def own_order(*, buyer_id: int, number: str) -> Order:
    """The buyer's order. Raises OrderNotFound, for other buyers' orders too."""
    order = orders_of(buyer_id).filter(number=number).first()
    if order is None:
        raise OrderNotFound
    return order
