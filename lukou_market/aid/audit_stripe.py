"""What must add up between our copy of Stripe's movements, the disputes and the book."""

# The fee of a movement, and money between our balance at Stripe and our bank.
MOVEMENT_STANDS_IN_THE_BOOK = """
    SELECT 'movement ' || coalesce(movement.id, booked.source_id),
           coalesce(movement.fen, 0) - coalesce(booked.fen, 0)
    FROM (
        SELECT id, -fee_fen + CASE WHEN kind IN ('payout', 'payout_reversal', 'topup',
            'topup_reversal', 'fee', 'tax', 'network_cost') THEN amount_fen ELSE 0 END AS fen
        FROM payments_balancemovement WHERE booked
    ) movement
    FULL JOIN (
        SELECT source_id, sum(CASE WHEN code IN ('fee_taken', 'payout_sent') THEN -amount_fen
                                   ELSE amount_fen END) AS fen
        FROM ledger_transfer WHERE source_kind = 'movement' GROUP BY 1
    ) booked ON booked.source_id = movement.id
    WHERE coalesce(movement.fen, 0) <> coalesce(booked.fen, 0)
"""

DISPUTE_STANDS_IN_THE_BOOK = """
    SELECT 'dispute ' || coalesce(dispute.id, booked.source_id),
           coalesce(dispute.fen, 0) - coalesce(booked.fen, 0)
    FROM (
        SELECT id, CASE WHEN withdrawn_at IS NULL OR reinstated_at IS NOT NULL
                             OR status = 'lost' THEN 0 ELSE amount_fen END AS fen
        FROM payments_dispute
    ) dispute
    FULL JOIN (
        SELECT source_id, sum(CASE WHEN code = 'dispute_withdrawn' THEN amount_fen
                                   ELSE -amount_fen END) AS fen
        FROM ledger_transfer WHERE source_kind = 'dispute' GROUP BY 1
    ) booked ON booked.source_id = dispute.id
    WHERE coalesce(dispute.fen, 0) <> coalesce(booked.fen, 0)
"""

DISPUTES_HOLD_THEIR_PAYMENT = """
    SELECT 'payment ' || payment.id, payment.disputed_fen - coalesce(sum(dispute.held_fen), 0)
    FROM payments_payment payment
    LEFT JOIN payments_dispute dispute ON dispute.payment_id = payment.id
    WHERE payment.disputed_fen > 0 OR dispute.held_fen > 0
    GROUP BY payment.id HAVING payment.disputed_fen <> coalesce(sum(dispute.held_fen), 0)
"""

# What the book says is at Stripe must be what moved there: the net of all movements, which is
# payments, refunds and disputes (`Stripe ↔ payments` matches each) and the movements' own part.
# Orders' refunds count as posted; `order ↔ refunds` holds them against the payments'.
CLEARING_EQUALS_THE_BALANCE = """
    SELECT 'stripe_clearing', stripe.fen + ours.fen - book.fen FROM (
        SELECT coalesce(sum(-fee_fen + CASE WHEN kind IN ('payout', 'payout_reversal', 'topup',
            'topup_reversal', 'fee', 'tax', 'network_cost') THEN amount_fen ELSE 0 END), 0) AS fen
        FROM payments_balancemovement WHERE booked
    ) stripe, (
        SELECT coalesce(sum(fen), 0) AS fen FROM (
            SELECT amount_fen AS fen FROM payments_payment
            WHERE status = 'succeeded' AND bank_transfer_id IS NULL
            UNION ALL
            SELECT -refund.amount_fen FROM payments_refund refund
            JOIN payments_payment payment ON payment.id = refund.payment_id
            WHERE refund.status = 'succeeded' AND NOT payment.applied
              AND refund.bank_transfer_id IS NULL
            UNION ALL
            SELECT -event.amount_fen FROM orders_orderevent event
            JOIN orders_order o ON o.id = event.order_id AND o.session_id IS NOT NULL
            WHERE kind = 'refund' AND posted AND NOT by_transfer
            UNION ALL
            SELECT CASE WHEN dispute.status = 'lost' AND payment.applied THEN held_fen ELSE 0 END
                   - dispute.amount_fen
            FROM payments_dispute dispute
            JOIN payments_payment payment ON payment.id = dispute.payment_id
            WHERE dispute.withdrawn_at IS NOT NULL AND dispute.reinstated_at IS NULL
        ) moved
    ) ours, (
        SELECT coalesce(sum(CASE WHEN transfer.debit_id = account.id
                                 THEN amount_fen ELSE -amount_fen END), 0) AS fen
        FROM ledger_account account
        JOIN ledger_transfer transfer ON account.id IN (transfer.debit_id, transfer.credit_id)
        WHERE account.kind = 'stripe_clearing'
    ) book
    WHERE stripe.fen + ours.fen <> book.fen
"""

STRIPE_CHECKS = {
    "movement at Stripe ↔ book": MOVEMENT_STANDS_IN_THE_BOOK,
    "dispute ↔ book": DISPUTE_STANDS_IN_THE_BOOK,
    "payment ↔ its disputes": DISPUTES_HOLD_THEIR_PAYMENT,
    "Stripe's balance ↔ book": CLEARING_EQUALS_THE_BALANCE,
}
