"""The totals cadres read, summed from the book: for new journals, or all of it again."""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

HOUSEHOLD_SUMS = """
    SELECT account.owner AS household_id, journal.month, journal.label AS channel,
           account.part AS income_kind,
           coalesce(sum(CASE code WHEN 'share_credited' THEN amount_fen
                                  WHEN 'held_share_credited' THEN -amount_fen END), 0)
               AS credited_fen,
           coalesce(sum(CASE code WHEN 'share_reversed' THEN amount_fen
                                  WHEN 'held_share_reversed' THEN -amount_fen END), 0)
               AS reversed_fen,
           coalesce(sum(CASE WHEN code IN ('share_expected', 'held_share_released') THEN amount_fen
                             WHEN code IN ('share_released', 'held_share_expected')
                             THEN -amount_fen END), 0) AS pending_fen
    FROM ledger_transfer transfer
    JOIN ledger_journal journal ON journal.id = transfer.journal_id
    JOIN ledger_account account ON account.id =
        CASE WHEN code IN ('share_expected', 'share_credited', 'held_share_released',
                           'held_share_reversed') THEN credit_id ELSE debit_id END
    WHERE code IN ('share_expected', 'share_released', 'share_credited', 'share_reversed',
                   'held_share_expected', 'held_share_released', 'held_share_credited',
                   'held_share_reversed')
      AND (%(journals)s::bigint[] IS NULL OR transfer.journal_id = ANY (%(journals)s))
    GROUP BY 1, 2, 3, 4
"""

PRODUCER_SUMS = """
    SELECT account.owner AS producer_id, journal.month, journal.label AS channel,
           coalesce(sum(CASE WHEN code IN ('sale_paid', 'sale_freed') THEN amount_fen
                             WHEN code = 'held_sale_paid' THEN -amount_fen END), 0) AS gross_fen,
           coalesce(sum(CASE WHEN code LIKE 'refund%%' THEN amount_fen
                             WHEN code LIKE 'held_refund%%' THEN -amount_fen END), 0)
               AS refunded_fen,
           coalesce(sum(CASE WHEN code IN ('sale_retained', 'sale_pooled') THEN amount_fen
                             WHEN code IN ('held_sale_retained', 'held_sale_pooled')
                             THEN -amount_fen END), 0) AS received_fen,
           coalesce(sum(CASE WHEN code IN ('sale_paid', 'sale_freed', 'held_sale_retained',
                                           'held_sale_pooled', 'held_refund_pending')
                             THEN amount_fen
                             WHEN code IN ('sale_retained', 'sale_pooled', 'refund_pending',
                                           'held_sale_paid') THEN -amount_fen END), 0)
               AS pending_fen,
           coalesce(sum(CASE code WHEN 'held_sale_paid' THEN amount_fen
                                  WHEN 'sale_freed' THEN -amount_fen END), 0) AS held_fen
    FROM ledger_transfer transfer
    JOIN ledger_journal journal ON journal.id = transfer.journal_id
    JOIN ledger_account account ON account.id =
        CASE WHEN code = 'sale_paid' THEN credit_id ELSE debit_id END
    WHERE code IN ('sale_paid', 'sale_freed', 'sale_retained', 'sale_pooled',
                   'refund_pending', 'refund_retained', 'refund_pooled',
                   'held_sale_paid', 'held_sale_retained', 'held_sale_pooled',
                   'held_refund_pending', 'held_refund_retained', 'held_refund_pooled')
      AND (%(journals)s::bigint[] IS NULL OR transfer.journal_id = ANY (%(journals)s))
    GROUP BY 1, 2, 3
"""

# A transfer for an order's line names it in its leg: `sale_paid:<id of the line>`.
SALES_BY_DAY = """
    SELECT account.owner AS producer_id, line.offer_id, sku.product_id, journal.label AS channel,
           journal.month,
           (transfer.effective_at AT TIME ZONE %(zone)s)::date AS day,
           coalesce(sum(CASE WHEN code IN ('sale_paid', 'sale_freed') THEN amount_fen
                             WHEN code = 'held_sale_paid' THEN -amount_fen END), 0) AS gross_fen,
           coalesce(sum(CASE WHEN code LIKE 'refund%%' THEN amount_fen
                             WHEN code LIKE 'held_refund%%' THEN -amount_fen END), 0)
               AS refunded_fen
    FROM ledger_transfer transfer
    JOIN ledger_journal journal ON journal.id = transfer.journal_id
    JOIN ledger_account account ON account.id =
        CASE WHEN code = 'sale_paid' THEN credit_id ELSE debit_id END
    LEFT JOIN orders_orderline line ON line.id =
        CASE source_kind WHEN 'order_event' THEN split_part(transfer.leg, ':', 2)::bigint END
    LEFT JOIN catalog_sku sku ON sku.id = line.sku_id
    WHERE code IN ('sale_paid', 'sale_freed', 'held_sale_paid',
                   'refund_pending', 'refund_retained', 'refund_pooled',
                   'held_refund_pending', 'held_refund_retained', 'held_refund_pooled')
      AND (%(journals)s::bigint[] IS NULL OR transfer.journal_id = ANY (%(journals)s))
    GROUP BY 1, 2, 3, 4, 5, 6
"""

# Sorted, so that workers posting at the same time lock the totals' rows in the same order.
_ADD_TO_HOUSEHOLDS = f"""
    INSERT INTO aid_householdtotal AS total
        (household_id, month, channel, income_kind, credited_fen, reversed_fen, pending_fen)
    {HOUSEHOLD_SUMS} ORDER BY 1, 2, 3, 4
    ON CONFLICT (household_id, month, channel, income_kind) DO UPDATE SET
        credited_fen = total.credited_fen + EXCLUDED.credited_fen,
        reversed_fen = total.reversed_fen + EXCLUDED.reversed_fen,
        pending_fen = total.pending_fen + EXCLUDED.pending_fen
"""

_ADD_TO_PRODUCERS = f"""
    INSERT INTO aid_producertotal AS total
        (producer_id, month, channel, gross_fen, refunded_fen, received_fen, pending_fen, held_fen)
    {PRODUCER_SUMS} ORDER BY 1, 2, 3
    ON CONFLICT (producer_id, month, channel) DO UPDATE SET
        gross_fen = total.gross_fen + EXCLUDED.gross_fen,
        refunded_fen = total.refunded_fen + EXCLUDED.refunded_fen,
        received_fen = total.received_fen + EXCLUDED.received_fen,
        pending_fen = total.pending_fen + EXCLUDED.pending_fen,
        held_fen = total.held_fen + EXCLUDED.held_fen
"""

_ADD_TO_DAYS = f"""
    INSERT INTO aid_salesday AS total
        (producer_id, offer_id, product_id, channel, month, day, gross_fen, refunded_fen)
    {SALES_BY_DAY} ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (producer_id, offer_id, product_id, channel, month, day) DO UPDATE SET
        gross_fen = total.gross_fen + EXCLUDED.gross_fen,
        refunded_fen = total.refunded_fen + EXCLUDED.refunded_fen
"""


def add_journals(journal_ids: Sequence[int] | None) -> None:
    """Add these journals' transfers to the totals; None adds the whole book."""
    journals = None if journal_ids is None else list(journal_ids)
    asked = {"journals": journals, "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        for add in (_ADD_TO_PRODUCERS, _ADD_TO_DAYS, _ADD_TO_HOUSEHOLDS):
            cursor.execute(add, asked)
