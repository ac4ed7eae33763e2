"""PostgreSQL and Redis as supervised programs, each only where no address is given."""

from collections.abc import Mapping

from lukou_market.embedded import postgres, redis
from lukou_market.embedded.supervisor import Program
from lukou_market.embedded.var_dir import VarDir


def base_programs(var: VarDir, environ: Mapping[str, str]) -> list[Program]:
    """Prepare the data directory and return the programs `environ` does not make needless."""
    programs = []
    if "DATABASE_URL" not in environ:
        postgres.prepare(var)
        command = postgres.command(var)
        # INT: shut down without waiting for clients to leave. Crash recovery may take long.
        programs.append(Program("postgres", command, 10, stop_signal="INT", stop_seconds=60))
    if "REDIS_URL" not in environ:
        programs.append(Program("redis", redis.command(var), 20))
    return programs


def wait_ready(var: VarDir, environ: Mapping[str, str]) -> None:
    """Return once the programs of `base_programs` answer. Raises TimeoutError."""
    if "DATABASE_URL" not in environ:
        postgres.wait_ready(var)
    if "REDIS_URL" not in environ:
        redis.wait_ready(var)
