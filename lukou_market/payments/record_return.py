"""Money that came by bank transfer has been sent back by one."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.payments.errors import RefundNotToTransfer, TransferDateWrong
from lukou_market.payments.locks import lock_refund
from lukou_market.payments.models import Refund
from lukou_market.payments.record_transfer import record_line
from lukou_market.payments.settle_refund import settle_refund


@transaction.atomic
def record_return(*, refund_id: int, reference: str, on: date, by: User, now: datetime) -> Refund:
    """The whole refund stands in our bank's statement as gone: its order and the book hear of it.

    Raises RefundNotFound, RefundNotToTransfer (it is not approved, done already, or Stripe's),
    TransferDateWrong, TransferReferenceWrong, TransferRecordedBefore.
    """
    _order, payment, refund = lock_refund(refund_id=refund_id)
    if refund.status != Refund.Status.APPROVED or payment.bank_transfer is None:
        raise RefundNotToTransfer(refund_status=refund.status)
    if not payment.bank_transfer.on <= on <= timezone.localdate(now):
        raise TransferDateWrong
    gone = record_line(reference=reference, amount_fen=-refund.amount_fen, on=on, by=by, now=now)
    settle_refund(refund_id=refund_id, succeeded=True, bank_transfer=gone, now=now)
    refund.refresh_from_db()
    return refund
