"""What buyers may read of their orders."""

from django.db.models import QuerySet

from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order


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
