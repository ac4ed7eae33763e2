"""Rules on single sales: related buyers, no scan, price, more buyers than viewers.

Each finds rows of (order, figures…) among %(orders)s, in a bounded number of rows of indexes.
"""

# The host's own account, or somebody declared close to the host, the producer, one of its
# households, or a cadre of the place.
RELATED = """
    SELECT DISTINCT ON (o.id) o.id, coalesce(relation.kind, 'host'),
           CASE WHEN relation.id IS NULL OR relation.user_id = host.user_id THEN 'host'
                WHEN relation.producer_id IS NOT NULL THEN 'producer'
                WHEN relation.household_id IS NOT NULL THEN 'household' ELSE 'cadre' END
    FROM orders_order o
    JOIN orders_orderline line ON line.order_id = o.id
    JOIN households_producer producer ON producer.id = line.producer_id
    JOIN accounts_user buyer ON buyer.id = o.buyer_id
    LEFT JOIN streams_livesession session ON session.id = o.session_id
    LEFT JOIN streams_host host ON host.id = session.host_id
    LEFT JOIN screening_declaredrelation relation ON relation.phone_digest = buyer.phone_digest
        AND (relation.ended_at IS NULL OR relation.ended_at > o.placed_at)
        AND (relation.producer_id = producer.id OR relation.user_id = host.user_id
             OR EXISTS (SELECT FROM households_benefitlink link
                        WHERE link.producer_id = producer.id
                          AND link.household_id = relation.household_id)
             OR EXISTS (SELECT FROM accounts_rolegrant unit
                        WHERE unit.user_id = relation.user_id AND unit.role = 'cadre'
                          AND producer.village_id LIKE
                              regexp_replace(unit.region_id, '(000){1,2}$', '') || '%%'))
    WHERE o.id = ANY (%(orders)s) AND o.total_fen >= %(from_fen)s
      AND (relation.id IS NOT NULL OR host.user_id = o.buyer_id)
    ORDER BY o.id
"""

# Only parcels that the carrier was asked about; what the village brings itself has no scan.
NO_SCAN = """
    SELECT o.id, count(*), min(parcel.shipped_at AT TIME ZONE 'Asia/Shanghai')::date::text
    FROM orders_order o JOIN fulfilment_shipment parcel ON parcel.order_id = o.id
    WHERE o.id = ANY (%(orders)s) AND o.status IN ('shipped', 'received', 'completed')
      AND parcel.shipped_at < %(now)s - make_interval(days => %(days)s)
      AND parcel.asked_at IS NOT NULL AND parcel.carrier <> 'self'
      AND NOT EXISTS (SELECT FROM fulfilment_trackingevent scan WHERE scan.shipment_id = parcel.id)
    GROUP BY o.id
"""

# Against the median of the product's other sales, or the list price while there are too few.
PRICE = """
    SELECT DISTINCT ON (line.order_id) line.order_id,
           (line.price_fen * 500 / line.weight_g)::bigint, usual.fen_per_jin::bigint
    FROM orders_orderline line JOIN catalog_sku sku ON sku.id = line.sku_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN count(*) >= %(at_least)s
                    THEN percentile_cont(0.5) WITHIN GROUP (
                        ORDER BY recent.price_fen * 500.0 / recent.weight_g)
                    ELSE sku.list_price_fen * 500.0 / sku.weight_g END AS fen_per_jin
        FROM (SELECT other.* FROM orders_orderline other
              WHERE other.producer_id = line.producer_id AND other.order_id <> line.order_id
              ORDER BY other.order_id DESC LIMIT 500) recent
        JOIN catalog_sku same ON same.id = recent.sku_id AND same.product_id = sku.product_id
    ) usual
    WHERE line.order_id = ANY (%(orders)s)
      AND line.price_fen * 500.0 / line.weight_g >= usual.fen_per_jin * %(times)s
    ORDER BY line.order_id, line.id
"""

FEW_VIEWERS = """
    SELECT mine.order_id, found.buyers, session.viewers
    FROM screening_saletrait mine
    JOIN orders_order o ON o.id = mine.order_id AND o.channel = 'livestream'
    JOIN streams_livesession session ON session.id = o.session_id AND session.status = 'ended'
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT buyer_id) AS buyers FROM screening_saletrait same
        WHERE same.kind = 'session' AND same.digest = mine.digest
    ) found
    WHERE mine.kind = 'session' AND mine.order_id = ANY (%(orders)s)
      AND found.buyers >= %(buyers)s
      AND session.viewers * 100 < found.buyers * %(viewers_per_hundred_buyers)s
"""
