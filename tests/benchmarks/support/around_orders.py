"""What stands around received orders: parcels, refunds, Stripe's own rows, screening, chat.

Written by SQL for the orders there are; `fill_book` then copies them with their orders. What is
copied is done with: work that waits does not grow with the book.
"""

from django.db import transaction

from tests.benchmarks.support.large_book import OF_ORDERS
from tests.benchmarks.support.paid_orders import BORN_AS_THEY_END
from tests.benchmarks.support.shop import query

_STATEMENTS = (
    """
    INSERT INTO fulfilment_shipment (order_id, first_box, boxes, of_boxes, closes, ordered_g,
        packed_g, lighter_fen, packed_by_id, packed_at, carrier, tracking_number, shipped_at,
        delivered_at)
    SELECT id, 1, 1, 1, true, 2500, 2500, 0, buyer_id, paid_at, 'sf', 'SF' || id, paid_at, paid_at
    FROM orders_order WHERE id NOT IN (SELECT order_id FROM fulfilment_shipment)
    """,
    """
    INSERT INTO payments_refund (payment_id, status, reason, note, amount_fen, requested_at,
        next_attempt_at, attempts, settled_at)
    SELECT id, 'rejected', 'buyer', '', 1, paid_at, paid_at, 0, paid_at
    FROM payments_payment WHERE mod(id, 4) = 0
    """,
    """
    INSERT INTO fulfilment_claim (refund_id, spoiled_g, of_g, decide_by, decided_by_time)
    SELECT id, 100, 2500, requested_at, true FROM payments_refund WHERE status = 'rejected'
    """,
    """
    INSERT INTO payments_dispute (payment_id, stripe_id, status, reason, amount_fen, held_fen,
        opened_at, closed_at)
    SELECT id, 'dp_' || id, 'won', 'general', 1, 0, paid_at, paid_at
    FROM payments_payment WHERE mod(id, 4) = 1 AND 'dp_' || id NOT IN (
        SELECT stripe_id FROM payments_dispute)
    """,
    """
    INSERT INTO payments_balancemovement (stripe_id, kind, reference, amount_fen, fee_fen, net_fen,
        created_at, available_at, booked, payer_digest)
    SELECT 'txn_' || id, 'charge', 'ch_' || id, amount_fen, 0, amount_fen, paid_at, paid_at, true,
        md5(id::text)
    FROM payments_payment
    """,
    """
    INSERT INTO payments_webhookevent (stripe_id, type, payload, received_at, next_attempt_at,
        processed_at, attempts, last_error)
    SELECT 'evt_' || id, 'charge.succeeded', '{}', paid_at, paid_at, paid_at, 1, ''
    FROM payments_payment
    """,
    """
    INSERT INTO streams_chatmessage (session_id, author_id, text, said_at)
    SELECT session_id, buyer_id, '甜吗', placed_at FROM orders_order
    """,
    """
    INSERT INTO orders_directsale (order_id, receipt_number, sold_on, buyer_name, proof,
        recorded_by_id, recorded_at)
    SELECT id, 'R-' || id, paid_at, '工会', '', buyer_id, paid_at
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM orders_order) ord
    WHERE mod(n, 20) = 1 AND id NOT IN (SELECT order_id FROM orders_directsale)
    """,
    """
    INSERT INTO orders_voucheruse (order_id, voucher_id, buyer_id, off_fen, holds)
    SELECT id, (SELECT min(id) FROM orders_voucher), buyer_id, 1, true
    FROM orders_order WHERE mod(id, 20) = 2 AND id NOT IN (SELECT order_id FROM orders_voucheruse)
    """,
    """
    INSERT INTO screening_saletrait (order_id, kind, digest, buyer_id, paid_at)
    SELECT id, kind, md5((id / 3)::text), buyer_id, paid_at
    FROM orders_order, unnest(ARRAY['payer', 'address']) kind
    """,
    """
    INSERT INTO screening_saleflag (order_id, rule, status, figures, reason, raised_at, village_id,
        version_id)
    SELECT line.order_id, flag.rule, 'cleared', '{}', '同一地址', flag.raised_at,
        producer.village_id, flag.version_id
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM orders_orderline
          WHERE order_id NOT IN (SELECT order_id FROM screening_saleflag)) line
        JOIN households_producer producer ON producer.id = line.producer_id,
        (SELECT * FROM screening_saleflag ORDER BY id LIMIT 1) flag
    WHERE mod(line.n, 2) = 1
    """,
    "UPDATE screening_saleflag SET status = 'upheld' WHERE status = 'cleared' AND mod(id, 2) = 0",
    """
    INSERT INTO screening_flagdecision (flag_id, outcome, reason, decided_by_id, unit_id,
        decided_at)
    SELECT id, status, '已核', (SELECT min(id) FROM accounts_user WHERE is_staff),
        substr(village_id, 1, 6) || '000000', raised_at
    FROM screening_saleflag WHERE status <> 'open'
    """,
    """
    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)
    SELECT flag.order_id, kind, 0, raised_at, true
    FROM screening_saleflag flag, unnest(ARRAY['held', 'released']) kind
    WHERE status <> 'open' AND NOT (status = 'upheld' AND kind = 'released') ORDER BY kind
    """,
    """
    INSERT INTO access_log_accessrecord (at, actor_id, action, subject, region_code, reason)
    SELECT ord.paid_at, ord.buyer_id, 'looked', 'order ' || ord.number, producer.village_id, '核对'
    FROM orders_order ord JOIN orders_orderline line ON line.order_id = ord.id
    JOIN households_producer producer ON producer.id = line.producer_id
    """,
    """
    INSERT INTO village_reports_villagereport (village_id, month, version, status, remark, content,
        sha256, prepared_by_id, prepared_at)
    SELECT code, its.month, 1, 'published', '', its.content, encode(sha256(its.content), 'hex'),
        one.prepared_by_id, one.prepared_at
    FROM regions_region, (SELECT * FROM village_reports_villagereport ORDER BY id LIMIT 1) one,
        generate_series(0, 5) before, LATERAL (
            SELECT (one.month - make_interval(months => before))::date AS month,
                convert_to(code || before, 'UTF8') AS content) its
    WHERE level = 'village' AND (code, its.month) NOT IN (
        SELECT village_id, month FROM village_reports_villagereport)
    """,
    """
    INSERT INTO village_reports_reportstep (report_id, action, by_id, at, sha256, reason)
    SELECT id, status, prepared_by_id, prepared_at, sha256, '' FROM village_reports_villagereport
    WHERE status = 'published'
    """,
    """
    INSERT INTO public_notices_publicnotice (number, village_id, month, version, report_id, content,
        sha256, pdf, pdf_sha256, posted_by_id, posted_at, open_until, ended_at)
    SELECT 'G' || id, village_id, month, 1, id, content, sha256, content, sha256, prepared_by_id,
        prepared_at, prepared_at, prepared_at
    FROM village_reports_villagereport WHERE status = 'published'
    """,
    """
    INSERT INTO public_notices_objection (number, village_id, month, notice_id, order_number, text,
        phone, household_number, received_at, answer_by, status)
    SELECT 'Y' || notice.id, notice.village_id, notice.month, notice.id, '', one.text, one.phone,
        one.household_number, notice.posted_at, notice.posted_at, 'rejected'
    FROM public_notices_publicnotice notice,
        (SELECT * FROM public_notices_objection ORDER BY id LIMIT 1) one
    WHERE notice.ended_at IS NOT NULL
    """,
    """
    INSERT INTO payouts_payoutline (batch_id, household_id, wage_fen, business_fen, property_fen,
        transfer_fen, bank, holder, number, status, reason, prepared_by_id, decided_by_id,
        decided_at)
    SELECT one.batch_id, household.id, 1, 0, 0, 0, one.bank, one.holder, one.number, 'confirmed',
        '', one.prepared_by_id, decider.id, batch.created_at
    FROM households_household household,
        (SELECT * FROM payouts_payoutline ORDER BY id LIMIT 1) one
        JOIN payouts_payoutbatch batch ON batch.id = one.batch_id,
        LATERAL (SELECT min(id) AS id FROM accounts_user WHERE id <> one.prepared_by_id) decider
    WHERE mod(household.id, 4) = 0
    """,
)
_BY_STRIPE = {"id": "id + shift", "stripe_id": "split_part(stripe_id, '_', 1) || '_' || id + shift"}
_OF_AN_ORDER = {"id": "id + shift", "order_id": "order_id + shift"}
_MONTHS_BEFORE = "(month - make_interval(months => 6 * copy))::date"
_EARLIER = "scheduled_at - make_interval(months => copy)"
AROUND = {
    "fulfilment_shipment": _OF_AN_ORDER | {
        "carrier": "'sf'", "tracking_number": "'SF' || id + shift", "shipped_at": "packed_at",
        "delivered_at": "packed_at",
    },
    "payments_refund": {
        "id": "id + shift", "payment_id": "payment_id + shift", "status": "'rejected'",
        "settled_at": "requested_at",
    },
    "fulfilment_claim": {
        "id": "id + shift", "refund_id": "refund_id + shift", "decided_by_time": "true"
    },
    "payments_dispute": _BY_STRIPE | {
        "payment_id": "payment_id + shift", "status": "'won'", "closed_at": "opened_at"
    },
    "payments_balancemovement": _BY_STRIPE | {
        "reference": "'ch_' || id + shift", "payer_digest": "md5((id + shift)::text)"
    },
    "payments_webhookevent": _BY_STRIPE,
    # More sessions, not larger ones.
    "streams_livesession": {
        "id": "id + shift", "status": "'ended'", "scheduled_at": _EARLIER, "started_at": _EARLIER,
        "ended_at": _EARLIER,
    },
    "orders_order": OF_ORDERS["orders_order"] | {"session_id": "session_id + shift"},
    "streams_chatmessage": {"id": "id + shift", "session_id": "session_id + shift"},
    "orders_directsale": _OF_AN_ORDER | {"receipt_number": "'R-' || id + shift"},
    "orders_voucheruse": _OF_AN_ORDER,
    "screening_saletrait": _OF_AN_ORDER | {"digest": "md5(digest || shift)"},
    "screening_saleflag": _OF_AN_ORDER | {
        "status": "CASE status WHEN 'open' THEN 'cleared' ELSE status END"
    },
    "screening_flagdecision": {"id": "id + shift", "flag_id": "flag_id + shift"},
    "access_log_accessrecord": {"id": "id + shift"},
    "registers_householdmemberchange": {
        "pgh_id": "pgh_id + shift", "pgh_obj_id": "pgh_obj_id + shift", "id": "id + shift"
    },
    "village_reports_villagereport": {
        "id": "id + shift", "month": _MONTHS_BEFORE, "status": "'published'",
        "content": "convert_to((id + shift)::text, 'UTF8')",
        "sha256": "encode(sha256(convert_to((id + shift)::text, 'UTF8')), 'hex')",
    },
    "village_reports_reportstep": {"id": "id + shift", "report_id": "report_id + shift"},
    "public_notices_publicnotice": {
        "id": "id + shift", "number": "'G' || id + shift", "month": _MONTHS_BEFORE,
        "report_id": "report_id + shift", "ended_at": "posted_at",
    },
    "public_notices_objection": {
        "id": "id + shift", "number": "'Y' || id + shift", "month": _MONTHS_BEFORE,
        "notice_id": "notice_id + shift", "status": "'rejected'",
    },
    "payouts_payoutbatch": {"id": "id + shift", "month": _MONTHS_BEFORE},
    "payouts_payoutline": {
        "id": "id + shift", "batch_id": "batch_id + shift", "status": "'confirmed'",
        "decided_at": "'2026-07-01'::timestamptz - make_interval(months => copy)",
        "decided_by_id": "(SELECT max(id) FROM accounts_user)",
    },
}  # fmt: skip
"""What of a copied row moves on with its order, or with its month."""


def add_around_orders() -> None:
    """One of each for every order, some for every fourth or twentieth."""
    with transaction.atomic():
        query(BORN_AS_THEY_END)
        for statement in _STATEMENTS:
            query(statement)
