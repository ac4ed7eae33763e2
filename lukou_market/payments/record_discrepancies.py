"""Keep what Stripe and we disagree on, with its age, and close what agrees again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lukou_market.payments.match_settlement import Difference
from lukou_market.payments.models import Discrepancy


@transaction.atomic
def record_discrepancies(*, differences: Sequence[Difference], now: datetime) -> None:
    """Make the unresolved discrepancies those of `differences`, which are all there are.

    One that is there already keeps its age and its explanation; one that differs by another
    amount than before is a new one, not explained yet.
    """
    unresolved = Discrepancy.objects.select_for_update().filter(resolved_at=None)
    known = {(row.what, row.reference): row for row in unresolved.order_by("id")}
    found = {(one.what, one.reference): one for one in differences}
    same = [key for key, row in known.items() if _same(row, found.get(key))]
    gone = [row.pk for key, row in known.items() if key not in same]
    Discrepancy.objects.filter(pk__in=gone).update(resolved_at=now)
    seen_again = Discrepancy.objects.filter(pk__in=[known[key].pk for key in same])
    seen_again.update(last_seen_at=now)
    new = [_row(one, now) for key, one in found.items() if key not in same]
    Discrepancy.objects.bulk_create(new)


def _same(row: Discrepancy, found: Difference | None) -> bool:
    return found is not None and (row.stripe_fen, row.ours_fen) == (
        found.stripe_fen,
        found.ours_fen,
    )


def _row(found: Difference, now: datetime) -> Discrepancy:
    return Discrepancy(
        what=found.what,
        reference=found.reference,
        stripe_fen=found.stripe_fen,
        ours_fen=found.ours_fen,
        difference_fen=found.difference_fen,
        first_seen_at=now,
        last_seen_at=now,
    )
