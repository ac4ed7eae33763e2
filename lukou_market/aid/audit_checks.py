"""What must add up, as SQL: each check returns a row (reference, difference) for what doesn't.

Differences are in fen, positive where the first of the two sides is larger.
"""

from lukou_market.aid.audit_direct import DIRECT_CHECKS
from lukou_market.aid.audit_stripe import STRIPE_CHECKS
from lukou_market.aid.audit_transfers import TRANSFER_CHECKS
from lukou_market.aid.totals import HOUSEHOLD_SUMS, PRODUCER_SUMS, SALES_BY_DAY

# Order ↔ its lines ↔ what the offer says is taken
ORDER_EQUALS_ITS_LINES = """
    SELECT 'order ' || o.number, o.total_fen - coalesce(sum(line.total_fen), 0)
    FROM orders_order o LEFT JOIN orders_orderline line ON line.order_id = o.id
    GROUP BY o.id HAVING o.total_fen <> coalesce(sum(line.total_fen), 0)
"""

# Order ↔ payment
PAID_ORDER_HAS_ITS_PAYMENT = """
    SELECT 'order ' || o.number,
           CASE WHEN o.paid_at IS NULL THEN 0
                ELSE o.total_fen + o.shipping_fen - o.discount_fen END
           - coalesce(sum(payment.amount_fen), 0)
    FROM orders_order o
    LEFT JOIN payments_payment payment ON payment.order_id = o.id AND payment.applied
    WHERE o.session_id IS NOT NULL
    GROUP BY o.id
    HAVING CASE WHEN o.paid_at IS NULL THEN 0
                ELSE o.total_fen + o.shipping_fen - o.discount_fen END
           <> coalesce(sum(payment.amount_fen), 0)
"""

DISCOUNT_IS_A_VOUCHERS = """
    SELECT 'order ' || o.number, o.discount_fen - coalesce(used.off_fen, 0)
    FROM orders_order o LEFT JOIN orders_voucheruse used ON used.order_id = o.id
    WHERE o.paid_at IS NOT NULL AND o.discount_fen <> 0
      AND o.discount_fen IS DISTINCT FROM used.off_fen
"""

VOUCHER_MONEY_EQUALS_ITS_USES = """
    SELECT 'voucher ' || voucher.code, voucher.used_fen - coalesce(sum(used.off_fen), 0)
    FROM orders_voucher voucher
    LEFT JOIN orders_voucheruse used ON used.voucher_id = voucher.id AND used.holds
    GROUP BY voucher.id HAVING voucher.used_fen <> coalesce(sum(used.off_fen), 0)
"""

ORDER_REFUNDS_EQUAL_PAYMENT_REFUNDS = """
    SELECT 'order ' || o.number, o.refunded_fen - coalesce(given.fen, 0)
    FROM orders_order o LEFT JOIN (
        SELECT payment.order_id, sum(refund.amount_fen) AS fen
        FROM (
            SELECT payment_id, amount_fen FROM payments_refund WHERE status = 'succeeded'
            UNION ALL SELECT payment_id, held_fen FROM payments_dispute
            WHERE status = 'lost' AND withdrawn_at IS NOT NULL
        ) refund JOIN payments_payment payment ON payment.id = refund.payment_id
        WHERE payment.applied GROUP BY 1
    ) given ON given.order_id = o.id
    WHERE o.refunded_fen <> coalesce(given.fen, 0) AND o.session_id IS NOT NULL
"""

ORDER_REFUNDS_EQUAL_ITS_EVENTS = """
    SELECT 'order ' || o.number, o.refunded_fen - coalesce(sum(event.amount_fen), 0)
    FROM orders_order o
    LEFT JOIN orders_orderevent event ON event.order_id = o.id AND event.kind = 'refund'
    GROUP BY o.id HAVING o.refunded_fen <> coalesce(sum(event.amount_fen), 0)
"""

