"""Lists that are paid by bank transfer, in the words of the tests."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.orders.models import Order
from lukou_market.organisations.address_list import AddressList, read_address_list
from lukou_market.organisations.models import Organisation
from lukou_market.organisations.order_for_members import order_for_members
from lukou_market.payments.issue_notice import issue_notice
from lukou_market.payments.models import Payment, PaymentNotice, Refund
from lukou_market.payments.record_return import record_return
from lukou_market.payments.record_transfer import record_transfer
from lukou_market.streams.models import Offer
from tests.factories import NOW, make_staff
from tests.organisations.lists import filled, member

ACCOUNT = {
    "TRANSFER_ACCOUNT_NAME": "绿口区农产品公司",
    "TRANSFER_ACCOUNT_NUMBER": "43001500061052500000",
    "TRANSFER_BANK": "绿口农商行",
}
_next = count(1)


def members(number: int) -> AddressList:
    return read_address_list(filled([member(n) for n in range(number)]))


def order_list(
    organisation: Organisation, offer: Offer, number: int = 3, *, now: datetime = NOW
) -> Order:
    """Ordered for so many members."""
    return order_for_members(
        organisation=organisation,
        offer_id=offer.pk,
        listed=members(number),
        shown_price_fen=offer.price_fen,
        now=now,
    ).order


def noticed(order: Order, *, now: datetime = NOW, **changes: Any) -> PaymentNotice:
    asked: dict[str, Any] = {
        "buyer_id": order.buyer_id,
        "number": order.number,
        "shown_due_fen": order.due_fen,
    }
    return issue_notice(now=now, **(asked | changes))


def cashier() -> User:
    return make_staff(f"cashier{next(_next)}")


def come(order: Order, amount_fen: int | None = None, **changes: Any) -> Payment:
    """The bank's statement shows a transfer for the order."""
    now = changes.pop("now", NOW)
    values: dict[str, Any] = {
        "number": order.number,
        "amount_fen": order.due_fen if amount_fen is None else amount_fen,
        "reference": f"20260628{next(_next):06d}",
        "on": day(now),
        "by": changes.pop("by", None) or cashier(),
    }
    return record_transfer(now=now, **(values | changes))


def sent_back(refund: Refund, **changes: Any) -> Refund:
    """The bank's statement shows that the refund has left."""
    now = changes.pop("now", NOW + timedelta(hours=1))
    values: dict[str, Any] = {
        "reference": f"B20260628{next(_next):06d}",
        "on": day(now),
        "by": cashier(),
    }
    return record_return(refund_id=refund.pk, now=now, **(values | changes))


def day(now: datetime) -> date:
    return timezone.localdate(now)
