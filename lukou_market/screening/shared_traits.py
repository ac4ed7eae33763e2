"""Rules on what many buyers have in common: one payer, one device, one address."""

from lukou_market.screening.models import Rule, SaleTrait

OF_RULE = {
    Rule.SHARED_PAYER: SaleTrait.Kind.PAYER,
    Rule.SHARED_DEVICE: SaleTrait.Kind.DEVICE,
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

# Colleagues and neighbours have parcels brought to one door too, and each to their own phone:
# they are a ring only where there are very many of them.
SHARED_ADDRESS = """
    WITH sent AS (
        SELECT same.order_id, same.buyer_id, same.digest, EXISTS (
            SELECT FROM screening_saletrait phone JOIN accounts_user buyer
                ON buyer.id = same.buyer_id AND buyer.phone_digest = phone.digest
            WHERE phone.order_id = same.order_id AND phone.kind = 'recipient') AS to_own_phone
        FROM (SELECT DISTINCT digest FROM screening_saletrait
              WHERE kind = 'address' AND order_id = ANY (%(orders)s)) mine
        JOIN screening_saletrait same ON same.kind = 'address' AND same.digest = mine.digest
            AND same.paid_at >= %(now)s - make_interval(days => %(days)s)
    ), found AS (
        SELECT digest, count(DISTINCT buyer_id) AS buyers, count(*) AS orders,
               count(DISTINCT buyer_id) FILTER (WHERE NOT to_own_phone) AS others
        FROM sent GROUP BY digest
    )
    SELECT sent.order_id, found.buyers, found.orders, found.others
    FROM sent JOIN found USING (digest)
    WHERE found.buyers >= %(buyers)s OR found.others >= %(others)s AND NOT sent.to_own_phone
    ORDER BY sent.order_id LIMIT 5000
"""