UNPAID_MONEY_IS_ON_ITS_WAY_BACK = """
    SELECT 'payment ' || payment.id,
           payment.amount_fen - payment.refunding_fen - payment.disputed_fen
    FROM payments_payment payment
    WHERE payment.status = 'succeeded' AND NOT payment.applied
      AND payment.amount_fen <> payment.refunding_fen + payment.disputed_fen
"""

# Payment ↔ book
PAYMENT_STANDS_IN_THE_BOOK = """
    SELECT 'payment ' || coalesce(payment.id, transfer.source_id),
           coalesce(payment.amount_fen, 0) - coalesce(transfer.amount_fen, 0)
    FROM (SELECT * FROM payments_payment WHERE status = 'succeeded') payment
    FULL JOIN (SELECT * FROM ledger_transfer WHERE source_kind = 'payment') transfer
        ON transfer.source_id = payment.id
    WHERE payment.amount_fen IS DISTINCT FROM transfer.amount_fen
"""

SURPLUS_REFUND_STANDS_IN_THE_BOOK = """
    SELECT 'refund ' || coalesce(refund.id, transfer.source_id),
           coalesce(refund.amount_fen, 0) - coalesce(transfer.amount_fen, 0)
    FROM (
        SELECT refund.* FROM payments_refund refund
        JOIN payments_payment payment ON payment.id = refund.payment_id
        WHERE refund.status = 'succeeded' AND NOT payment.applied
    ) refund
    FULL JOIN (SELECT * FROM ledger_transfer WHERE source_kind = 'refund') transfer
        ON transfer.source_id = refund.id
    WHERE refund.amount_fen IS DISTINCT FROM transfer.amount_fen
"""

# Order event ↔ book
EVENT_STANDS_IN_THE_BOOK = """
    SELECT 'order ' || o.number || ' ' || event.kind, due.fen - coalesce(booked.fen, 0)
    FROM orders_orderevent event
    JOIN orders_order o ON o.id = event.order_id
    CROSS JOIN LATERAL (SELECT CASE
        WHEN NOT event.posted THEN 0
        WHEN event.kind = 'paid' THEN o.total_fen + o.shipping_fen + o.discount_fen
        WHEN event.kind = 'refund' THEN event.amount_fen + 2 * event.discount_fen
        WHEN event.kind = 'received' AND (
            SELECT kind FROM orders_orderevent hold
            WHERE hold.order_id = o.id AND hold.kind IN ('held', 'released')
              AND hold.id < event.id ORDER BY hold.id DESC LIMIT 1
        ) = 'held' THEN 0
        WHEN event.kind = 'received' THEN o.total_fen - (
            SELECT coalesce(sum(amount_fen - shipping_fen + discount_fen), 0)
            FROM orders_orderevent earlier
            WHERE earlier.order_id = o.id AND earlier.kind = 'refund' AND earlier.id < event.id)
        ELSE (  -- held or released: payment, receipt and refunds before it, once more
            SELECT coalesce(sum(CASE before.kind
                WHEN 'paid' THEN o.total_fen
                WHEN 'refund' THEN before.amount_fen - before.shipping_fen + before.discount_fen
                WHEN 'received' THEN o.total_fen - (
                    SELECT coalesce(sum(amount_fen - shipping_fen + discount_fen), 0)
                    FROM orders_orderevent earlier WHERE earlier.order_id = o.id
                    AND earlier.kind = 'refund' AND earlier.id < before.id)
                END), 0)
            FROM orders_orderevent before
            WHERE before.order_id = o.id AND before.id < event.id)
        END AS fen) due
    LEFT JOIN (
        SELECT source_id, sum(amount_fen) AS fen FROM ledger_transfer
        WHERE source_kind = 'order_event' GROUP BY 1
    ) booked ON booked.source_id = event.id
    WHERE event.kind IN ('paid', 'received', 'refund', 'held', 'released')
      AND due.fen <> coalesce(booked.fen, 0)
"""

