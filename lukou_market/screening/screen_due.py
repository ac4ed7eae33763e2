"""Look at paid orders: at once, and again when more is known of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from lukou_market.kernel.many_rows import array_of
from lukou_market.screening.find_suspects import find_suspects
from lukou_market.screening.models import ScreeningDue
from lukou_market.screening.raise_flags import raise_flags
from lukou_market.screening.record_traits import record_traits, villages_of
from lukou_market.screening.rules_in_force import rules_in_force

_AT_ONCE = 500
# Stripe names the payer with the night's settlement, carriers and refunds take days; the last
# look is after the refunds that follow a month's end.
_AGAIN_AFTER = (
    timedelta(minutes=30), timedelta(hours=26), timedelta(days=6), timedelta(days=14),
    timedelta(days=25),
)  # fmt: skip

_QUEUE = """
    INSERT INTO screening_screeningdue (order_id, look, due_at)
    SELECT order_id, 0, %s FROM orders_orderevent WHERE id = ANY (%s) AND kind = 'paid'
    ON CONFLICT DO NOTHING
"""


def queue_paid(*, event_ids: Sequence[int], now: datetime) -> None:
    """Let the orders be looked at whose payment is among these events."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, [now, array_of(event_ids)])


@transaction.atomic
def screen_due_orders(*, now: datetime, limit: int = _AT_ONCE) -> int:
    """Look at up to `limit` orders that are due; return how many. Repeating it adds nothing."""
    due = list(
        ScreeningDue.objects.select_for_update(skip_locked=True)
        .filter(due_at__lte=now)
        .order_by("due_at")[:limit]
    )
    screen_orders(order_ids=[row.order_id for row in due], now=now)
    over = [row.pk for row in due if row.look >= len(_AGAIN_AFTER)]
    ScreeningDue.objects.filter(pk__in=over).delete()
    again = [row for row in due if row.look < len(_AGAIN_AFTER)]
    for row in again:
        row.due_at, row.look = now + _AGAIN_AFTER[row.look], row.look + 1
    ScreeningDue.objects.bulk_update(again, ["due_at", "look"])
    return len(due)


def screen_orders(*, order_ids: Sequence[int], now: datetime) -> int:
    """Look at these paid orders by their districts' rules; return how many flags are new."""
    record_traits(order_ids)
    by_district: dict[str, list[int]] = defaultdict(list)
    for order_id, village in villages_of(order_ids).items():
        by_district[village[:6] + "000000"].append(order_id)
    raised = 0
    for district, ids in by_district.items():
        versions = rules_in_force(district=district, now=now)
        suspects = find_suspects(order_ids=ids, versions=versions, now=now)
        raised += raise_flags(suspects=suspects, now=now)
    return raised
