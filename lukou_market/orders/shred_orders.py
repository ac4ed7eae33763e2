"""Take a buyer's person out of their orders; what was sold, for how much, stays in the book."""

from datetime import datetime

from lukou_market.accounts.errors import AccountInUse
from lukou_market.orders.models import Order, ReceiptLink, Status

_UNDER_WAY = (Status.PLACED, Status.PAID, Status.PACKED, Status.SHIPPED)
SHREDDED = "—"
"""What stands where a person stood."""


def shred_orders(*, buyer_id: int, now: datetime) -> None:
    """Replace recipient, phone and address in all the buyer's orders; links to receipts end.

    Raises AccountInUse.
    """
    orders = Order.objects.filter(buyer_id=buyer_id)
    if orders.filter(status__in=_UNDER_WAY).exists():
        raise AccountInUse
    addressed = orders.exclude(address="").select_for_update().order_by("pk")
    for order in addressed:
        order.recipient = order.recipient_phone = order.address = SHREDDED
        order.save(update_fields=["recipient", "recipient_phone", "address"])
    links = ReceiptLink.objects.filter(order__buyer_id=buyer_id, ended_at=None)
    links.update(ended_at=now, token="")
