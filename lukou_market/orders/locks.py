"""Locks on orders, all in one place.

In this order: the order row, its payment, its refund, offers, vouchers.
"""

from collections.abc import Collection

from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.models import Order


def lock_order(*, order_id: int) -> Order:
    """The order, locked until the transaction ends. Raises OrderNotFound."""
    order = Order.objects.select_for_update(of=("self",)).filter(pk=order_id).first()
    if order is None:
        raise OrderNotFound
    return order


def lock_orders(*, order_ids: Collection[int]) -> dict[int, Order]:
    """These orders by id, locked in the order of their ids; their addresses stay encrypted."""
    orders = Order.objects.select_for_update(of=("self",)).filter(pk__in=order_ids)
    locked = orders.defer("recipient", "recipient_phone", "address").order_by("id")
    return {order.pk: order for order in locked}


def lock_own_order(*, number: str, buyer_id: int) -> Order:
    """The buyer's order, locked. Raises OrderNotFound, for other buyers' orders too."""
    orders = Order.objects.select_for_update(of=("self",))
    order = orders.filter(number=number, buyer_id=buyer_id).first()
    if order is None:
        raise OrderNotFound
    return order
