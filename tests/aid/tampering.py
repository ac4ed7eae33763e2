"""Change rows past the shop, as a superuser could, and ask what the audit says."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from lukou_market.aid.audit_books import Finding, audit_books


@contextmanager
def tampering() -> Iterator[None]:
    """The triggers rest, the constraints stay."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("RESET session_replication_role")


def tamper(sql: str) -> None:
    with tampering(), connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount == 1


def one_more(table: str, column: str, where: str = "true") -> str:
    first = f"SELECT min(id) FROM {table} WHERE {where}"
    return f"UPDATE {table} SET {column} = {column} + 1 WHERE id = ({first})"


def transfer(code: str) -> str:
    return one_more("ledger_transfer", "amount_fen", f"code = '{code}'")


def named(check: str, reference: str) -> list[Finding]:
    """What the audit says under this check about something that is called so."""
    findings = audit_books(with_stripe=False).findings
    return [one for one in findings if one.check == check and reference in one.reference]
