"""What an order costs to be sent, and what a voucher takes off: settled at the checkout."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from lukou_market.orders.address import Address
from lukou_market.orders.errors import TotalChanged
from lukou_market.orders.models import Order
from lukou_market.orders.shipping_rates import ShippingRates
from lukou_market.orders.use_voucher import give_back_vouchers, take_voucher


@dataclass(frozen=True, slots=True)
class Asked:
    """What the buyer chose at the checkout, and the total that was shown to them, in fen.

    Without `shown_due_fen` it is the total of the goods that was shown.
    """

    address: Address
    voucher_code: str = ""
    shown_due_fen: int | None = None


def settle_charges(*, order: Order, asked: Asked, now: datetime) -> None:
    """Compute shipping and discount of the locked, unpaid order again and keep them.

    An organisation's list was charged when it was placed, and takes no voucher. Raises
    PlaceUnclear, NotDelivered, TotalChanged (the buyer has seen another total), and what
    take_voucher raises: then the caller's transaction takes everything back.
    """
    if not order.goes_by_list:
        _charge(order, asked, now)
    shown_fen = order.total_fen if asked.shown_due_fen is None else asked.shown_due_fen
    must_be_due(order=order, shown_fen=shown_fen)
    order.save(update_fields=["shipping_fen", "discount_fen"])


def must_be_due(*, order: Order, shown_fen: int) -> None:
    """Raises TotalChanged when the buyer has seen another total than what is due."""
    if order.due_fen != shown_fen:
        raise TotalChanged(
            goods_fen=order.total_fen,
            shipping_fen=order.shipping_fen,
            discount_fen=order.discount_fen,
            due_fen=order.due_fen,
        )


def _charge(order: Order, asked: Asked, now: datetime) -> None:
    order.shipping_fen = shipping_fen(order=order, division=asked.address.division)
    give_back_vouchers(order_ids=[order.pk])
    code = asked.voucher_code.strip()
    order.discount_fen = take_voucher(order=order, code=code, now=now) if code else 0


def shipping_fen(*, order: Order, division: str) -> int:
    """What sending the order there costs, in fen. Raises NotDelivered."""
    weight_g = order.lines.aggregate(weight_g=Sum("weight_g", default=0))["weight_g"]
    return ShippingRates().fen_for(division=division, weight_g=weight_g, goods_fen=order.total_fen)
