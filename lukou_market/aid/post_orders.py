"""Post what happened to orders, and move the totals in the same transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from operator import itemgetter

from django.db import connection, transaction

from lukou_market.aid.draw_lots import draw_lots, retry_waiting
from lukou_market.aid.load_orders import load_orders
from lukou_market.aid.posting_rules import Batch, Event, OrderHistory, PostableOrder
from lukou_market.aid.totals import add_journals
from lukou_market.kernel.garbage import no_collection
from lukou_market.kernel.many_rows import array_of
from lukou_market.ledger.entries import NewJournal
from lukou_market.ledger.months import month_of
from lukou_market.ledger.post_transfers import post_journals
from lukou_market.screening.screen_due import queue_paid

# A household gets one transfer for each batch, so large batches keep the book small; this one is
# posted in about half a second, and for so long its orders are locked.
_EVENTS_AT_ONCE = 10_000

# An order is claimed whole, so that its events are posted in the order they happened. What
# another worker has locked doesn't count: each worker finds a batch of its own.
_CLAIM = """
    SELECT o.id FROM orders_orderevent event JOIN orders_order o ON o.id = event.order_id
    WHERE NOT event.posted
      AND NOT EXISTS (SELECT FROM aid_lotwait wait WHERE wait.order_id = o.id)
    ORDER BY event.id LIMIT %s FOR NO KEY UPDATE OF o SKIP LOCKED
"""
# Each call of a trigger asks whether it is to be ignored. Left unsaid, the question fails in a
# subtransaction, whose end walks through all foreign keys that wait for the commit: 0.2 ms.
_NO_TRIGGER_IGNORED = "SET LOCAL pgtrigger.ignore = '{}'"
# The foreign keys are checked before the totals are touched, because other workers wait for the
# totals' rows until this one has committed.
_CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
_POSTED = "UPDATE orders_orderevent SET posted = true WHERE id = ANY (%s)"


@no_collection()
@transaction.atomic
def post_due_orders(*, now: datetime, limit: int = _EVENTS_AT_ONCE) -> int:
    """Post up to `limit` events of orders nobody else is working on; return how many.

    Orders whose lots don't suffice are not posted; they wait (`LotWait`). Those whose lots
    another worker draws on stay due.
    """
    retry_waiting()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [limit])
        order_ids = list({row[0] for row in cursor.fetchall()})
    batches = _batches(load_orders(draw_lots(order_ids=order_ids, now=now)))
    if not batches:
        return 0
    events = {event.id for batch in batches.values() for event in batch.events}
    posted = _mark_posted(sorted(events))
    journals = [
        NewJournal(month, channel, entries)
        for (channel, _, month), batch in sorted(batches.items(), key=itemgetter(0))
        # A held sale's receipt moves nothing.
        if (entries := batch.all_entries())
    ]
    booked = post_journals(journals=journals, now=now)
    with connection.cursor() as cursor:
        cursor.execute(_CHECK_NOW)
    add_journals([journal.pk for journal in booked])
    queue_paid(event_ids=sorted(events), now=now)
    return posted


def _mark_posted(event_ids: Sequence[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NO_TRIGGER_IGNORED)
        cursor.execute(_POSTED, [array_of(event_ids)])
        return int(cursor.rowcount)


def _batches(orders: Sequence[PostableOrder]) -> "_ByMonth":
    """What is not yet posted, by channel, whether direct, and by the month it happened in."""
    batches = _ByMonth()
    for order in orders:
        history, of_month = OrderHistory(order), partial(batches.of, order)
        for event in order.events:
            history.replay(event, None if event.posted else of_month)
    return batches


class _ByMonth(dict[tuple[str, bool, date], Batch]):
    def of(self, order: PostableOrder, event: Event) -> Batch:
        key = (order.channel, order.direct, month_of(event.occurred_at))
        if key not in self:
            self[key] = Batch(order.direct, key[2])
        return self[key]
