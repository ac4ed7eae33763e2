"""What must add up between direct sales, their receipts and reversals, and the book."""

# A direct sale was paid when it was made, and given back only by a reversal, whole.
DIRECT_SALE_IS_A_RECEIPT = """
    SELECT 'direct sale ' || coalesce(sale.receipt_number, o.number),
           CASE WHEN reversal.id IS NULL THEN 0 ELSE coalesce(o.total_fen, 0) END
           - coalesce(o.refunded_fen, 0)
    FROM (SELECT * FROM orders_order WHERE session_id IS NULL) o
    FULL JOIN orders_directsale sale ON sale.order_id = o.id
    LEFT JOIN orders_directreversal reversal ON reversal.sale_id = sale.id
    WHERE o.id IS NULL OR sale.id IS NULL OR o.paid_at IS NULL
       OR o.refunded_fen <> CASE WHEN reversal.id IS NULL THEN 0 ELSE o.total_fen END
"""

# What producers were paid themselves, less what they gave back. Events count as posted.
DIRECT_EQUALS_ITS_SALES = """
    SELECT 'direct', sold.fen - book.fen FROM (
        SELECT coalesce(sum(CASE event.kind WHEN 'paid' THEN o.total_fen
                                            ELSE -event.amount_fen END), 0) AS fen
        FROM orders_order o JOIN orders_orderevent event ON event.order_id = o.id
        WHERE o.session_id IS NULL AND event.posted AND event.kind IN ('paid', 'refund')
    ) sold, (
        SELECT coalesce(sum(CASE WHEN transfer.debit_id = account.id
                                 THEN amount_fen ELSE -amount_fen END), 0) AS fen
        FROM ledger_account account
        JOIN ledger_transfer transfer ON account.id IN (transfer.debit_id, transfer.credit_id)
        WHERE account.kind = 'direct'
    ) book
    WHERE sold.fen <> book.fen
"""

DIRECT_CHECKS = {
    "direct sale ↔ its receipt": DIRECT_SALE_IS_A_RECEIPT,
    "direct ↔ book": DIRECT_EQUALS_ITS_SALES,
}
