-- Grant or refuse a batch of order requests, exactly as if they came one after another in
-- the order of the arrays. One coded row per request; a refused request changes nothing.
--
-- Why it can't oversell: the first statement locks every offer of the batch, in id order,
-- until commit. Whoever else wants one of them waits, and each later statement here sees all
-- that was committed before the lock was granted. `taken` moves only under that lock, and the
-- CHECK offer_taken_within_quota stands behind it.
CREATE FUNCTION place_orders(
    buyer_ids bigint[], keys text[], body_hashes bytea[],
    offer_ids bigint[], quantities integer[], shown_totals_fen bigint[],
    placed timestamptz, reserved_until timestamptz
) RETURNS TABLE (
    outcome text, order_number text, order_total_fen bigint, order_pay_by timestamptz
)
LANGUAGE plpgsql AS $$
DECLARE
    i integer;
    wanted record;
    known record;
    new_id bigint;
BEGIN
    PERFORM FROM streams_offer WHERE id = ANY (offer_ids) ORDER BY id FOR NO KEY UPDATE;

    FOR i IN 1 .. cardinality(buyer_ids) LOOP
        order_number := NULL; order_total_fen := NULL; order_pay_by := NULL;

        SELECT number, total_fen, pay_by, body_hash INTO known FROM orders_order
        WHERE buyer_id = buyer_ids[i] AND idempotency_key = keys[i];
        IF FOUND THEN
            IF known.body_hash = body_hashes[i] THEN
                outcome := 'replayed'; order_number := known.number;
                order_total_fen := known.total_fen; order_pay_by := known.pay_by;
            ELSE
                outcome := 'idempotency_key_reused';
            END IF;
            RETURN NEXT; CONTINUE;
        END IF;

        SELECT offer.id, offer.session_id, offer.price_fen, offer.limit_per_buyer,
               offer.quota - offer.taken AS units_left,
               session.status IN ('live', 'interrupted') AS session_live,
               NOT offer.paused AND coalesce(offer.opens_at <= placed, true)
                   AND coalesce(offer.closes_at > placed, true) AS open,
               offer.price_fen::bigint * quantities[i] AS total_fen,
               sku.id AS sku_id, sku.weight_g * quantities[i] AS weight_g, product.producer_id
        INTO wanted
        FROM streams_offer offer
        JOIN streams_livesession session ON session.id = offer.session_id
        JOIN catalog_sku sku ON sku.id = offer.sku_id
        JOIN catalog_product product ON product.id = sku.product_id
        WHERE offer.id = offer_ids[i];

        outcome := CASE
            WHEN NOT FOUND THEN 'offer_not_found'
            WHEN NOT wanted.session_live THEN 'session_not_live'
            WHEN NOT wanted.open THEN 'offer_not_open'
            WHEN wanted.total_fen <> shown_totals_fen[i] THEN 'price_changed'
            WHEN quantities[i] + (
                SELECT coalesce(sum(quantity), 0) FROM orders_orderline
                WHERE offer_id = wanted.id AND buyer_id = buyer_ids[i] AND holds_stock
            ) > wanted.limit_per_buyer THEN 'limit_reached'
            WHEN quantities[i] > wanted.units_left THEN 'sold_out'
            ELSE 'placed'
        END;
        IF outcome <> 'placed' THEN RETURN NEXT; CONTINUE; END IF;

        new_id := nextval(pg_get_serial_sequence('orders_order', 'id'));
        INSERT INTO orders_order (
            id, number, buyer_id, session_id, channel, status, status_at, total_fen, refunded_fen,
            idempotency_key, body_hash, placed_at, pay_by, recipient, recipient_phone, address
        ) VALUES (
            new_id,
            to_char(placed AT TIME ZONE 'Asia/Shanghai', 'YYMMDD')
                || lpad(new_id::text, greatest(8, length(new_id::text)), '0'),
            buyer_ids[i], wanted.session_id, 'livestream', 'placed', placed, wanted.total_fen, 0,
            keys[i], body_hashes[i], placed, reserved_until, '', '', ''
        )
        ON CONFLICT (buyer_id, idempotency_key) DO NOTHING
        RETURNING number, total_fen, pay_by INTO order_number, order_total_fen, order_pay_by;
        IF NOT FOUND THEN  -- the same key, for another offer, committed while we waited
            outcome := 'idempotency_key_reused'; RETURN NEXT; CONTINUE;
        END IF;

        INSERT INTO orders_orderline (
            order_id, offer_id, buyer_id, sku_id, producer_id,
            quantity, price_fen, weight_g, total_fen, holds_stock
        ) VALUES (
            new_id, wanted.id, buyer_ids[i], wanted.sku_id, wanted.producer_id,
            quantities[i], wanted.price_fen, wanted.weight_g, wanted.total_fen, true
        );
        UPDATE streams_offer SET taken = taken + quantities[i] WHERE id = wanted.id;
        RETURN NEXT;
    END LOOP;
END $$;
