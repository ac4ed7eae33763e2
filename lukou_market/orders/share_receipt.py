"""The buyer shares an order's receipt, and takes that back."""

import secrets
from datetime import datetime

from django.db import transaction

from lukou_market.kernel.encryption import digest
from lukou_market.orders.errors import OrderNotPaid, ReceiptNotFound
from lukou_market.orders.locks import lock_own_order
from lukou_market.orders.models import Order, ReceiptLink

_TOKEN_BYTES = 24  # 192 bits: nobody finds one by trying


@transaction.atomic
def share_receipt(*, buyer_id: int, number: str, now: datetime) -> str:
    """A new token for the order's receipt; an older one opens nothing from now on.

    Raises OrderNotFound and OrderNotPaid.
    """
    order = lock_own_order(number=number, buyer_id=buyer_id)
    if order.paid_at is None:
        raise OrderNotPaid
    _end(order, now)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    order.receipt_links.create(token=token, token_digest=_digest(token), made_at=now)
    return token


@transaction.atomic
def stop_sharing_receipt(*, buyer_id: int, number: str, now: datetime) -> None:
    """Whoever holds the link sees nothing any more. Raises OrderNotFound."""
    _end(lock_own_order(number=number, buyer_id=buyer_id), now)


def receipt_token(order: Order) -> str:
    """The token that opens the order's receipt now; empty when there is none."""
    link = order.receipt_links.filter(ended_at=None).first()
    return link.token if link else ""


def order_of_receipt(token: str) -> Order:
    """The order whose receipt the token opens. Raises ReceiptNotFound."""
    links = ReceiptLink.objects.select_related("order")
    link = links.filter(token_digest=_digest(token), ended_at=None).first()
    if link is None:
        raise ReceiptNotFound
    return link.order


def _end(order: Order, now: datetime) -> None:
    order.receipt_links.filter(ended_at=None).update(ended_at=now, token="")


def _digest(token: str) -> str:
    return digest(f"receipt {token}")
