"""What the application's role can't do, whatever the application's code asks for."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from lukou_market.embedded.postgres import APPLICATION
from lukou_market.kernel.app_rights import NoLimitsError, grant_rights
from tests.app_role import application_environment, application_url

pytestmark = pytest.mark.django_db

BOOK = ("ledger_account", "ledger_journal", "ledger_transfer")


@pytest.fixture
def application(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection as web, gate, worker and beat have it."""
    with psycopg.connect(application_url(), autocommit=True) as own:
        yield own


def owner(statement: str) -> Any:
    with psycopg.connect(connection_string(), autocommit=True) as own:
        return own.execute(statement).fetchone() if statement.startswith("SELECT") else None


def connection_string() -> str:
    server, _, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"{server}/{connection.settings_dict['NAME']}"


@pytest.mark.parametrize("table", BOOK)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("triggers", ["{}", "{ledger_transfer:all}"], ids=["kept", "ignored"])
def test_the_book_is_not_the_applications_to_change(
    application: psycopg.Connection[Any], table: str, statement: str, triggers: str
) -> None:
    application.execute("SELECT set_config('pgtrigger.ignore', %s, false)", [triggers])
    with pytest.raises(InsufficientPrivilege) as refused:
        application.execute(statement.format(table))
    assert refused.value.sqlstate == "42501"


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ledger_transfer DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "ALTER TABLE ledger_transfer ADD COLUMN note text",
        "ALTER TABLE ledger_transfer OWNER TO CURRENT_USER",
        "DROP TABLE ledger_transfer",
        "DROP TRIGGER pgtrigger_transfer_kept_74059 ON ledger_transfer",
        "CREATE TABLE melon (kg int)",
        "CREATE FUNCTION melon() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE SCHEMA melon",
        "TRUNCATE orders_order CASCADE",
        "DELETE FROM orders_orderevent",
        "DELETE FROM django_migrations",
        "SELECT setval('orders_order_id_seq', 1)",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "SET ROLE postgres",
        "COPY ledger_transfer TO PROGRAM 'cat'",
    ],
)
def test_no_rule_can_be_switched_off(application: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        application.execute(statement)


def test_the_role_can_not_hand_itself_a_right(application: psycopg.Connection[Any]) -> None:
    application.execute(
        f"GRANT UPDATE ON ledger_transfer TO {APPLICATION}"
    )  # warns, grants nothing
    with pytest.raises(InsufficientPrivilege):
        application.execute("UPDATE ledger_transfer SET amount_fen = 1")


def test_a_table_that_came_later_has_to_be_granted() -> None:
    may = f"SELECT has_table_privilege('{APPLICATION}', 'melon', 'UPDATE')"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE melon (kg int)")
        cursor.execute(may)
        assert cursor.fetchone() == (False,)
        grant_rights(connection, APPLICATION)
        cursor.execute(may)
        assert cursor.fetchone() == (True,)


def test_a_role_without_limits_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE melon SUPERUSER")
    with pytest.raises(NoLimitsError):
        grant_rights(connection, "melon")


def test_migrate_is_the_owners_and_leaves_the_application_its_rights() -> None:
    owner(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APPLICATION}")
    owner(f"GRANT UPDATE ON ledger_transfer TO {APPLICATION}")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env=application_environment() | {"OWNER_DATABASE_URL": connection_string()},
        check=True,
    )
    asked = ("orders_order", "UPDATE"), ("ledger_transfer", "INSERT"), ("ledger_transfer", "UPDATE")
    rights = [
        owner(f"SELECT has_table_privilege('{APPLICATION}', '{table}', '{right}')")[0]
        for table, right in asked
    ]
    assert rights == [True, True, False]