# Pay-out ↔ book, by kind of income
PAYOUT_STANDS_IN_THE_BOOK = """
    SELECT 'pay-out line ' || coalesce(line.id, booked.source_id) || ' '
               || coalesce(line.kind, booked.kind),
           coalesce(line.fen, 0) - coalesce(booked.fen, 0)
    FROM (
        SELECT id, household_id, kind, fen FROM payouts_payoutline
        CROSS JOIN LATERAL (VALUES ('wage', wage_fen), ('business', business_fen),
                                   ('property', property_fen), ('transfer', transfer_fen)
                           ) parts (kind, fen)
        WHERE status = 'confirmed' AND fen > 0
    ) line
    FULL JOIN (
        SELECT source_id, debit.owner AS household_id, debit.part AS kind, sum(amount_fen) AS fen
        FROM ledger_transfer transfer
        JOIN ledger_account debit ON debit.id = transfer.debit_id AND debit.kind = 'household'
        JOIN ledger_account credit ON credit.id = transfer.credit_id
            AND credit.kind = 'household_paid' AND credit.owner = debit.owner
        WHERE source_kind = 'payout_line' GROUP BY 1, 2, 3
    ) booked ON booked.source_id = line.id AND booked.household_id = line.household_id
            AND booked.kind = line.kind
    WHERE line.fen IS DISTINCT FROM booked.fen
"""

# Within the book
TRANSFER_HAS_A_CAUSE = """
    SELECT 'transfer ' || transfer.id, transfer.amount_fen FROM ledger_transfer transfer
    LEFT JOIN orders_orderevent event ON event.id = transfer.source_id AND event.posted
    WHERE source_kind NOT IN ('payment', 'refund', 'dispute', 'movement', 'order_event', 'events',
                              'payout_line')
       OR (source_kind IN ('order_event', 'events') AND event.id IS NULL)
"""

POOLS_ARE_SHARED_OUT = """
    SELECT 'pool of producer ' || account.owner,
           sum(CASE WHEN transfer.credit_id = account.id THEN amount_fen ELSE -amount_fen END)
    FROM ledger_account account
    JOIN ledger_transfer transfer ON account.id IN (transfer.debit_id, transfer.credit_id)
    WHERE account.kind = 'producer_pool'
    GROUP BY account.id
    HAVING sum(CASE WHEN transfer.credit_id = account.id THEN amount_fen ELSE -amount_fen END) <> 0
"""

# Book ↔ totals
HOUSEHOLD_TOTALS_EQUAL_THE_BOOK = f"""
    SELECT 'household ' || coalesce(total.household_id, book.household_id),
           abs(coalesce(book.credited_fen, 0) - coalesce(total.credited_fen, 0))
           + abs(coalesce(book.reversed_fen, 0) - coalesce(total.reversed_fen, 0))
           + abs(coalesce(book.pending_fen, 0) - coalesce(total.pending_fen, 0))
    FROM aid_householdtotal total
    FULL JOIN ({HOUSEHOLD_SUMS}) book USING (household_id, month, channel, income_kind)
    WHERE (total.credited_fen, total.reversed_fen, total.pending_fen)
          IS DISTINCT FROM (book.credited_fen, book.reversed_fen, book.pending_fen)
"""

PRODUCER_TOTALS_EQUAL_THE_BOOK = f"""
    SELECT 'producer ' || coalesce(total.producer_id, book.producer_id),
           abs(coalesce(book.gross_fen, 0) - coalesce(total.gross_fen, 0))
           + abs(coalesce(book.refunded_fen, 0) - coalesce(total.refunded_fen, 0))
           + abs(coalesce(book.received_fen, 0) - coalesce(total.received_fen, 0))
           + abs(coalesce(book.pending_fen, 0) - coalesce(total.pending_fen, 0))
           + abs(coalesce(book.held_fen, 0) - coalesce(total.held_fen, 0))
    FROM aid_producertotal total
    FULL JOIN ({PRODUCER_SUMS}) book USING (producer_id, month, channel)
    WHERE (total.gross_fen, total.refunded_fen, total.received_fen, total.pending_fen,
           total.held_fen)
          IS DISTINCT FROM
          (book.gross_fen, book.refunded_fen, book.received_fen, book.pending_fen, book.held_fen)
"""

