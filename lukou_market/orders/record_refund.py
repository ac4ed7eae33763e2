"""Money of an order has gone back to its buyer."""

from datetime import datetime

from lukou_market.orders.models import Order, OrderEvent, Status
from lukou_market.orders.stock import release_stock
from lukou_market.orders.use_voucher import give_back_vouchers

_NOT_YET_SHIPPED = (Status.PAID, Status.PACKED)


def record_refund(
    *, order: Order, amount_fen: int, now: datetime, by_transfer: bool = False
) -> None:
    """Add to what the locked order gave back, and tell the book through an event.

    A refund is taken from the goods first, then from the shipping. An order refunded whole ends
    as refunded and what it was discounted goes back, too; unless it was shipped, what of it has
    not left is on sale again. `by_transfer`: from our bank account, not through Stripe. More than
    was paid is refused by the constraint order_refund_within_total.
    """
    before_fen = order.refunded_fen
    order.refunded_fen += amount_fen
    whole = order.refunded_fen == order.due_fen
    discount_fen = order.discount_fen if whole else 0
    goods_fen = min(amount_fen + discount_fen, max(0, order.total_fen - before_fen))
    was_here = order.status in _NOT_YET_SHIPPED
    if whole:
        order.status, order.status_at = Status.REFUNDED, now
    order.save(update_fields=["refunded_fen", "status", "status_at"])
    OrderEvent.objects.create(
        order=order,
        kind=OrderEvent.REFUND,
        amount_fen=amount_fen,
        shipping_fen=amount_fen + discount_fen - goods_fen,
        discount_fen=discount_fen,
        by_transfer=by_transfer,
        occurred_at=now,
    )
    if whole and was_here:
        release_stock(order_ids=[order.pk])
    if whole:
        give_back_vouchers(order_ids=[order.pk])
