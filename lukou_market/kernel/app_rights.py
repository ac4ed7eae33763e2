"""What the application's role may do in the database: read and write rows, and nothing to tables.

What a model's triggers never allow isn't granted either, so that neither a trigger switched off
nor one forgotten opens the book.
"""

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from lukou_market.kernel.triggers import Never

_ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE")


class NoLimitsError(Exception):
    """The role is a superuser's, or owns the tables: no right can be kept from it."""


def grant_rights(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give `role` its rights to every table there is, and no others. May run again at any time.

    The connection is the owner's. Raises NoLimitsError; ProgrammingError without such a role.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(%s, current_user, 'member') OR rolsuper FROM pg_roles"
            " WHERE rolname = %s",
            [role, role],
        )
        if cursor.fetchall() == [(True,)]:
            raise NoLimitsError(role)
        tables = connection.introspection.table_names(cursor)
        for statement in _statements(tables):
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))


def rights(table: str) -> list[str]:
    """What may be done to rows of the table."""
    if table == "django_migrations":
        return ["SELECT"]
    refused = {
        str(operation)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table == table
        for trigger in getattr(model._meta, "triggers", [])
        if isinstance(trigger, Never)
        for operation in trigger.operation or ()
    }
    return [right for right in _ROWS if right not in refused]


def _statements(tables: list[str]) -> list[str]:
    granted = [
        f'GRANT {", ".join(rights(table))} ON TABLE public."{table}" TO {{role}}'
        for table in tables
    ]
    return [
        "REVOKE ALL ON SCHEMA public FROM {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *granted,
    ]
