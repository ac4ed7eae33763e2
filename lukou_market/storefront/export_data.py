"""All that the shop knows of a buyer, as they may take it with them."""

from datetime import datetime
from typing import Any

from lukou_market.accounts.models import User
from lukou_market.accounts.sign_ins import sign_ins_of
from lukou_market.addresses.address_book import addresses_of
from lukou_market.orders.models import Order
from lukou_market.orders.queries import orders_of
from lukou_market.payments.models import Refund
from lukou_market.streams.models import ChatMessage


def export_data(*, user: User, now: datetime) -> dict[str, Any]:
    """The person's own data in plain values; amounts in fen, weights in grams."""
    return {
        "phone": user.phone,
        "name": user.display_name,
        "joined_at": user.date_joined.isoformat(),
        "addresses": [
            {"recipient": one.recipient, "phone": one.phone, "address": one.text}
            for one in addresses_of(user.pk)
        ],
        "sign_ins": [
            {"device": one.device, "at": one.signed_in_at.isoformat()}
            for one in sign_ins_of(user, now=now)
        ],
        "orders": [_order(one) for one in orders_of(user.pk)],
        "refunds": [
            {"order": one.payment.order.number, "amount_fen": one.amount_fen,
             "status": one.status, "note": one.note, "at": one.requested_at.isoformat()}
            for one in Refund.objects.filter(payment__order__buyer=user).select_related(
                "payment__order"
            )
        ],
        "said": [
            {"at": one.said_at.isoformat(), "text": one.text}
            for one in ChatMessage.objects.filter(author=user)
        ],
    }  # fmt: skip


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "status": order.status,
        "placed_at": order.placed_at.isoformat(),
        "goods_fen": order.total_fen,
        "shipping_fen": order.shipping_fen,
        "discount_fen": order.discount_fen,
        "refunded_fen": order.refunded_fen,
        "recipient": order.recipient,
        "phone": order.recipient_phone,
        "address": order.address,
        "lines": [
            {"goods": str(line.sku), "quantity": line.quantity, "weight_g": line.weight_g,
             "total_fen": line.total_fen}
            for line in order.lines.all()
        ],
    }  # fmt: skip
