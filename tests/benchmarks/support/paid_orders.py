"""Paid orders in bulk, written by SQL: with payment, in the book as money not yet applied."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from lukou_market.accounts.models import User
from lukou_market.aid.post_orders import post_due_orders
from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.ledger.open_accounts import open_accounts
from lukou_market.payments.book import CLEARING, UNAPPLIED

# Triggers rest, because an order is born as placed: these are born as they end.
BORN_AS_THEY_END = "SET LOCAL session_replication_role = replica"
_ORDERS = """
    WITH offers AS (
        SELECT row_number() OVER (ORDER BY offer.id) - 1 AS turn, count(*) OVER () AS turns,
               offer.id AS offer_id, offer.session_id, offer.sku_id, offer.price_fen,
               product.producer_id, sku.weight_g
        FROM streams_offer offer
        JOIN catalog_sku sku ON sku.id = offer.sku_id
        JOIN catalog_product product ON product.id = sku.product_id
    ), born AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('orders_order', 'id')) AS order_id, n, offers.*,
               1 + n / 7 %% 3 AS quantity
        FROM generate_series(1, %(count)s) n JOIN offers ON turn = n %% turns
    ), orders AS (
        INSERT INTO orders_order (
            id, number, buyer_id, session_id, channel, status, status_at, total_fen, refunded_fen,
            idempotency_key, body_hash, placed_at, pay_by, paid_at,
            recipient, recipient_phone, address)
        SELECT order_id, 'B' || order_id, %(buyer)s, session_id,
               (ARRAY['livestream', 'livestream', 'trade_union', 'platform_832'])[1 + n / 5 %% 4],
               'paid', %(now)s, price_fen * quantity, 0, 'B' || order_id, '', %(now)s, %(now)s,
               %(now)s, %(sealed)s, %(sealed)s, %(sealed)s
        FROM born
    ), lines AS (
        INSERT INTO orders_orderline (
            order_id, offer_id, buyer_id, sku_id, producer_id, quantity, price_fen, weight_g,
            total_fen, holds_stock)
        SELECT order_id, offer_id, %(buyer)s, sku_id, producer_id, quantity, price_fen,
               weight_g * quantity, price_fen * quantity, true
        FROM born ORDER BY n
    ), taken AS (
        UPDATE streams_offer SET taken = taken + units
        FROM (SELECT offer_id, sum(quantity) AS units FROM born GROUP BY 1) sums
        WHERE id = offer_id
    ), payments AS (
        INSERT INTO payments_payment (
            order_id, status, amount_fen, refunding_fen, applied, payment_intent_id, checkout_url,
            created_at, checked_at, paid_at)
        SELECT order_id, 'succeeded', price_fen * quantity, 0, true, 'pi_' || order_id, '',
               %(now)s, %(now)s, %(now)s
        FROM born ORDER BY n
        RETURNING id, amount_fen
    ), journal AS (
        INSERT INTO ledger_journal (month, label, posted_at)
        VALUES (date_trunc('month', %(now)s AT TIME ZONE 'Asia/Shanghai'), 'payments', %(now)s)
        RETURNING id
    ), received AS (
        INSERT INTO ledger_transfer (
            journal_id, debit_id, credit_id, amount_fen, code, source_kind, source_id, leg,
            effective_at)
        SELECT journal.id, %(clearing)s, %(unapplied)s, amount_fen, 'payment_received',
               'payment', payments.id, 'received', %(now)s
        FROM payments, journal
    )
    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)
    SELECT order_id, 'paid', 0, %(now)s, false FROM born ORDER BY n
"""

_RECEIVE = (
    "UPDATE orders_order SET status = 'received', status_at = %(now)s WHERE status = 'paid'",
    """
    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)
    SELECT id, 'received', 0, status_at, false FROM orders_order
    WHERE status = 'received' AND id NOT IN (
        SELECT order_id FROM orders_orderevent WHERE kind = 'received')
    ORDER BY id
    """,
)
_TABLES = ("orders_order", "orders_orderline", "orders_orderevent", "payments_payment",
           "ledger_transfer")  # fmt: skip


def add_paid_orders(count: int, *, now: datetime) -> None:
    """So many orders of one line over all offers; their events wait to be posted."""
    accounts = open_accounts([CLEARING, UNAPPLIED])
    values: dict[str, datetime | int | str] = {
        "count": count,
        "buyer": User.objects.order_by("id").values_list("pk", flat=True)[0],
        "now": now,
        "sealed": EncryptedTextField().get_prep_value("湖南省"),
        "clearing": accounts[CLEARING],
        "unapplied": accounts[UNAPPLIED],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BORN_AS_THEY_END)
        cursor.execute(_ORDERS, values)


def receive_orders(*, now: datetime) -> None:
    """All paid orders have arrived; their events wait to be posted."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BORN_AS_THEY_END)
        for statement in _RECEIVE:
            cursor.execute(statement, {"now": now})


def vacuum() -> None:
    """What autovacuum does some minutes after a fill: statistics and the visibility map."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(_TABLES)}")
        cursor.execute("CHECKPOINT")


def post_all() -> None:
    """What a worker does until nothing is due."""
    while post_due_orders(now=timezone.now()):
        pass


def post_together(threads: int) -> None:
    """What so many threads of a worker do until nothing is due."""
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(_post_and_close) for _ in range(threads)]:
            done.result()
    post_all()  # what each left to another


def _post_and_close() -> None:
    try:
        post_all()
    finally:
        connection.close()


def seconds(work: Callable[[], object]) -> float:
    """How long that takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
