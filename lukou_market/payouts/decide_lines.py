"""What the bank did with lines: paid them, which goes into the book, or sent them back."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction

from lukou_market.accounts.models import User
from lukou_market.households.models import IncomeKind
from lukou_market.kernel.errors import constraint_errors
from lukou_market.ledger.entries import Entry, Place, Source
from lukou_market.ledger.months import month_of
from lukou_market.ledger.post_transfers import post_transfers
from lukou_market.payouts.errors import AlreadyDecided, NotSent, ReasonMissing, SamePerson
from lukou_market.payouts.models import PayoutBatch, PayoutLine

_REFUSALS = {"payout_two_people": SamePerson, "payout_decided": ReasonMissing}


@transaction.atomic
def confirm_lines(*, line_ids: Collection[int], by: User, now: datetime) -> int:
    """The bank has paid these: book them; returns how many, without those confirmed before.

    Raises SamePerson, AlreadyDecided when one has bounced, NotSent; then nothing changes.
    """
    lines = _open(line_ids, PayoutLine.Status.CONFIRMED)
    batches = {line.batch_id for line in lines}
    if PayoutBatch.objects.filter(pk__in=batches, files=None).exists():
        raise NotSent
    _decide(lines, PayoutLine.Status.CONFIRMED, "", by, now)
    entries = [entry for line in lines for entry in _entries(line, now)]
    if entries:
        post_transfers(month=month_of(now), label="payouts", entries=entries, now=now)
    return len(lines)


@transaction.atomic
def bounce_lines(*, line_ids: Collection[int], reason: str, by: User, now: datetime) -> int:
    """The bank has not paid these, for this reason: their amounts are free to be paid again.

    Raises SamePerson, AlreadyDecided when one is confirmed, ReasonMissing; then nothing changes.
    """
    lines = _open(line_ids, PayoutLine.Status.BOUNCED)
    _decide(lines, PayoutLine.Status.BOUNCED, reason.strip(), by, now)
    return len(lines)


def _open(line_ids: Collection[int], decision: str) -> list[PayoutLine]:
    """The lines, locked, that are still prepared. Raises AlreadyDecided."""
    rows = PayoutLine.objects.filter(pk__in=line_ids).order_by("pk").select_for_update()
    lines = list(rows)
    if any(line.status not in (PayoutLine.Status.PREPARED, decision) for line in lines):
        raise AlreadyDecided
    return [line for line in lines if line.status == PayoutLine.Status.PREPARED]


def _decide(
    lines: Collection[PayoutLine], status: str, reason: str, by: User, now: datetime
) -> None:
    rows = PayoutLine.objects.filter(pk__in=[line.pk for line in lines])
    with constraint_errors(_REFUSALS):
        rows.update(status=status, reason=reason, decided_by=by, decided_at=now)


def _entries(line: PayoutLine, now: datetime) -> Iterator[Entry]:
    for kind in IncomeKind.values:
        if amount_fen := getattr(line, f"{kind}_fen"):
            yield Entry(
                debit=Place("household", line.household_id, kind),
                credit=Place("household_paid", line.household_id),
                amount_fen=amount_fen,
                code="paid_out",
                source=Source("payout_line", line.pk, kind),
                effective_at=now,
            )
