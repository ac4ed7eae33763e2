"""PostgreSQL and Redis alone, for as long as a block runs: what tests and tools need."""

import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from lukou_market.embedded import postgres, redis
from lukou_market.embedded.launch import command_line, environment
from lukou_market.embedded.leftovers import end_leftovers
from lukou_market.embedded.var_dir import VarDir, sole_use


@contextmanager
def services(
    var: VarDir, *, given: Mapping[str, str] | None = None, durable: bool = True
) -> Iterator[dict[str, str]]:
    """Run what `given` names no address of; yield DATABASE_URL (the owner's) and REDIS_URL.

    Leaving the block stops both. Not `durable`: faster, safe against kills, not power cuts.
    Raises VarDirInUseError, TimeoutError.
    """
    addresses = dict(given or {})
    with ExitStack() as stack:
        stack.enter_context(sole_use(var))
        end_leftovers(var)
        var.create()
        if "DATABASE_URL" not in addresses:
            postgres.prepare(var)
            stack.enter_context(_running(var, "postgres", postgres.command(var, durable=durable)))
            postgres.wait_ready(var)
        if "REDIS_URL" not in addresses:
            stack.enter_context(_running(var, "redis", redis.command(var)))
            redis.wait_ready(var)
        yield {"DATABASE_URL": postgres.url(var), "REDIS_URL": redis.url(var)} | addresses


@contextmanager
def _running(var: VarDir, program: str, command: list[str]) -> Iterator[None]:
    with (var.log / f"{program}.log").open("w") as log:
        process = subprocess.Popen(
            command_line(program, command),
            env=environment(var, program),
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for us; we stop it when the block ends
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)  # to PostgreSQL: don't wait for clients to leave
        process.wait(30)
