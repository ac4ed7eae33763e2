-- Grant or refuse a batch of order requests, exactly as if they came one after another in
-- the order of the arrays. One coded row per request; a refused request changes nothing.
--
-- Why it can't oversell: the first statement locks every offer of the batch, in id order,
-- until commit. Whoever else wants one of them waits, and the statement after it sees all
-- that was committed before the lock was granted. `taken` moves only under that lock, and the
-- CHECK offer_taken_within_quota stands behind it.
--
-- Why a batch equals its requests one by one: each request is judged by what stood before the
-- batch. That is the right answer for all of them unless they are in each other's way: more is
-- asked of an offer than is left, or a buyer asks twice. Such a batch writes nothing but is
-- placed as two halves, first the earlier, then the later. One request is in nobody's way.
CREATE FUNCTION place_orders(
    buyer_ids bigint[], keys text[], body_hashes bytea[],
    offer_ids bigint[], quantities integer[], shown_totals_fen bigint[],
    placed timestamptz, reserved_until timestamptz
) RETURNS TABLE (
    outcome text, order_number text, order_total_fen bigint, order_pay_by timestamptz
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    half integer := cardinality(buyer_ids) / 2;
    day text := order_day(placed);
BEGIN
    PERFORM FROM streams_offer WHERE id = ANY (offer_ids) ORDER BY id FOR NO KEY UPDATE;

    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(
            buyer_ids, keys, body_hashes, offer_ids, quantities, shown_totals_fen
        ) WITH ORDINALITY
        AS t (buyer_id, key, body_hash, offer_id, quantity, shown_total_fen, arrival)
    ), terms AS MATERIALIZED (
        SELECT offer.id, offer.session_id, offer.price_fen, offer.limit_per_buyer,
               offer.quota - offer.taken AS units_left,
               session.status IN ('live', 'interrupted') AS session_live,
               NOT offer.paused AND coalesce(offer.opens_at <= placed, true)
                   AND coalesce(offer.closes_at > placed, true) AS open,
               sku.id AS sku_id, sku.weight_g, product.producer_id
        FROM streams_offer offer
        JOIN streams_livesession session ON session.id = offer.session_id
        JOIN catalog_sku sku ON sku.id = offer.sku_id
        JOIN catalog_product product ON product.id = sku.product_id
        WHERE offer.id = ANY (offer_ids)
    ), judged AS MATERIALIZED (
        SELECT asked.*, terms.*, known.number, known.pay_by,
               coalesce(known.total_fen, terms.price_fen::bigint * asked.quantity) AS total_fen,
               CASE
                   WHEN known.body_hash = asked.body_hash THEN 'replayed'
                   WHEN known.body_hash <> asked.body_hash THEN 'idempotency_key_reused'
                   WHEN terms.id IS NULL THEN 'offer_not_found'
                   WHEN NOT terms.session_live THEN 'session_not_live'
                   WHEN NOT terms.open THEN 'offer_not_open'
                   WHEN terms.price_fen::bigint * asked.quantity <> asked.shown_total_fen
                       THEN 'price_changed'
                   WHEN asked.quantity > terms.limit_per_buyer - (
                       SELECT coalesce(sum(line.quantity), 0) FROM orders_orderline line
                       WHERE line.offer_id = terms.id AND line.buyer_id = asked.buyer_id
                           AND line.holds_stock
                   ) THEN 'limit_reached'
                   WHEN asked.quantity > terms.units_left THEN 'sold_out'
                   ELSE 'placed'
               END AS verdict
        FROM asked
        LEFT JOIN terms ON terms.id = asked.offer_id
        LEFT JOIN LATERAL (
            SELECT number, total_fen, pay_by, body_hash FROM orders_order
            WHERE buyer_id = asked.buyer_id AND idempotency_key = asked.key LIMIT 1
        ) known ON true
    ), verdicts AS MATERIALIZED (
        SELECT * FROM judged
        WHERE NOT EXISTS (SELECT FROM asked GROUP BY buyer_id HAVING count(*) > 1)
            AND NOT EXISTS (
                SELECT FROM judged WHERE verdict = 'placed'
                GROUP BY offer_id, units_left HAVING sum(quantity) > units_left)
    ), granted AS MATERIALIZED (
        SELECT nextval('orders_order_id_seq') AS order_id, verdicts.* FROM verdicts
        WHERE verdict = 'placed' ORDER BY arrival
    ), made AS (
        INSERT INTO orders_order (
            id, number, buyer_id, session_id, channel, status, status_at, total_fen, refunded_fen,
            idempotency_key, body_hash, placed_at, pay_by, recipient, recipient_phone, address
        )
        SELECT order_id, order_number(day, order_id),
               buyer_id, session_id, 'livestream', 'placed', placed, total_fen, 0,
               key, body_hash, placed, reserved_until, '', '', ''
        FROM granted ORDER BY buyer_id  -- two batches that share keys can't wait for each other
        -- The same key, for an offer outside our lock, was committed while we waited:
        ON CONFLICT (buyer_id, idempotency_key) DO NOTHING
        RETURNING id, number
    ), lines AS (
        INSERT INTO orders_orderline (
            order_id, offer_id, buyer_id, sku_id, producer_id,
            quantity, price_fen, weight_g, total_fen, holds_stock
        )
        SELECT made.id, offer_id, buyer_id, sku_id, producer_id,
               quantity, price_fen, weight_g * quantity, total_fen, true
        FROM made JOIN granted ON order_id = made.id
        RETURNING offer_id, quantity
    ), reserved AS (
        UPDATE streams_offer SET taken = taken + units
        FROM (SELECT offer_id, sum(quantity) AS units FROM lines GROUP BY offer_id) sums
        WHERE id = offer_id
    )
    SELECT CASE WHEN answer.verdict = 'placed' AND made.id IS NULL THEN 'idempotency_key_reused'
                ELSE answer.verdict END,
           CASE WHEN answer.verdict = 'replayed' THEN answer.number ELSE made.number END::text,
           CASE WHEN answer.verdict = 'replayed' OR made.id IS NOT NULL THEN answer.total_fen END,
           CASE WHEN answer.verdict = 'replayed' THEN answer.pay_by
                WHEN made.id IS NOT NULL THEN reserved_until END
    FROM verdicts answer
    LEFT JOIN granted ON granted.arrival = answer.arrival
    LEFT JOIN made ON made.id = granted.order_id
    ORDER BY answer.arrival;

    IF NOT FOUND AND half > 0 THEN
        RETURN QUERY SELECT * FROM place_orders(
            buyer_ids[:half], keys[:half], body_hashes[:half], offer_ids[:half],
            quantities[:half], shown_totals_fen[:half], placed, reserved_until);
        RETURN QUERY SELECT * FROM place_orders(
            buyer_ids[half + 1:], keys[half + 1:], body_hashes[half + 1:], offer_ids[half + 1:],
            quantities[half + 1:], shown_totals_fen[half + 1:], placed, reserved_until);
    END IF;
END $$;
