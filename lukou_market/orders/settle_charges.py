"""What an order costs to be sent, and what a voucher takes off: settled at the checkout."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.db.models.functions import Length

from lukou_market.orders.address import Address
from lukou_market.orders.errors import NotDelivered, TotalChanged
from lukou_market.orders.models import Order, ShippingRate
from lukou_market.orders.use_voucher import give_back_vouchers, take_voucher


@dataclass(frozen=True, slots=True)
class Asked:
    """What the buyer chose at the checkout, and the total that was shown to them, in fen.

    Without `shown_due_fen` it is the total of the goods that was shown. `as_listed`: it goes to
    the addresses of an organisation's list, and is sent free.
    """

    address: Address
    voucher_code: str = ""
    shown_due_fen: int | None = None
    as_listed: bool = False


def settle_charges(*, order: Order, asked: Asked, now: datetime) -> None:
    """Compute shipping and discount of the locked, unpaid order again and keep them.

    Raises PlaceUnclear, NotDelivered, TotalChanged (the buyer has seen another total), and what
    take_voucher raises: then the caller's transaction takes everything back.
    """
    order.shipping_fen = 0 if asked.as_listed else _shipping_to(order, asked.address)
    give_back_vouchers(order_ids=[order.pk])
    code = asked.voucher_code.strip()
    order.discount_fen = take_voucher(order=order, code=code, now=now) if code else 0
    shown_fen = order.total_fen if asked.shown_due_fen is None else asked.shown_due_fen
    if order.due_fen != shown_fen:
        raise TotalChanged(
            goods_fen=order.total_fen,
            shipping_fen=order.shipping_fen,
            discount_fen=order.discount_fen,
            due_fen=order.due_fen,
        )
    order.save(update_fields=["shipping_fen", "discount_fen"])


def _shipping_to(order: Order, address: Address) -> int:
    return shipping_fen(order=order, division=address.division)


def shipping_fen(*, order: Order, division: str) -> int:
    """What sending the order there costs, in fen. Raises NotDelivered."""
    rate = rate_for(division)
    if rate is None:
        return 0
    if not rate.delivered:
        raise NotDelivered(division=division)
    weight_g = order.lines.aggregate(weight_g=Sum("weight_g", default=0))["weight_g"]
    return rate.fen_for(weight_g=weight_g, goods_fen=order.total_fen)


def rate_for(division: str) -> ShippingRate | None:
    """The rate of the longest prefix of this division's code; None when none fits."""
    fitting = ShippingRate.objects.filter(prefix__in=[division[:end] for end in (0, 2, 4, 6)])
    return fitting.order_by(Length("prefix").desc()).first()