# A sale that is no order's line has no offer and no product: 0, for a null equals nothing.
_OF = """producer_id, coalesce(offer_id, 0) AS offer_id, coalesce(product_id, 0) AS product_id,
    channel, month, day, gross_fen, refunded_fen"""
SALES_BY_DAY_EQUAL_THE_BOOK = f"""
    SELECT 'producer ' || coalesce(total.producer_id, book.producer_id)
               || ' ' || coalesce(total.day, book.day),
           abs(coalesce(book.gross_fen, 0) - coalesce(total.gross_fen, 0))
           + abs(coalesce(book.refunded_fen, 0) - coalesce(total.refunded_fen, 0))
    FROM (SELECT {_OF} FROM aid_salesday) total
    FULL JOIN (SELECT {_OF} FROM ({SALES_BY_DAY}) sums) book
        USING (producer_id, offer_id, product_id, channel, month, day)
    WHERE (total.gross_fen, total.refunded_fen)
          IS DISTINCT FROM (book.gross_fen, book.refunded_fen)
"""

# Stock, in units
OFFER_TAKEN_EQUALS_ITS_ORDERS = """
    SELECT 'offer ' || offer.id, offer.taken - coalesce(sum(units), 0)
    FROM streams_offer offer
    LEFT JOIN (SELECT offer_id, CASE WHEN holds_stock THEN quantity ELSE shipped_quantity END
               FROM orders_orderline) AS line (offer_id, units) ON line.offer_id = offer.id
    GROUP BY offer.id HAVING offer.taken <> coalesce(sum(units), 0)
"""

OVERSOLD_UNITS = """
    SELECT coalesce(sum(sold - quota), 0) FROM (
        SELECT offer.quota,
               sum(CASE WHEN holds_stock THEN line.quantity ELSE shipped_quantity END) AS sold
        FROM streams_offer offer JOIN orders_orderline line ON line.offer_id = offer.id
        GROUP BY offer.id
    ) offers WHERE sold > quota
"""

CHECKS = {
    "order ↔ its lines": ORDER_EQUALS_ITS_LINES,
    "order ↔ payment": PAID_ORDER_HAS_ITS_PAYMENT,
    "discount ↔ voucher": DISCOUNT_IS_A_VOUCHERS,
    "voucher ↔ its uses": VOUCHER_MONEY_EQUALS_ITS_USES,
    "order ↔ refunds": ORDER_REFUNDS_EQUAL_PAYMENT_REFUNDS,
    "order ↔ its events": ORDER_REFUNDS_EQUAL_ITS_EVENTS,
    "surplus payment ↔ its refund": UNPAID_MONEY_IS_ON_ITS_WAY_BACK,
    "payment ↔ book": PAYMENT_STANDS_IN_THE_BOOK,
    "surplus refund ↔ book": SURPLUS_REFUND_STANDS_IN_THE_BOOK,
    **STRIPE_CHECKS,
    **TRANSFER_CHECKS,
    **DIRECT_CHECKS,
    "order event ↔ book": EVENT_STANDS_IN_THE_BOOK,
    "pay-out ↔ book": PAYOUT_STANDS_IN_THE_BOOK,
    "transfer ↔ its cause": TRANSFER_HAS_A_CAUSE,
    "pool ↔ its households": POOLS_ARE_SHARED_OUT,
    "book ↔ household totals": HOUSEHOLD_TOTALS_EQUAL_THE_BOOK,
    "book ↔ producer totals": PRODUCER_TOTALS_EQUAL_THE_BOOK,
    "book ↔ sales by day": SALES_BY_DAY_EQUAL_THE_BOOK,
    "offer ↔ its orders (units)": OFFER_TAKEN_EQUALS_ITS_ORDERS,
}
