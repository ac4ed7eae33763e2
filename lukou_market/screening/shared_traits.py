"""Rules on what many buyers have in common: one payer, one address."""

from lukou_market.screening.models import Rule, SaleTrait

OF_RULE = {
    Rule.SHARED_PAYER: SaleTrait.Kind.PAYER,
    Rule.SHARED_ADDRESS: SaleTrait.Kind.ADDRESS,
}

# All orders of the ring, also those that were looked at before it was one.
SHARED = """
    SELECT ring.order_id, found.buyers, found.orders
    FROM (SELECT DISTINCT digest FROM screening_saletrait
          WHERE kind = %(kind)s AND order_id = ANY (%(orders)s)) mine
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT buyer_id) AS buyers, count(*) AS orders
        FROM screening_saletrait same
        WHERE same.kind = %(kind)s AND same.digest = mine.digest
          AND same.paid_at >= %(now)s - make_interval(days => %(days)s)
    ) found
    JOIN screening_saletrait ring ON ring.kind = %(kind)s AND ring.digest = mine.digest
        AND ring.paid_at >= %(now)s - make_interval(days => %(days)s)
    WHERE found.buyers >= %(buyers)s
    ORDER BY ring.order_id LIMIT 5000
"""
