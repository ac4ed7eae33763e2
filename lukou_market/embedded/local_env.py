"""`local.env` in the var directory: generated secrets and the addresses of local services.

What is in it already stays, so that encrypted fields and sessions survive a restart; only
ports that somebody else has taken meanwhile are chosen anew.
"""

import os
import secrets
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from dotenv import dotenv_values

from lukou_market.embedded import postgres, redis
from lukou_market.embedded.var_dir import VarDir

_FIRST_PORT, _RTMP_PORT = 8000, 1935
_OF_THE_CARRIER = ["CARRIER_API_BASE", "CARRIER_API_KEY"]
_OF_THE_EDGE = ["EDGE_URL", "EDGE_SECRET", "INGEST_URL"]
_SAMPLE_ACCOUNT = {
    "TRANSFER_ACCOUNT_NAME": "绿口农产品有限公司(样例)",
    "TRANSFER_ACCOUNT_NUMBER": "43000000000000000000",
    "TRANSFER_BANK": "绿口农商银行营业部(样例)",
}


class PortTakenError(Exception):
    """The port asked for is in use."""


def write_local_env(
    var: VarDir,
    *,
    port: int | None = None,
    stand_in: bool = True,
    carrier: bool = False,
    edge: bool = False,
) -> dict[str, str]:
    """Complete `local.env` and return its values.

    `port` is the public one; by default the one of last time, or the first free from 8000.
    Without the Stripe `stand_in` no address of one is written, so that Stripe's own is used, and
    no sample of a bank account; without a `carrier` or an `edge` nothing says that there is one.
    Raises PortTakenError.
    """
    path = var.path / "local.env"
    known = {name: value for name, value in dotenv_values(path).items() if value}
    values = _secrets() | _SAMPLE_ACCOUNT | known | _addresses(var, known, port)
    absent = [] if stand_in else ["STRIPE_API_BASE", *_SAMPLE_ACCOUNT]
    absent += [] if carrier else _OF_THE_CARRIER
    absent += [] if edge else _OF_THE_EDGE
    for name in absent:
        values.pop(name)
    if values != known:
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        opened = os.open(draft, os.O_CREAT | os.O_WRONLY, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in values.items())
        draft.rename(path)
    return values


def port_of(url: str) -> int:
    """The port in an address. Raises ValueError when there is none."""
    port = urlsplit(url).port
    if port is None:
        raise ValueError(f"{url} names no port")
    return port


def _secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "STRIPE_API_KEY": f"sk_test_{secrets.token_hex(24)}",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(24)}",
        "CARRIER_API_KEY": secrets.token_urlsafe(32),
        "EDGE_SECRET": secrets.token_urlsafe(32),
    }


def _addresses(var: VarDir, known: dict[str, str], port: int | None) -> dict[str, str]:
    if port is not None and not _is_free(port):
        raise PortTakenError(f"port {port} is in use")
    taken: set[int] = set()

    def choose(name: str, first: int = _FIRST_PORT) -> int:
        kept = [port_of(known[name])] if name in known else []
        candidates = (p for p in [*kept, *range(first, 65536)] if p not in taken)
        chosen = _first_free(candidates)
        taken.add(chosen)
        return chosen

    if port is not None:
        taken.add(port)
    return {
        "DATABASE_URL": postgres.url(var, role=postgres.APPLICATION),
        "OWNER_DATABASE_URL": postgres.url(var),
        "REDIS_URL": redis.url(var),
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port or choose('PUBLIC_BASE_URL')}",
        "STRIPE_API_BASE": f"http://127.0.0.1:{choose('STRIPE_API_BASE')}",
        "CARRIER_API_BASE": f"http://127.0.0.1:{choose('CARRIER_API_BASE')}",
        "EDGE_URL": f"http://127.0.0.1:{choose('EDGE_URL')}",
        "INGEST_URL": f"rtmp://127.0.0.1:{choose('INGEST_URL', _RTMP_PORT)}/live",
    }


def _first_free(candidates: Iterable[int]) -> int:
    return next(port for port in candidates if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
