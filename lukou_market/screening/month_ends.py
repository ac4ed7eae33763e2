"""Rules on the end of a month: bursts before it, and what is given back once it is over."""

_MONTH_END = """
    (date_trunc('month', mine.paid_at AT TIME ZONE 'Asia/Shanghai') + interval '1 month')
    AT TIME ZONE 'Asia/Shanghai'
"""

# Out of proportion to the village's own history, and not explained by a stream's audience, which
# is known when the stream is over.
BURST = f"""
    WITH mine AS (
        SELECT mine.order_id, mine.digest AS village, o.session_id, {_MONTH_END} AS ends
        FROM screening_saletrait mine JOIN orders_order o ON o.id = mine.order_id
        WHERE mine.kind = 'village' AND mine.order_id = ANY (%(orders)s)
          AND mine.paid_at >= {_MONTH_END} - make_interval(days => %(days)s)
    ), audience AS (
        SELECT session.id, session.viewers, (
            SELECT count(DISTINCT buyer_id) FROM screening_saletrait same
            WHERE same.kind = 'session' AND same.digest = session.id::text) AS buyers
        FROM streams_livesession session
        WHERE status = 'ended' AND id IN (SELECT session_id FROM mine)
    ), villages AS (
        SELECT place.village, place.ends,
            (SELECT count(*) FROM screening_saletrait same
             WHERE same.kind = 'village' AND same.digest = place.village
               AND same.paid_at >= place.ends - make_interval(days => %(days)s)
               AND same.paid_at < place.ends) AS now_sold,
            (SELECT count(*) FROM screening_saletrait same
             WHERE same.kind = 'village' AND same.digest = place.village
               AND same.paid_at < place.ends - make_interval(days => %(days)s)
               AND same.paid_at >= place.ends
                   - make_interval(days => %(days)s + %(history_days)s)) AS before_sold
        FROM (SELECT DISTINCT village, ends FROM mine) place
    )
    SELECT mine.order_id, villages.now_sold,
           round(villages.before_sold * %(days)s / %(history_days)s::numeric, 1)::text
    FROM mine JOIN villages USING (village, ends)
    JOIN audience ON audience.id = mine.session_id
    WHERE villages.now_sold >= %(at_least)s
      AND villages.now_sold * %(history_days)s
          >= villages.before_sold * %(days)s * %(times)s
      AND audience.viewers < audience.buyers * %(viewers_per_buyer)s
"""

LATE_REFUND = f"""
    WITH mine AS (
        SELECT mine.order_id, mine.digest AS village, {_MONTH_END} AS ends
        FROM screening_saletrait mine
        WHERE mine.kind = 'village' AND mine.order_id = ANY (%(orders)s)
          AND mine.paid_at >= {_MONTH_END} - make_interval(days => %(days_before)s)
    ), found AS (
        SELECT place.village, place.ends, count(*) AS sold,
               count(*) FILTER (WHERE gone.back) AS back
        FROM (SELECT DISTINCT village, ends FROM mine) place
        JOIN screening_saletrait same ON same.kind = 'village' AND same.digest = place.village
            AND same.paid_at < place.ends
            AND same.paid_at >= place.ends - make_interval(days => %(days_before)s)
        CROSS JOIN LATERAL (SELECT EXISTS (
            SELECT FROM orders_orderevent refund
            WHERE refund.order_id = same.order_id AND refund.kind = 'refund'
              AND refund.occurred_at >= place.ends
              AND refund.occurred_at < place.ends + make_interval(days => %(days_after)s)
        ) AS back) gone GROUP BY 1, 2
    )
    SELECT same.order_id, found.back, found.sold
    FROM found JOIN screening_saletrait same
        ON same.kind = 'village' AND same.digest = found.village AND same.paid_at < found.ends
        AND same.paid_at >= found.ends - make_interval(days => %(days_before)s)
    WHERE found.back >= %(at_least)s AND found.back * 100 >= found.sold * %(share_percent)s
      AND EXISTS (SELECT FROM orders_orderevent refund
                  WHERE refund.order_id = same.order_id AND refund.kind = 'refund'
                    AND refund.occurred_at >= found.ends
                    AND refund.occurred_at < found.ends + make_interval(days => %(days_after)s))
    ORDER BY same.order_id LIMIT 5000
"""
