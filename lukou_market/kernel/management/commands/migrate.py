"""`migrate` as the tables' owner, and then the rights of the application's role."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from lukou_market.kernel.app_rights import NoLimitsError, grant_rights

_OF_A_ROLE = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


class Command(migrate.Command):
    """Django's own command between taking the owner's part and granting rights."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; with an owner of its own, limit the role that DATABASE_URL names."""
        connection = connections[options["database"]]
        role = connection.settings_dict["USER"]
        with _as_owner(connection):
            super().handle(*args, **options)
            if connection.settings_dict["USER"] != role:
                self._limit(connection, role)

    def _limit(self, connection: BaseDatabaseWrapper, role: str) -> None:
        try:
            grant_rights(connection, role)
        except NoLimitsError as error:
            raise CommandError(
                f"The role {role} is a superuser or owns the tables, so its rights can't be "
                "limited: let DATABASE_URL name another."
            ) from error


@contextmanager
def _as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside the block the connection is the owner's, to the same database."""
    owner = dj_database_url.parse(settings.OWNER_DATABASE_URL)
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update({key: owner.get(key, before[key]) for key in _OF_A_ROLE})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
