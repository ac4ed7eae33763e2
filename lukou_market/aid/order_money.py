"""What was paid for an order and by whom, and what of it is nobody's part of the sale."""

from dataclasses import dataclass

from django.db.models import Sum

from lukou_market.orders.models import Order, OrderEvent
from lukou_market.payments.queries import fee_fen


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """In fen, as things stand after refunds.

    Buyer and `issuer` (who granted the voucher) paid `total_fen` together; it equals what the
    trace's parties hold, what is kept for shipping, and what went back to both. The fee is
    Stripe's; the book takes it from the shop's money, from nobody's part.
    """

    goods_fen: int
    shipping_fen: int
    discount_fen: int
    issuer: str
    shipping_kept_fen: int
    back_to_buyer_fen: int
    back_to_issuer_fen: int
    fee_fen: int

    @property
    def total_fen(self) -> int:
        """Goods and shipping: what was paid, whoever paid it."""
        return self.goods_fen + self.shipping_fen

    @property
    def by_buyer_fen(self) -> int:
        """What of it the buyer paid."""
        return self.total_fen - self.discount_fen


def money_of(order: Order) -> OrderMoney:
    """The order's money; before payment, what would be paid as far as it is settled."""
    refunds = order.events.filter(kind=OrderEvent.REFUND)
    back = refunds.aggregate(
        fen=Sum("amount_fen", default=0),
        shipping_fen=Sum("shipping_fen", default=0),
        discount_fen=Sum("discount_fen", default=0),
    )
    return OrderMoney(
        goods_fen=order.total_fen,
        shipping_fen=order.shipping_fen,
        discount_fen=order.discount_fen,
        issuer=order.voucher_use.voucher.issued_by if order.discount_fen else "",
        shipping_kept_fen=order.shipping_fen - back["shipping_fen"],
        back_to_buyer_fen=back["fen"],
        back_to_issuer_fen=back["discount_fen"],
        fee_fen=fee_fen(order=order),
    )
