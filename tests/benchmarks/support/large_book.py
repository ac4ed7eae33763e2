"""A book of millions of transfers, consistent to the fen, in about a minute.

Orders that the shop itself has posted are copied with all their rows: each copy's ids are the
original's plus a multiple of one span. The odd fen of a line depends on its id modulo the number
of parties, so the span is a multiple of all those numbers.
"""

from django.db import connection, transaction

from tests.benchmarks.support.paid_orders import BORN_AS_THEY_END, vacuum
from tests.benchmarks.support.shop import query

_PARTIES = 57_960  # 2520 × 23, a multiple of 1 to 10, 45 and 46
_SHIFTED = {
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


def fill_book(transfers: int) -> int:
    """Copy what is posted until there are at least so many transfers; return how many."""
    posted, last = query("SELECT count(*), max(id) FROM ledger_transfer")[0]
    copies, span = -(-transfers // posted), _PARTIES * (last // _PARTIES + 1)
    with transaction.atomic():
        query(BORN_AS_THEY_END)
        for table, shifted in _SHIFTED.items():
            _copy(table, shifted, span, copies)
        for table, columns in _TOTALS.items():
            query(f"UPDATE {table} SET {', '.join(f'{c} = {c} * {copies + 1}' for c in columns)}")
    vacuum()
    return int(posted * (copies + 1))


def _copy(table: str, shifted: dict[str, str], span: int, copies: int) -> None:
    """All rows of the table, so many times; its indexes are built when they are in."""
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
        f" generate_series({span}, {span * copies}, {span}) shift ORDER BY shift, id"
    )
    for _, definition in indexes:
        query(definition)
    query(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(
            cursor, table)]  # fmt: skip
