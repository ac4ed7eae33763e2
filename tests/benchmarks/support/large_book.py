"""A book of millions of transfers, consistent to the fen, in about a minute.

Orders that the shop itself has posted are copied with all their rows: each copy's ids are the
original's plus a multiple of one span. The odd fen of a line depends on its id modulo the number
of parties, so the span is a multiple of all those numbers.
"""

from collections.abc import Mapping

from django.db import connection, transaction

from tests.benchmarks.support.paid_orders import BORN_AS_THEY_END, vacuum
from tests.benchmarks.support.shop import query

_PARTIES = 57_960  # 2520 × 23, a multiple of 1 to 10, 45 and 46
OF_ORDERS = {
    "orders_order": {
        "id": "id + shift", "number": "'B' || id + shift", "idempotency_key": "'B' || id + shift"
    },
    "orders_orderline": {"id": "id + shift", "order_id": "order_id + shift"},
    "orders_orderevent": {"id": "id + shift", "order_id": "order_id + shift"},
    # Released, so that the lots keep what they have: a share's reason it is all the same.
    "aid_lotdraw": {"id": "id + shift", "line_id": "line_id + shift", "released": "true"},
    "payments_payment": {
        "id": "id + shift",
        "order_id": "order_id + shift",
        "payment_intent_id": "'pi_' || id + shift",
        "bank_transfer_id": "NULL",
    },
    "ledger_journal": {"id": "id + shift"},
    "ledger_transfer": {
        "id": "id + shift",
        "journal_id": "journal_id + shift",
        "source_id": "source_id + shift",
        "leg": "CASE source_kind WHEN 'order_event' THEN split_part(leg, ':', 1) || ':'"
        " || split_part(leg, ':', 2)::bigint + shift ELSE leg END",
    },
}  # fmt: skip
_TOTALS = {
    "aid_householdtotal": ("credited_fen", "reversed_fen", "pending_fen"),
    "aid_producertotal": ("gross_fen", "refunded_fen", "received_fen", "pending_fen"),
    "aid_salesday": ("gross_fen", "refunded_fen"),
    "streams_offer": ("taken",),
}


NOTHING: Mapping[str, dict[str, str]] = {}


def fill_book(transfers: int, beside: Mapping[str, dict[str, str]] = NOTHING) -> int:
    """Copy what is posted until there are at least so many transfers; return how many."""
    posted = int(query("SELECT count(*) FROM ledger_transfer")[0][0])
    copies = -(-transfers // posted)
    copy_book(copies, beside)
    vacuum()
    return posted * (copies + 1)


def copy_book(copies: int, beside: Mapping[str, dict[str, str]] = NOTHING) -> None:
    """Write what is posted so many times more.

    `beside` names further tables, and the columns that differ in the copies: expressions of the
    row, of its copy's number `copy`, and of `shift`, by which the copy's orders are further on.
    """
    last = query("SELECT max(id) FROM ledger_transfer")[0][0]
    span = _PARTIES * (last // _PARTIES + 1)
    with transaction.atomic():
        query(BORN_AS_THEY_END)
        for table, shifted in {**OF_ORDERS, **beside}.items():
            _copy(table, shifted, span, copies)
        for table, columns in _TOTALS.items():
            query(f"UPDATE {table} SET {', '.join(f'{c} = {c} * {copies + 1}' for c in columns)}")


def _copy(table: str, shifted: dict[str, str], span: int, copies: int) -> None:
    """All rows of the table, so many times; its indexes are built when they are in."""
    key = _key(table)
    indexes = query(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)",
        table, table,
    )  # fmt: skip
    for name, _ in indexes:
        query(f"DROP INDEX {name}")
    columns = _columns(table)
    values = ", ".join(shifted.get(column, column) for column in columns)
    query(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table},"
        f" generate_series(1, {copies}) copy, LATERAL (SELECT copy * {span}::bigint AS shift) _"
        f" ORDER BY copy, {key}"
    )
    for _, definition in indexes:
        query(definition)
    query(f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), max({key})) FROM {table}")


def _key(table: str) -> str:
    with connection.cursor() as cursor:
        return str(connection.introspection.get_primary_key_column(cursor, table))


def _columns(table: str) -> list[str]:
    """Those that are written, not computed."""
    return [name for (name,) in query(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position", table)]  # fmt: skip
