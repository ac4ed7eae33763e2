"""Take a direct sale back: it was wrong, or the buyer returned the goods."""

from datetime import date, datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.orders.errors import (
    ReceiptRecordedBefore,
    ReversedBefore,
    ReversedBeforeSold,
)
from lukou_market.orders.locks import lock_order
from lukou_market.orders.models import DirectReversal, DirectSale
from lukou_market.orders.record_direct_sales import noon_of
from lukou_market.orders.record_refund import record_refund


@transaction.atomic
def reverse_direct_sale(
    *, sale: DirectSale, receipt_number: str, on: date, proof: str, by: User, now: datetime
) -> None:
    """The whole sale goes back, as a refund does: what was posted stays, and its reversal follows.

    Raises ReversedBefore, ReversedBeforeSold, ReceiptRecordedBefore.
    """
    if on < sale.sold_on:
        raise ReversedBeforeSold
    order = lock_order(order_id=sale.order_id)
    refusals = {
        "direct_reversal_once": ReceiptRecordedBefore,
        "orders_directreversal_sale_id_key": ReversedBefore,
    }
    with constraint_errors(refusals):
        DirectReversal.objects.create(
            sale=sale,
            receipt_number=receipt_number,
            reversed_on=on,
            proof=proof,
            recorded_by=by,
            recorded_at=now,
        )
    record_refund(order=order, amount_fen=order.due_fen, now=noon_of(on))
