"""What happened to a signed month's sales after the signature."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from lukou_market.aid.closing_gate import end_of

# Transfers of one cause stand in one journal: any tells the month. A sale that was received while
# it was held is credited by its release.
_BOOKED = """
    SELECT journal.month FROM ledger_transfer transfer
    JOIN ledger_journal journal ON journal.id = transfer.journal_id
    WHERE transfer.source_kind = 'order_event' AND transfer.source_id IN ({events})
      AND transfer.code = ANY ('{codes}') ORDER BY transfer.id LIMIT 1
"""
_PAID = _BOOKED.format(events="pay.id", codes="{sale_paid}")
_RECEIVED = _BOOKED.format(
    codes="{sale_retained,sale_pooled}",
    events="""
        SELECT id FROM orders_orderevent
        WHERE order_id = o.id AND kind IN ('received', 'released')
    """,
)

# What a hold takes out, or a release brings back, of a month that is closed stands in a journal
# of its own; what it does to refunds of later months' journals counts as those refunds do.
_LATER_EVENTS = f"""
    WITH later AS (
        SELECT id FROM orders_orderevent
        WHERE kind IN ('refund', 'held', 'released') AND posted AND occurred_at >= %(since)s
        UNION
        SELECT source_id FROM ledger_transfer transfer
        JOIN ledger_journal journal ON journal.id = transfer.journal_id
        WHERE journal.late_for = %(month)s AND transfer.source_kind = 'order_event'
    )
    SELECT event.id, event.order_id, o.number, o.channel, event.kind, booked.sales_fen,
           event.occurred_at, booked.month, booked.late,
           coalesce(paid.month = %(month)s, false), coalesce(received.month = %(month)s, false)
    FROM later
    JOIN orders_orderevent event ON event.id = later.id
    JOIN orders_order o ON o.id = event.order_id
    LEFT JOIN orders_orderevent pay ON pay.order_id = o.id AND pay.kind = 'paid'
    LEFT JOIN LATERAL ({_PAID}) paid ON true
    LEFT JOIN LATERAL ({_RECEIVED}) received ON true
    CROSS JOIN LATERAL (
        SELECT min(journal.month) AS month,
               coalesce(bool_or(journal.late_for = %(month)s), false) AS late,
               coalesce(sum(CASE
                   WHEN code IN ('sale_paid', 'sale_freed', 'held_refund_pending',
                                 'held_refund_retained', 'held_refund_pooled') THEN amount_fen
                   WHEN code IN ('held_sale_paid', 'refund_pending', 'refund_retained',
                                 'refund_pooled') THEN -amount_fen
                   END) FILTER (WHERE journal.late_for = %(month)s
                                   OR paid.month = %(month)s AND code LIKE '%%refund%%'), 0)::bigint
                   AS sales_fen
        FROM ledger_transfer transfer
        JOIN ledger_journal journal ON journal.id = transfer.journal_id
        WHERE transfer.source_kind = 'order_event' AND transfer.source_id = event.id
          AND journal.month > %(month)s
    ) booked
    WHERE booked.month IS NOT NULL AND (
        booked.late
        OR event.kind IN ('refund', 'held', 'released')
           AND %(month)s IN (paid.month, received.month)
    )
    ORDER BY event.id
"""


@dataclass(frozen=True, slots=True)
class LaterEvent:
    """A refund of a sale of the month, a hold or release of one, or what came late for it.

    `sales_fen` is how it changes the month's net sales.

    `late` if it was meant for the month, `sold_then` if the order was paid in it, and
    `credited_then` if it was received in it, and so credited to households.
    """

    id: int
    order_id: int
    number: str
    channel: str
    kind: str
    sales_fen: int
    occurred_at: datetime
    booked_in: date
    late: bool
    sold_then: bool
    credited_then: bool

    @property
    def changes_credits(self) -> bool:
        """Whether it changes what the month credited to households."""
        return self.late or self.credited_then


def later_events(month: date) -> list[LaterEvent]:
    """What was booked after the month that begins on `month` and changes it, oldest first."""
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(_LATER_EVENTS, {"month": month, "since": end_of(before)})
        return [LaterEvent(*row) for row in cursor.fetchall()]
