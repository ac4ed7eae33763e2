"""Book what Stripe moves by itself: its fees, and money between our balance and our bank."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.months import month_of
from lukou_market.ledger.post_transfers import post_transfers
from lukou_market.payments.book import BANK, CLEARING, LABEL
from lukou_market.payments.models import BalanceMovement

FEES = Place("stripe_fees")

_BANK_KINDS = ("payout", "payout_reversal", "topup", "topup_reversal")
_FEE_KINDS = ("fee", "tax", "network_cost")
_BATCH = 1000


def book_movements(*, now: datetime) -> None:
    """Post what is not in the book yet, in the month in which it happened at Stripe.

    What payments, refunds and disputes move is posted by them; a movement's fee is always here.
    """
    while _book_some(now):
        pass


@transaction.atomic
def _book_some(now: datetime) -> int:
    due = BalanceMovement.objects.select_for_update(skip_locked=True).filter(booked=False)
    movements = list(due.order_by("id")[:_BATCH])
    months: dict[date, list[Entry]] = defaultdict(list)
    for movement in movements:
        months[month_of(movement.created_at)] += _entries(movement)
    for month, entries in sorted(months.items()):
        if entries:
            post_transfers(month=month, label=LABEL, entries=entries, now=now)
    booked = BalanceMovement.objects.filter(pk__in=[movement.pk for movement in movements])
    booked.update(booked=True)
    return len(movements)


def _entries(movement: BalanceMovement) -> Iterator[Entry]:
    if movement.fee_fen:
        yield _entry(movement, "fee", FEES, -movement.fee_fen)
    if movement.kind in _BANK_KINDS and movement.amount_fen:
        yield _entry(movement, "payout", BANK, movement.amount_fen)
    elif movement.kind in _FEE_KINDS and movement.amount_fen:
        yield _entry(movement, "charged", FEES, movement.amount_fen)


def _entry(movement: BalanceMovement, leg: str, other: Place, signed_fen: int) -> Entry:
    """From our balance at Stripe to `other`; back when `signed_fen` is positive."""
    there = signed_fen < 0
    return Entry(
        debit=other if there else CLEARING,
        credit=CLEARING if there else other,
        amount_fen=abs(signed_fen),
        code=_CODES[other][0 if there else 1],
        source=Source("movement", movement.pk, leg),
        effective_at=movement.created_at,
    )


_CODES = {FEES: ("fee_taken", "fee_returned"), BANK: ("payout_sent", "payout_returned")}
