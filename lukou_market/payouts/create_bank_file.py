"""Create the bank file of a batch: account numbers leave only here, and each time on record."""

import hashlib
from datetime import datetime

from django.db import transaction

from lukou_market.access_log.models import Action
from lukou_market.access_log.record_access import record_access
from lukou_market.accounts.models import User
from lukou_market.kernel.errors import constraint_errors
from lukou_market.payouts.bank_file import bank_file
from lukou_market.payouts.errors import AlreadyAnswered, ReasonMissing
from lukou_market.payouts.models import PayoutBatch, PayoutFile, PayoutLine


@transaction.atomic
def create_bank_file(*, batch_id: int, by: User, reason: str, now: datetime) -> bytes:
    """The file's bytes; that it was made is on record before anybody has it.

    Raises ReasonMissing, and AlreadyAnswered when a line was confirmed or bounced.
    """
    rows = PayoutLine.objects.filter(batch_id=batch_id).order_by("pk").select_related("batch")
    lines = list(rows.select_for_update(of=("self",)))
    if any(line.status != PayoutLine.Status.PREPARED for line in lines):
        raise AlreadyAnswered
    content = bank_file(lines)
    with constraint_errors({"payout_file_reason": ReasonMissing}):
        PayoutFile.objects.create(
            batch_id=batch_id,
            created_by=by,
            created_at=now,
            reason=reason.strip(),
            sha256=hashlib.sha256(content).hexdigest(),
            lines=len(lines),
            total_fen=sum(line.amount_fen for line in lines),
        )
    record_access(
        actor=by,
        action=Action.EXPORTED,
        subject=f"bank file of payout batch {batch_id}",
        region_code=PayoutBatch.objects.get(pk=batch_id).region_id,
        reason=reason,
    )
    return content
