"""Move an order one step on: paid → packed → shipped → received."""

from datetime import datetime

from lukou_market.orders.errors import OrderNotInStatus
from lukou_market.orders.models import Order, Status


def move(order: Order, *, to: Status, now: datetime) -> None:
    """Write the new status; a trigger adds it to the order's history."""
    order.status, order.status_at = to, now
    order.save(update_fields=["status", "status_at"])


def mark_packed(*, order: Order, now: datetime) -> None:
    """The locked order has been packed. Raises OrderNotInStatus unless it was paid."""
    _step(order, Status.PAID, Status.PACKED, now)


def mark_shipped(*, order: Order, now: datetime) -> None:
    """The locked order is with the carrier. Raises OrderNotInStatus unless it was packed."""
    _step(order, Status.PACKED, Status.SHIPPED, now)


def mark_received(*, order: Order, now: datetime) -> None:
    """The buyer has the locked order. Raises OrderNotInStatus unless it was shipped."""
    _step(order, Status.SHIPPED, Status.RECEIVED, now)


def _step(order: Order, expected: Status, to: Status, now: datetime) -> None:
    if order.status != expected:
        raise OrderNotInStatus(order_status=order.status)
    move(order, to=to, now=now)
