"""The role the application has in the database; the tests themselves are the tables' owner."""

import os
from urllib.parse import urlsplit

import psycopg
from django.db import connection
from psycopg import sql

from lukou_market.embedded.postgres import APPLICATION


def ensure_role(owner_url: str) -> None:
    """Create the role on a server that isn't the embedded one, which has it already."""
    with psycopg.connect(owner_url) as server:
        known = server.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION])
        if not known.rowcount:
            role = sql.Identifier(APPLICATION)
            server.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(APPLICATION))
            )


def application_url() -> str:
    """The test's database, for the application's role."""
    owner = urlsplit(os.environ["DATABASE_URL"])
    _, _, server = owner.netloc.rpartition("@")
    place = f"{APPLICATION}:{APPLICATION}@{server}"
    return owner._replace(netloc=place, path=f"/{connection.settings_dict['NAME']}").geturl()


def application_environment() -> dict[str, str]:
    """The environment of a process of the shop that works on the test's database."""
    return os.environ | {"DATABASE_URL": application_url()}
