"""Claims that nobody has decided in time."""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import transaction

from lukou_market.fulfilment.claim_models import Claim
from lukou_market.payments.decide_refund import approve_refund
from lukou_market.payments.errors import RefundDecided
from lukou_market.payments.models import Refund


def decide_due_claims(*, now: datetime, limit: int = 100) -> int:
    """Grant up to `limit` claims whose time is over, or pass them on; return how many.

    Up to `settings.GRANT_CLAIMS_UP_TO_FEN` silence is a yes; above it the cadres decide.
    """
    decided = 0
    while decided < limit and _decide_next(now):
        decided += 1
    return decided


@transaction.atomic
def _decide_next(now: datetime) -> bool:
    due = Claim.objects.filter(
        decide_by__lte=now,
        escalated_at=None,
        decided_by_time=False,
        refund__status=Refund.Status.REQUESTED,
    )
    rows = due.select_related("refund").order_by("decide_by", "id")
    claim = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if claim is None:
        return False
    if claim.refund.amount_fen > settings.GRANT_CLAIMS_UP_TO_FEN:
        claim.escalated_at = now
    else:
        with suppress(RefundDecided):  # the host was a moment faster: the claim is due no more
            approve_refund(refund_id=claim.refund_id, now=now)
            claim.decided_by_time = True
    claim.save(update_fields=["decided_by_time", "escalated_at"])
    return True
