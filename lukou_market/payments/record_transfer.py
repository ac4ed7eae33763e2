"""Our bank's statement shows an organisation's transfer: it pays its order, or goes back."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.kernel.errors import DomainError, constraint_errors
from lukou_market.orders.errors import OrderNotFound
from lukou_market.orders.locks import lock_order
from lukou_market.orders.models import Order
from lukou_market.payments.confirm_payments import Received, confirm_payments
from lukou_market.payments.errors import (
    OrderPaidBefore,
    TransferAmountDiffers,
    TransferDateWrong,
    TransferRecordedBefore,
    TransferReferenceWrong,
    TransferTooLate,
)
from lukou_market.payments.models import BankTransfer, Payment, Refund

_PAYS_NOTHING: dict[str, type[DomainError]] = {
    Refund.Reason.WRONG_AMOUNT: TransferAmountDiffers,
    Refund.Reason.PAID_TWICE: OrderPaidBefore,
    Refund.Reason.PAID_LATE: TransferTooLate,
}


@transaction.atomic
def record_transfer(
    *,
    number: str,
    amount_fen: int,
    reference: str,
    on: date,
    by: User,
    now: datetime,
    give_back: bool = False,
) -> Payment:
    """Take a transfer that names this order into the book, as a payment through Stripe is taken.

    What pays no order is refused, as a slip of the pen; with `give_back` the bank really has it,
    and it waits to be sent back. Raises OrderNotFound, TransferReferenceWrong,
    TransferDateWrong, TransferRecordedBefore, TransferAmountDiffers, OrderPaidBefore,
    TransferTooLate.
    """
    order = _locked(number)
    if not timezone.localdate(order.placed_at) <= on <= timezone.localdate(now):
        raise TransferDateWrong
    transfer = record_line(reference=reference, amount_fen=amount_fen, on=on, by=by, now=now)
    payment = Payment.objects.create(
        order=order, bank_transfer=transfer, amount_fen=amount_fen, created_at=now, checked_at=now
    )
    confirm_payments(received=[Received(payment.pk, None, amount_fen)], now=now)
    surplus = payment.refunds.first()
    if surplus is not None and not give_back:
        raise _PAYS_NOTHING[surplus.reason](due_fen=order.due_fen)
    payment.refresh_from_db()
    return payment


def record_line(
    *, reference: str, amount_fen: int, on: date, by: User, now: datetime
) -> BankTransfer:
    """Write a line of the statement down. Raises TransferReferenceWrong, TransferRecordedBefore."""
    refusals: dict[str, type[DomainError]] = {
        "bank_transfer_once": TransferRecordedBefore,
        "bank_transfer_reference": TransferReferenceWrong,
    }
    with constraint_errors(refusals):
        return BankTransfer.objects.create(
            reference=normal_reference(reference),
            amount_fen=amount_fen,
            on=on,
            recorded_by=by,
            recorded_at=now,
        )


def normal_reference(typed: str) -> str:
    """A bank's number as it is kept: without spaces, in capitals."""
    return "".join(typed.split()).upper()


def _locked(number: str) -> Order:
    pk = Order.objects.filter(number=number).values_list("pk", flat=True).first()
    if pk is None:
        raise OrderNotFound
    return lock_order(order_id=pk)
