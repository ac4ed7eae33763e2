"""The rows of a confirmed payment, written by hand in SQL and driven by pgbench, from C."""

import json
from collections.abc import Sequence

from django.db import connection

from lukou_market.ledger.open_accounts import open_accounts
from lukou_market.payments.book import CLEARING, UNAPPLIED
from tests.benchmarks.support.open_payments import OpenPayment
from tests.benchmarks.support.pgbench import transactions_per_s
from tests.benchmarks.support.shop import query

_TABLES = """
    DROP TABLE IF EXISTS bench_event, bench_payment; DROP SEQUENCE IF EXISTS bench_next;
    CREATE TABLE bench_payment (n bigint PRIMARY KEY, order_id bigint, payment_id bigint,
                                intent text);
    CREATE TABLE bench_event (n bigint, stripe_id text, type text, payload jsonb);
    CREATE INDEX ON bench_event (n);
    CREATE SEQUENCE bench_next MINVALUE 0;
"""
_PAY = """
CREATE OR REPLACE FUNCTION bench_pay(first bigint, past bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    journal bigint;
BEGIN
    PERFORM FROM orders_order WHERE id IN (
        SELECT order_id FROM bench_payment WHERE n >= first AND n < past) ORDER BY id FOR UPDATE;
    INSERT INTO payments_webhookevent (stripe_id, type, payload, received_at, next_attempt_at,
                                       processed_at, attempts, last_error)
    SELECT stripe_id, type, payload, now(), now(), now(), 1, ''
    FROM bench_event WHERE n >= first AND n < past;
    UPDATE orders_order SET status = 'paid', status_at = now(), paid_at = now()
    FROM bench_payment WHERE n >= first AND n < past AND id = order_id AND status = 'placed';
    UPDATE payments_payment SET status = 'succeeded', paid_at = now(), applied = true,
                                payment_intent_id = intent
    FROM bench_payment WHERE n >= first AND n < past AND id = payment_id AND status = 'open';
    INSERT INTO ledger_journal (month, label, posted_at)
    VALUES (date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai'), 'payments', now())
    RETURNING id INTO journal;
    INSERT INTO ledger_transfer (journal_id, debit_id, credit_id, amount_fen, code, source_kind,
                                 source_id, leg, effective_at)
    SELECT journal, {clearing}, {unapplied}, amount_fen, 'payment_received', 'payment', id,
           'received', now()
    FROM payments_payment JOIN bench_payment ON id = payment_id WHERE n >= first AND n < past;
END $$
"""


def paid_per_s(opened: Sequence[OpenPayment], *, batch: int, connections: int) -> float:
    """Payments confirmed a second, `batch` in each transaction."""
    accounts = open_accounts([CLEARING, UNAPPLIED])
    query(_TABLES)
    query(_PAY.format(clearing=accounts[CLEARING], unapplied=accounts[UNAPPLIED]))
    _fill(opened)
    calls = len(opened) // batch
    script = f"SELECT bench_pay(n * {batch}, (n + 1) * {batch}) FROM nextval('bench_next') n;"
    return batch * transactions_per_s(
        script, connections=connections, transactions=calls // connections
    )


def _fill(opened: Sequence[OpenPayment]) -> None:
    payments = [
        (n, one.payment.order_id, one.payment.pk, f"pi_{one.payment.pk}")
        for n, one in enumerate(opened)
    ]
    events = [
        (n, event["id"], event["type"], json.dumps(event))
        for n, one in enumerate(opened)
        for event in one.events
    ]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_payment VALUES (%s, %s, %s, %s)", payments)
        cursor.executemany("INSERT INTO bench_event VALUES (%s, %s, %s, %s)", events)
        cursor.execute("ANALYZE bench_payment, bench_event")
