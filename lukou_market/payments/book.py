"""What payments write to the book: money that came in, surplus that went back, disputes."""

from collections.abc import Sequence
from datetime import datetime

from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.months import month_of
from lukou_market.ledger.post_transfers import post_transfers
from lukou_market.payments.models import Dispute, Payment, Refund

CLEARING = Place("stripe_clearing")
BANK = Place("bank")
UNAPPLIED = Place("unapplied")
DISPUTED = Place("disputed")
LOSSES = Place("dispute_losses")

LABEL = "payments"


def post_received(*, payments: Sequence[Payment], now: datetime) -> None:
    """The whole of each succeeded payment waits to be applied."""
    entries = [
        Entry(
            debit=_holds(payment),
            credit=UNAPPLIED,
            amount_fen=payment.amount_fen,
            code="transfer_received" if payment.bank_transfer_id else "payment_received",
            source=Source("payment", payment.pk, "received"),
            effective_at=now,
        )
        for payment in payments
    ]
    post_transfers(month=month_of(now), label=LABEL, entries=entries, now=now)


def _holds(payment: Payment) -> Place:
    """Where the payment's money is."""
    return BANK if payment.bank_transfer_id else CLEARING


def post_surplus_refunded(*, refund: Refund, payment: Payment, now: datetime) -> None:
    """A payment that paid no order has gone back to the buyer."""
    entry = Entry(
        debit=UNAPPLIED,
        credit=_holds(payment),
        amount_fen=refund.amount_fen,
        code="surplus_refunded",
        source=Source("refund", refund.pk, "surplus"),
        effective_at=now,
    )
    post_transfers(month=month_of(now), label=LABEL, entries=[entry], now=now)


def post_withdrawn(*, dispute: Dispute, now: datetime) -> None:
    """Stripe has taken the disputed money until the bank decides."""
    fen = dispute.amount_fen
    _post([_of(dispute, "withdrawn", DISPUTED, CLEARING, fen, now)], now)


def post_reinstated(*, dispute: Dispute, now: datetime) -> None:
    """The dispute is won and its money back."""
    fen = dispute.amount_fen
    _post([_of(dispute, "reinstated", CLEARING, DISPUTED, fen, now)], now)


def post_lost(*, dispute: Dispute, applied: bool, now: datetime) -> None:
    """The bank keeps the money: who received the payment bears what of it was left.

    A payment's order gives it back as a refund does, through `stripe_clearing`. What exceeds
    the rest of the payment, because a refund had been before, is nobody's but ours.
    """
    giver, over_fen = CLEARING if applied else UNAPPLIED, dispute.amount_fen - dispute.held_fen
    legs = [("lost", giver, dispute.held_fen), ("lost_over", LOSSES, over_fen)]
    _post([_of(dispute, leg, giver, DISPUTED, fen, now) for leg, giver, fen in legs if fen], now)


def _of(
    dispute: Dispute, leg: str, debit: Place, credit: Place, amount_fen: int, now: datetime
) -> Entry:
    return Entry(
        debit=debit,
        credit=credit,
        amount_fen=amount_fen,
        code=f"dispute_{leg}",
        source=Source("dispute", dispute.pk, leg),
        effective_at=now,
    )


def _post(entries: Sequence[Entry], now: datetime) -> None:
    post_transfers(month=month_of(now), label=LABEL, entries=entries, now=now)
