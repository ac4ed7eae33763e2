"""Orders a second at the gate, against what the same database does when pgbench orders.

deploy/bench orders [--orders N]: with N orders already in the tables (default none).
"""

import argparse
import json
import sys

from tests.benchmarks.support.load import Load, order_load
from tests.benchmarks.support.pgbench import orders_per_s
from tests.benchmarks.support.shop import books, hot_offer, make_buyers, settle, tokens
from tests.gate_process import running_gate

_SECONDS, _QUOTA = 3, 1_000_000
_AT_MOST_PER_S = 22_000


def main() -> None:
    """Print one JSON object; exits 1 when the books do not fit."""
    parser = argparse.ArgumentParser(prog="deploy/bench orders", description=__doc__)
    parser.add_argument("--orders", type=int, default=0)
    options = parser.parse_args(sys.argv[2:])
    before = options.orders // 64 + 1
    if options.orders:
        _fill(options.orders, before)
    buyers = make_buyers(_SECONDS * 60_000)
    settle()
    at_gate, all_wrong = [], []
    with running_gate() as gate:
        for connections in (16, 64, 256):
            load, wrong = _at_gate(gate.url, buyers, connections)
            at_gate.append(load)
            all_wrong.append(wrong)
    reference = _pgbench(buyers, batch=1, connections=16)
    bound = max(_pgbench(buyers, batch=64, connections=count) for count in (1, 2))
    best = max(at_gate, key=lambda load: load.per_s)
    result = {
        "orders_per_s": round(best.per_s),
        "connections": best.connections,
        "p50_ms": best.p50_ms,
        "p99_ms": best.p99_ms,
        "p99_at_64_ms": at_gate[1].p99_ms,
        "reference_tps": round(reference),
        "ratio": round(best.per_s / reference, 2),
        "bound_per_s": round(bound),
        "bound_ratio": round(best.per_s / bound, 2),
        **{name: sum(wrong[name] for wrong in all_wrong) for name in all_wrong[0]},
        "orders_before": options.orders,
        "each": [[load.connections, round(load.per_s), load.p99_ms] for load in at_gate],
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(any(any(wrong.values()) for wrong in all_wrong))


def _at_gate(url: str, buyers: list[int], connections: int) -> tuple[Load, dict[str, int]]:
    offer = hot_offer(_QUOTA)
    mine = buyers[: _SECONDS * _AT_MOST_PER_S]
    load = order_load(url, tokens(mine), offer.pk, connections=connections, seconds=_SECONDS)
    found = books(offer)
    return load, {
        "oversold": found.oversold + found.unexplained,
        "lost": max(load.accepted - found.orders, 0),
        "doubled": found.doubled,
        "refused": load.refused + load.broken,
    }


def _pgbench(buyers: list[int], *, batch: int, connections: int) -> float:
    offer = hot_offer(_QUOTA)
    return orders_per_s(offer, buyers[0], batch=batch, connections=connections, seconds=_SECONDS)


def _fill(orders: int, batches: int) -> None:
    buyers = make_buyers(orders + 64)
    offer = hot_offer(_QUOTA)
    orders_per_s(offer, buyers[0], batch=64, connections=1, transactions=batches)
