"""Post what happened to orders, and move the totals in the same transaction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.posting_rules import Batch, OrderHistory, PostableOrder
from lukou_market.aid.totals import add_journals
from lukou_market.ledger.post_transfers import post_transfers
from lukou_market.orders.models import OrderEvent

# An order is claimed whole, so that its events are posted in the order they happened.
_CLAIM = """
    SELECT id FROM orders_order
    WHERE id IN (SELECT order_id FROM orders_orderevent WHERE NOT posted ORDER BY id LIMIT %s)
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""


@transaction.atomic
def post_due_orders(*, now: datetime, limit: int = 500) -> int:
    """Post up to `limit` events of orders nobody else is working on; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [limit])
        order_ids = [row[0] for row in cursor.fetchall()]
    batches = _batches(load_orders(order_ids))
    journals = [
        post_transfers(month=month, label=channel, entries=batch.all_entries(), now=now).pk
        for (channel, month), batch in sorted(batches.items())
    ]
    add_journals(journals)
    event_ids = [event.id for batch in batches.values() for event in batch.events]
    OrderEvent.objects.filter(pk__in=event_ids).update(posted=True)
    return len(event_ids)


def _batches(orders: Sequence[PostableOrder]) -> dict[tuple[str, date], Batch]:
    """What is not yet posted, by channel and by the month it happened in."""
    batches: dict[tuple[str, date], Batch] = defaultdict(Batch)
    for order in orders:
        history = OrderHistory(order)
        for event in order.events:
            key = (order.channel, month_of(event.occurred_at))
            history.replay(event, Batch() if event.posted else batches[key])
    return batches


def month_of(moment: datetime) -> date:
    """The first day of the month in which `moment` falls in China."""
    return timezone.localdate(moment).replace(day=1)
