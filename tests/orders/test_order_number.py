"""How orders are numbered: one rule, which costs the gate no call for each row."""

from datetime import UTC, datetime

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def ask(sql: str, *values: int | datetime) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [str(row[0]) for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("pk", "number"),
    [(1, "26062800000001"), (12345678, "26062812345678"), (123456789, "260628123456789")],
)
def test_a_number_is_the_day_and_the_id(pk: int, number: str) -> None:
    assert ask("SELECT order_number('260628', %s)", pk) == [number]


def test_the_day_is_chinas() -> None:
    before_midnight = datetime(2026, 6, 28, 15, 59, 59, tzinfo=UTC)
    assert ask("SELECT order_day(%s)", before_midnight) == ["260628"]
    assert ask("SELECT order_day(%s)", before_midnight.replace(hour=16)) == ["260629"]


def test_postgresql_writes_the_rule_into_the_statement_and_calls_nothing() -> None:
    plan = " ".join(
        ask("EXPLAIN (VERBOSE) SELECT order_number(number::text, id) FROM orders_order")
    )
    assert "lpad(" in plan and "order_number(" not in plan
