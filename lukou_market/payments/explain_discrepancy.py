"""A person says why Stripe and we differ."""

from datetime import datetime

from django.db import transaction

from lukou_market.payments.errors import (
    DiscrepancyExplained,
    DiscrepancyNotFound,
    DiscrepancyResolved,
    ExplanationMissing,
)
from lukou_market.payments.models import Discrepancy


@transaction.atomic
def explain_discrepancy(
    *, discrepancy_id: int, explanation: str, user_id: int, now: datetime
) -> Discrepancy:
    """Record the sentence, who said it and when; it stays as it was said.

    The caller has checked that they may. Raises DiscrepancyNotFound, ExplanationMissing,
    DiscrepancyResolved (there is nothing to explain any more), DiscrepancyExplained.
    """
    rows = Discrepancy.objects.select_for_update()
    discrepancy = rows.filter(pk=discrepancy_id).first()
    if discrepancy is None:
        raise DiscrepancyNotFound
    if not explanation.strip():
        raise ExplanationMissing
    if discrepancy.resolved_at:
        raise DiscrepancyResolved
    if discrepancy.explained_at:
        raise DiscrepancyExplained
    discrepancy.explanation = explanation.strip()
    discrepancy.explained_by_id, discrepancy.explained_at = user_id, now
    discrepancy.save(update_fields=["explanation", "explained_by", "explained_at"])
    return discrepancy
