"""What posting 1,000 new lines costs in an empty book, and in one of millions of transfers.

deploy/bench posting_growth [--transfers N]: N is 5,000,000 unless told.
"""

import argparse
import json
import sys
from statistics import median

from django.utils import timezone

from lukou_market.aid.audit_books import audit_books
from tests.benchmarks.support.district import make_district
from tests.benchmarks.support.large_book import fill_book
from tests.benchmarks.support.paid_orders import (
    add_paid_orders,
    post_all,
    receive_orders,
    seconds,
)

_LINES, _ROUNDS = 1_000, 7


def main() -> None:
    """Print one JSON object; exits 1 when the book does not add up."""
    parser = argparse.ArgumentParser(prog="deploy/bench posting_growth", description=__doc__)
    parser.add_argument("--transfers", type=int, default=5_000_000)
    wanted = parser.parse_args(sys.argv[2:]).transfers
    make_district()
    empty = _costs()
    filled: list[int] = []
    fill_s = seconds(lambda: filled.append(fill_book(wanted)))
    full = _costs()
    audit = audit_books(with_stripe=False)
    result = {
        "lines": _LINES,
        "transfers_before": filled[0],
        "fill_s": round(fill_s, 1),
        "empty_ms": round(median(empty) * 1000),
        "full_ms": round(median(full) * 1000),
        "ratio": round(median(full) / median(empty), 2),
        "each_ms": [[round(one * 1000) for one in costs] for costs in (empty, full)],
        "unexplained_fen": audit.unexplained_fen,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")
    sys.exit(not audit.proved)


def _costs() -> list[float]:
    """Seconds for the lines' payment and their receipt; the first round opens the accounts."""
    costs = []
    for _ in range(_ROUNDS):
        add_paid_orders(_LINES, now=timezone.now())
        paid_s = seconds(post_all)
        receive_orders(now=timezone.now())
        costs.append(paid_s + seconds(post_all))
    return costs[1:]
