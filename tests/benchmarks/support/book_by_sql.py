"""The posted book written once more by hand: the same rows, known beforehand, in few statements.

The bound of any posting: no claim, no rules, no rounding, nothing looked up. The tables keep
their constraints.
"""

from django.db import transaction

from tests.benchmarks.support.shop import query

_TABLES = (
    "ledger_transfer", "ledger_journal", "aid_householdtotal", "aid_producertotal", "aid_salesday",
)  # fmt: skip


def keep_book() -> None:
    """Copy what posting wrote."""
    for table in _TABLES:
        query(f"DROP TABLE IF EXISTS bench_{table}")
        query(f"CREATE TABLE bench_{table} AS SELECT * FROM {table} ORDER BY id")
        query(f"ANALYZE bench_{table}")


def forget_book() -> None:
    """Empty the book and its totals; the accounts stay."""
    with transaction.atomic():
        query("SET LOCAL session_replication_role = replica")
        query(f"TRUNCATE {', '.join(_TABLES)}")


def insert_book() -> None:
    """Journals, transfers and totals, in one transaction."""
    with transaction.atomic():
        for table in _TABLES:
            query(f"INSERT INTO {table} SELECT * FROM bench_{table} ORDER BY id")


def same_book() -> bool:
    """Whether both ways wrote the same."""
    return not any(
        query(f"(SELECT * FROM {table} EXCEPT ALL SELECT * FROM bench_{table}) LIMIT 1")
        for table in _TABLES
    )
