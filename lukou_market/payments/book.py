"""What payments write to the book: money that came in, and surplus that went back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.post_transfers import post_transfers
from lukou_market.payments.models import Payment, Refund

CLEARING = Place("stripe_clearing")
UNAPPLIED = Place("unapplied")

_LABEL = "payments"


def post_received(*, payments: Sequence[Payment], now: datetime) -> None:
    """The whole of each succeeded payment waits to be applied."""
    entries = [
        Entry(
            debit=CLEARING,
            credit=UNAPPLIED,
            amount_fen=payment.amount_fen,
            code="payment_received",
            source=Source("payment", payment.pk, "received"),
            effective_at=now,
        )
        for payment in payments
    ]
    post_transfers(month=_month_of(now), label=_LABEL, entries=entries, now=now)


def post_surplus_refunded(*, refund: Refund, now: datetime) -> None:
    """A payment that paid no order has gone back to the buyer."""
    entry = Entry(
        debit=UNAPPLIED,
        credit=CLEARING,
        amount_fen=refund.amount_fen,
        code="surplus_refunded",
        source=Source("refund", refund.pk, "surplus"),
        effective_at=now,
    )
    post_transfers(month=_month_of(now), label=_LABEL, entries=[entry], now=now)


def _month_of(now: datetime) -> date:
    return timezone.localtime(now).date().replace(day=1)
