"""What happened to a signed month's sales after the signature."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from lukou_market.aid.closing_gate import end_of

# An event's transfers stand in one journal: any of them tells the month.
_BOOKED = """
    SELECT journal.month, journal.late_for FROM ledger_transfer transfer
    JOIN ledger_journal journal ON journal.id = transfer.journal_id
    WHERE transfer.source_kind = 'order_event' AND transfer.source_id = {event} LIMIT 1
"""

_LATER_EVENTS = f"""
    WITH later AS (
        SELECT id FROM orders_orderevent
        WHERE kind = 'refund' AND posted AND occurred_at >= %(since)s
        UNION
        SELECT source_id FROM ledger_transfer transfer
        JOIN ledger_journal journal ON journal.id = transfer.journal_id
        WHERE journal.late_for = %(month)s AND transfer.source_kind = 'order_event'
    )
    SELECT event.id, event.order_id, o.number, o.channel, event.kind,
           CASE event.kind WHEN 'refund'
                           THEN event.shipping_fen - event.amount_fen - event.discount_fen
                           WHEN 'paid' THEN o.total_fen ELSE 0 END,
           event.occurred_at, booked.month,
           coalesce(booked.late_for = %(month)s, false),
           coalesce(paid.month = %(month)s, false), coalesce(received.month = %(month)s, false)
    FROM later
    JOIN orders_orderevent event ON event.id = later.id
    JOIN orders_order o ON o.id = event.order_id
    CROSS JOIN LATERAL ({_BOOKED.format(event="event.id")}) booked
    LEFT JOIN orders_orderevent pay ON pay.order_id = o.id AND pay.kind = 'paid'
    LEFT JOIN LATERAL ({_BOOKED.format(event="pay.id")}) paid ON true
    LEFT JOIN orders_orderevent receive ON receive.order_id = o.id AND receive.kind = 'received'
    LEFT JOIN LATERAL ({_BOOKED.format(event="receive.id")}) received ON true
    WHERE booked.month > %(month)s AND (
        booked.late_for = %(month)s
        OR event.kind = 'refund' AND %(month)s IN (paid.month, received.month)
    )
    ORDER BY event.id
"""


@dataclass(frozen=True, slots=True)
class LaterEvent:
    """A refund of a sale of the month, or what came late for it; `amount_fen` as it changes sales.

    `late` if it was meant for the month, `sold_then` if the order was paid in it, and
    `credited_then` if it was received in it, and so credited to households.
    """

    id: int
    order_id: int
    number: str
    channel: str
    kind: str
    amount_fen: int
    occurred_at: datetime
    booked_in: date
    late: bool
    sold_then: bool
    credited_then: bool

    @property
    def sales_fen(self) -> int:
        """How it changes the month's net sales."""
        return self.amount_fen if self.late or self.sold_then else 0

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
