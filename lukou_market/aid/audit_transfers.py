"""What must add up between our bank's statement, payments, refunds and the book."""

# A line of the statement is a payment that came, or a refund that left, and nothing else.
TRANSFER_IS_A_PAYMENT_OR_REFUND = """
    SELECT 'bank transfer ' || line.reference, line.amount_fen - coalesce(known.fen, 0)
    FROM payments_banktransfer line LEFT JOIN (
        SELECT bank_transfer_id, sum(fen) AS fen FROM (
            SELECT bank_transfer_id, amount_fen AS fen FROM payments_payment
            WHERE status = 'succeeded'
            UNION ALL
            SELECT bank_transfer_id, -amount_fen FROM payments_refund WHERE status = 'succeeded'
        ) moved GROUP BY 1
    ) known ON known.bank_transfer_id = line.id
    WHERE line.amount_fen <> coalesce(known.fen, 0)
"""

ORDER_GAVE_BACK_BY_TRANSFER = """
    SELECT 'order ' || o.number, told.fen - coalesce(given.fen, 0)
    FROM (
        SELECT order_id, coalesce(sum(amount_fen) FILTER (WHERE by_transfer), 0) AS fen
        FROM orders_orderevent WHERE kind = 'refund' GROUP BY 1
    ) told
    JOIN orders_order o ON o.id = told.order_id
    LEFT JOIN (
        SELECT payment.order_id, sum(refund.amount_fen) AS fen
        FROM payments_refund refund JOIN payments_payment payment ON payment.id = refund.payment_id
        WHERE refund.status = 'succeeded' AND refund.bank_transfer_id IS NOT NULL
          AND payment.applied
        GROUP BY 1
    ) given ON given.order_id = o.id
    WHERE told.fen <> coalesce(given.fen, 0)
"""

# What the book says is at our bank: what Stripe has sent there, and what organisations have, less
# what went back. Orders' refunds count as posted.
BANK_EQUALS_ITS_TRANSFERS = """
    SELECT 'bank', stripe.fen + ours.fen - book.fen FROM (
        SELECT coalesce(sum(-amount_fen), 0) AS fen FROM payments_balancemovement
        WHERE booked AND kind IN ('payout', 'payout_reversal', 'topup', 'topup_reversal')
    ) stripe, (
        SELECT coalesce(sum(fen), 0) AS fen FROM (
            SELECT amount_fen AS fen FROM payments_payment
            WHERE status = 'succeeded' AND bank_transfer_id IS NOT NULL
            UNION ALL
            SELECT -refund.amount_fen FROM payments_refund refund
            JOIN payments_payment payment ON payment.id = refund.payment_id
            WHERE refund.status = 'succeeded' AND refund.bank_transfer_id IS NOT NULL
              AND NOT payment.applied
            UNION ALL
            SELECT -amount_fen FROM orders_orderevent
            WHERE kind = 'refund' AND posted AND by_transfer
        ) moved
    ) ours, (
        SELECT coalesce(sum(CASE WHEN transfer.debit_id = account.id
                                 THEN amount_fen ELSE -amount_fen END), 0) AS fen
        FROM ledger_account account
        JOIN ledger_transfer transfer ON account.id IN (transfer.debit_id, transfer.credit_id)
        WHERE account.kind = 'bank'
    ) book
    WHERE stripe.fen + ours.fen <> book.fen
"""

TRANSFER_CHECKS = {
    "bank statement ↔ payments": TRANSFER_IS_A_PAYMENT_OR_REFUND,
    "order ↔ refunds by transfer": ORDER_GAVE_BACK_BY_TRANSFER,
    "bank ↔ book": BANK_EQUALS_ITS_TRANSFERS,
}
